// Package read turns files into documents: it finds them, tells their format
// and encoding, and decodes them.
//
// In go paths or a file system; out come documents whose Original is the text
// that a person sees when the file is opened. All later offsets count in it:
//
//   - of plain text and Markdown it is every character of the file but the byte
//     order mark;
//   - of HTML it is the text of the body without scripts, navigation and forms,
//     one block a line, a row of a table as one line with its cells between
//     pipes;
//   - of Word (.docx) it is the same of its paragraphs and tables.
//
// A file is read whole, up to [MaxSize]. The encodings are UTF-8, UTF-16 of
// either byte order, with and without a mark, and GB 18030, which includes GBK
// and GB 2312.
package read

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode"

	"github.com/districtkg/districtkg/schema"
)

// MaxSize is the most bytes that a file may have, so that the memory that a
// document takes is bounded. Work reports have about a thousandth of it.
const MaxSize = 50 << 20

// File reads the document at path.
func File(ctx context.Context, path string) (*schema.Doc, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, advise(reason(err)))
	}
	defer f.Close()
	return document(path, f)
}

// document reads an open file.
func document(path string, f fs.File) (*schema.Doc, error) {
	data, err := content(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, advise(reason(err)))
	}
	return Bytes(path, data)
}

// content returns all bytes of a file that is not over the limit.
func content(f fs.File) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%w: a directory, not a file", schema.ErrUnsupported)
	}
	if info.Size() > MaxSize {
		return nil, tooLarge()
	}
	buf := make([]byte, 0, info.Size()+1)
	for { // the size may be wrong or unknown (a pipe), so the limit is kept here too
		n, err := f.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if len(buf) > MaxSize {
			return nil, tooLarge()
		}
		if errors.Is(err, io.EOF) {
			return buf, nil
		}
		if err != nil {
			return nil, err
		}
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
	}
}

func tooLarge() error {
	return fmt.Errorf("%w: over the limit of %d MiB; split the file", schema.ErrTooLarge, MaxSize>>20)
}

// Bytes reads a document whose bytes are at hand. The path is its name, and
// its extension, where it has one, tells the format.
func Bytes(path string, data []byte) (*schema.Doc, error) {
	sum := sha256.Sum256(data)
	text, err := parse(path, data)
	if err == nil && strings.TrimFunc(text, invisible) == "" {
		err = fmt.Errorf("%w: no visible character in it", schema.ErrEmpty)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return &schema.Doc{Path: path, SHA256: hex.EncodeToString(sum[:]), Original: text}, nil
}

// invisible reports whether r shows nothing on a page.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// reason strips the operation and path that the os package puts before the
// cause: our own message has both.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// advise adds what the user can do about an error of the file system.
func advise(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: allow it with chmod, or leave it out", err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: check the path", err)
	}
	return err
}
