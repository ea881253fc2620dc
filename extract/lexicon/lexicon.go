// Package lexicon holds what is known before a text is read: the gazetteer of
// administrative divisions, the names of things known nationwide, and lists of
// words by category. A Lexicon never changes once loaded, so goroutines share it.
//
// All of it comes from files of tab-separated columns. Empty lines and lines
// that begin with '#' are skipped; a bad line is reported as file:line: why.
//
//	lexicon/names/*.tsv      name, class, kind, full name (the last may be left out)
//	lexicon/words/LIST.tsv   word, value (the last may be left out)
//	divisions/divisions.tsv  code, name, state, successor: see [Divisions]
//	divisions/abridged.tsv   code, names that people abridge
//	divisions/townships.tsv  code of the county, its townships
package lexicon

import (
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// An Entry is a name that is known nationwide.
type Entry struct {
	Name  string
	Class schema.Class
	Kind  string // what the file says of it: brand, university, formula, …
	Full  string // the full name of which Name is a short form, else Name
}

// A Hit is a place where a text has a known name. One name can have several
// entries, of different classes.
type Hit struct {
	schema.Span
	Entries []Entry
}

// A Lexicon is the names, words and divisions.
type Lexicon struct {
	Divisions *Divisions

	names   *Trie
	entries [][]Entry // by key of names
	words   map[string]*Words
}

// Load reads a lexicon from the root of the seeds.
func Load(fsys fs.FS) (*Lexicon, error) {
	divisions, err := loadDivisions(fsys)
	if err != nil {
		return nil, fmt.Errorf("load divisions: %w", err)
	}
	l := &Lexicon{Divisions: divisions, words: map[string]*Words{}}
	if err := l.loadNames(fsys); err != nil {
		return nil, fmt.Errorf("load names: %w", err)
	}
	if err := l.loadWords(fsys); err != nil {
		return nil, fmt.Errorf("load words: %w", err)
	}
	return l, nil
}

// Names returns the known names, each once.
func (l *Lexicon) Names() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, same := range l.entries {
			if !yield(same[0].Name) {
				return
			}
		}
	}
}

// Lookup returns the entries of a name.
func (l *Lexicon) Lookup(name string) []Entry {
	if key, ok := l.names.Key(name); ok {
		return l.entries[key]
	}
	return nil
}

// Longest returns the entries of the longest known name that begins at byte at
// of text, and where it ends; nil where none does.
func (l *Lexicon) Longest(text string, at int) (entries []Entry, end int) {
	key, end, ok := l.names.Longest(text, at)
	if !ok {
		return nil, at
	}
	return l.entries[key], end
}

// Matches returns the known names in text from left to right, the longest at
// each place, without overlap.
func (l *Lexicon) Matches(text string) []Hit {
	var hits []Hit
	for at := 0; at < len(text); {
		entries, end := l.Longest(text, at)
		if entries == nil {
			at += RuneLen(text[at])
			continue
		}
		hits = append(hits, Hit{schema.Span{Start: at, End: end}, entries})
		at = end
	}
	return hits
}

// Words returns the list of words of that name. A list that no file gives is
// empty.
func (l *Lexicon) Words(list string) *Words {
	if w, ok := l.words[list]; ok {
		return w
	}
	return &Words{forward: NewTrie(nil), backward: NewTrie(nil)}
}

func (l *Lexicon) loadNames(fsys fs.FS) error {
	files, err := fs.Glob(fsys, "lexicon/names/*.tsv")
	if err != nil {
		return err
	}
	var all []Entry
	for _, file := range files {
		for row, err := range Rows(fsys, file) {
			if err != nil {
				return err
			}
			entry, err := entryOf(row)
			if err != nil {
				return err
			}
			all = append(all, entry)
		}
	}
	l.index(all)
	return nil
}

// entryOf reads a row of a names file.
func entryOf(row Row) (Entry, error) {
	if len(row.Fields) < 3 || len(row.Fields) > 4 {
		return Entry{}, row.Errorf("%w entry: want name, class, kind and perhaps full name", schema.ErrInvalid)
	}
	e := Entry{row.Fields[0], schema.Class(row.Fields[1]), row.Fields[2], row.Fields[0]}
	if len(row.Fields) == 4 {
		e.Full = row.Fields[3]
	}
	if !named(e.Class) {
		return Entry{}, row.Errorf("%w class %q", schema.ErrInvalid, e.Class)
	}
	return e, nil
}

func named(c schema.Class) bool {
	for _, info := range schema.Classes() {
		if info.Class == c {
			return info.Named
		}
	}
	return false
}

// index groups the entries by name.
func (l *Lexicon) index(all []Entry) {
	at := map[string]int{}
	var keys []string
	for _, e := range all {
		k, ok := at[e.Name]
		if !ok {
			k = len(keys)
			at[e.Name] = k
			keys = append(keys, e.Name)
			l.entries = append(l.entries, nil)
		}
		l.entries[k] = append(l.entries[k], e)
	}
	l.names = NewTrie(keys)
}

func (l *Lexicon) loadWords(fsys fs.FS) error {
	files, err := fs.Glob(fsys, "lexicon/words/*.tsv")
	if err != nil {
		return err
	}
	for _, file := range files {
		list := strings.TrimSuffix(path.Base(file), ".tsv")
		if l.words[list], err = loadWords(fsys, file); err != nil {
			return err
		}
	}
	return nil
}
