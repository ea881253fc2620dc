package read

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// Walk reads each of the files, and all files below each of the directories,
// in lexical order. Below a directory it leaves out what is hidden, what is no
// regular file, and the parts of a saved page (pictures, style sheets, scripts).
//
// What cannot be read yields its error, with a document that has nothing but
// its path, and the walk goes on.
func Walk(ctx context.Context, roots []string) iter.Seq2[*schema.Doc, error] {
	return func(yield func(*schema.Doc, error) bool) {
		w := &walker{yield: yield, read: func(p string) (*schema.Doc, error) { return File(ctx, p) }}
		for _, root := range roots {
			if info, err := os.Stat(root); err == nil && info.IsDir() {
				root += string(filepath.Separator) // so that a link to a directory is followed
			}
			w.root = root
			_ = filepath.WalkDir(root, w.visit) // visit returns no error but SkipDir and SkipAll
			if w.done {
				return
			}
		}
	}
}

// Documents reads all files of a file system as Walk reads those of a directory.
func Documents(fsys fs.FS) iter.Seq2[*schema.Doc, error] {
	return func(yield func(*schema.Doc, error) bool) {
		w := &walker{root: ".", yield: yield, read: func(p string) (*schema.Doc, error) {
			f, err := fsys.Open(p)
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", p, advise(reason(err)))
			}
			defer f.Close()
			return document(p, f)
		}}
		_ = fs.WalkDir(fsys, w.root, w.visit) // as in Walk
	}
}

// A walker yields the documents that a walk comes upon.
type walker struct {
	root  string
	read  func(path string) (*schema.Doc, error)
	yield func(*schema.Doc, error) bool
	done  bool // the caller wants no more
}

// visit is a [fs.WalkDirFunc].
func (w *walker) visit(p string, d fs.DirEntry, err error) error {
	switch {
	case err != nil:
		return w.give(p, nil, fmt.Errorf("read %s: %w", p, advise(reason(err))))
	case p != w.root && leftOut(d):
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	case d.IsDir():
		return nil
	}
	doc, err := w.read(p)
	return w.give(p, doc, err)
}

func (w *walker) give(p string, doc *schema.Doc, err error) error {
	if err != nil {
		doc = &schema.Doc{Path: p}
	}
	if !w.yield(doc, err) {
		w.done = true
		return fs.SkipAll
	}
	return nil
}

// pageParts are the extensions of what a browser saves beside a page.
func pageParts() []string {
	return []string{".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".bmp", ".woff", ".woff2", ".ttf"}
}

// leftOut reports whether a walk passes an entry by.
func leftOut(d fs.DirEntry) bool {
	name := d.Name()
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
		return true
	}
	if d.Type()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice|fs.ModeIrregular) != 0 {
		return true
	}
	return !d.IsDir() && slices.Contains(pageParts(), strings.ToLower(path.Ext(name)))
}
