package lexicon

import (
	"bufio"
	"fmt"
	"io/fs"
	"iter"
	"strings"
)

// A Row is a line of a file of tab-separated columns, and where it stands.
type Row struct {
	File   string
	Line   int
	Fields []string
}

// Errorf returns an error at the row: file:line: why.
func (r Row) Errorf(format string, args ...any) error {
	return &LineError{r.File, r.Line, fmt.Errorf(format, args...)}
}

// A LineError tells what is wrong with a line of a file.
type LineError struct {
	File string
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap returns why.
func (e *LineError) Unwrap() error { return e.Err }

// Rows yields the rows of a file. Empty lines and lines that begin with '#'
// are skipped. It ends with the first error.
func Rows(fsys fs.FS, file string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		f, err := fsys.Open(file)
		if err != nil {
			yield(Row{File: file}, err)
			return
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for n := 1; lines.Scan(); n++ {
			line := strings.TrimRight(lines.Text(), "\r")
			if strings.TrimSpace(line) == "" || line[0] == '#' {
				continue
			}
			if !yield(Row{file, n, strings.Split(line, "\t")}, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(Row{File: file}, fmt.Errorf("read %s: %w", file, err))
		}
	}
}
