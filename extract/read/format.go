package read

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A format is a kind of file that we read.
type format struct {
	extensions []string
	begins     func(data []byte) bool // by its first bytes, where the extension says nothing
	text       func(data []byte) (string, error)
}

// formats is the one table of formats. Where no extension matches, the first
// format that knows the bytes for its own has them; plain text takes the rest.
func formats() []format {
	return []format{
		{[]string{".docx", ".docm"}, isDocx, docxText},
		{[]string{".html", ".htm", ".xhtml", ".shtml"}, isHTML, htmlText},
		{[]string{".txt", ".text", ".md", ".markdown"}, func([]byte) bool { return true }, decode},
	}
}

// foreign lists formats that we do not read, by their first bytes, so that the
// message can tell what to do instead.
func foreign() []struct{ magic, name, advice string } {
	return []struct{ magic, name, advice string }{
		{"%PDF-", "a PDF file", "turn it into text first, for example with pdftotext"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .wps)", "save it as .docx or text"},
		{"{\\rtf", "an RTF file", "save it as .docx or text"},
		{"PK\x03\x04", "a ZIP archive or an Office file other than .docx", "unpack it, or save it as .docx or text"},
		{"\x1f\x8b", "a gzip file", "unpack it first"},
		{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"},
		{"Rar!\x1a\x07", "a RAR archive", "unpack it first"},
		{"\x89PNG\r\n\x1a\n", "a picture", "read its text with an OCR program first"},
		{"\xff\xd8\xff", "a picture", "read its text with an OCR program first"},
		{"GIF8", "a picture", "read its text with an OCR program first"},
		{"\x7fELF", "a program", "leave it out"},
		{"SQLite format 3\x00", "a database", "leave it out"},
	}
}

// parse returns the text of a file, by its extension and its first bytes.
// Bytes outrank the extension for Word files and foreign ones, since programs
// give those wrong names, and a parser can do nothing with them.
func parse(path string, data []byte) (string, error) {
	if len(data) == 0 {
		return "", fmt.Errorf("%w: the file is empty", schema.ErrEmpty)
	}
	if isDocx(data) {
		return docxText(data)
	}
	for _, f := range foreign() {
		if bytes.HasPrefix(data, []byte(f.magic)) {
			return "", fmt.Errorf("%w: it is %s; %s", schema.ErrUnsupported, f.name, f.advice)
		}
	}
	ext := strings.ToLower(filepath.Ext(path))
	all := formats()
	i := slices.IndexFunc(all, func(f format) bool { return slices.Contains(f.extensions, ext) })
	if i < 0 {
		i = slices.IndexFunc(all, func(f format) bool { return f.begins(data) })
	}
	return all[i].text(data)
}
