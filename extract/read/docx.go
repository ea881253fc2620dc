package read

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"github.com/districtkg/districtkg/schema"
)

// docxMain is the part of a Word file (ECMA-376) that holds the text.
const docxMain = "word/document.xml"

// isDocx reports whether the bytes are a Word file: a ZIP archive with a
// document in it. The name of a member stands uncompressed in its header.
func isDocx(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) && bytes.Contains(data, []byte(docxMain))
}

// docxText returns the paragraphs of a Word file, one a line.
func docxText(data []byte) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fmt.Errorf("%w archive: %w", schema.ErrInvalid, err)
	}
	part, err := archive.Open(docxMain)
	if err != nil {
		return "", fmt.Errorf("%w: no %s in it", schema.ErrInvalid, docxMain)
	}
	defer part.Close()
	d := docx{xml: xml.NewDecoder(&limited{part, MaxSize})}
	if err := d.read(); err != nil {
		return "", err
	}
	return string(d.text), nil
}

// A limited reader fails where an archive unpacks to more than left bytes.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, tooLarge()
	}
	return n, err
}

// A docx gathers the text of a WordprocessingML document.
type docx struct {
	xml   *xml.Decoder
	text  []byte
	cells []int // for each table that is open: how many cells its row has had
}

func (d *docx) read() error {
	for {
		tok, err := d.xml.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if errors.Is(err, schema.ErrTooLarge) {
				return err
			}
			return fmt.Errorf("%w %s: %w", schema.ErrInvalid, docxMain, err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if err := d.start(t); err != nil {
				return err
			}
		case xml.EndElement:
			d.end(t.Name.Local)
		}
	}
}

// start handles an element by its local name: w:t is text, w:tab and w:br are
// white space, w:tbl, w:tr and w:tc make tables, w:del holds deleted text.
func (d *docx) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "t":
		var s string
		if err := d.xml.DecodeElement(&s, &t); err != nil {
			return fmt.Errorf("%w %s: %w", schema.ErrInvalid, docxMain, err)
		}
		d.add(s)
	case "tab":
		d.add("\t")
	case "br", "cr":
		d.add("\n")
	case "tbl":
		d.cells = append(d.cells, 0)
	case "tr":
		if n := len(d.cells); n > 0 {
			d.cells[n-1] = 0
		}
	case "tc":
		if n := len(d.cells); n > 0 {
			if d.cells[n-1] > 0 {
				d.endCell()
				d.add(" | ")
			}
			d.cells[n-1]++
		}
	case "del", "instrText", "Fallback":
		return d.xml.Skip()
	}
	return nil
}

func (d *docx) end(name string) {
	switch name {
	case "p":
		if len(d.cells) > 0 {
			d.add(" ")
		} else {
			d.add("\n")
		}
	case "tr":
		d.endCell()
		d.add("\n")
	case "tbl":
		d.cells = d.cells[:max(0, len(d.cells)-1)]
	}
}

func (d *docx) add(s string) { d.text = append(d.text, s...) }

// endCell drops the space after the last paragraph of a cell, but for that
// after the border of an empty one.
func (d *docx) endCell() {
	d.text = bytes.TrimRight(d.text, " ")
	if bytes.HasSuffix(d.text, []byte("|")) {
		d.add(" ")
	}
}
