package identity

import (
	"io/fs"
	"strconv"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// A table is how evidence is weighed. Its file has rows of four shapes:
//
//	weight  kind of evidence  points
//	kind    where  cue  kind of document  points
//	region  word   first digits of codes, parted by |
//	event   words  year
//	mark    words  year
type table struct {
	weights map[string]int
	kinds   []cue
	regions []region
	events  []event
	marks   []event // what a year is said to be
}

// A cue speaks for a kind of document.
type cue struct {
	where  string // title, head or body
	text   string
	kind   schema.Kind
	points int
}

type region struct{ word, codes string }

// An event is one whose year everybody knows.
type event struct {
	words string
	year  int
}

func loadTable(seeds fs.FS, file string) (*table, error) {
	t := &table{weights: map[string]int{}}
	for row, err := range lexicon.Rows(seeds, file) {
		if err != nil {
			return nil, err
		}
		if err := t.row(row); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *table) row(row lexicon.Row) error {
	f := row.Fields
	columns := map[string]int{"weight": 3, "kind": 5, "region": 3, "event": 3, "mark": 3}
	if len(f) == 0 || columns[f[0]] != len(f) {
		return row.Errorf("%w row: want weight, kind, region, event or mark with their columns", schema.ErrInvalid)
	}
	last := f[len(f)-1]
	if f[0] == "region" {
		t.regions = append(t.regions, region{f[1], last})
		return nil
	}
	n, err := strconv.Atoi(last)
	if err != nil {
		return row.Errorf("%w number %q", schema.ErrInvalid, last)
	}
	switch f[0] {
	case "weight":
		t.weights[f[1]] = n
	case "kind":
		t.kinds = append(t.kinds, cue{f[1], f[2], schema.Kind(f[3]), n})
	case "event":
		t.events = append(t.events, event{f[1], n})
	case "mark":
		t.marks = append(t.marks, event{f[1], n})
	}
	return nil
}

// cueWords returns the words that are looked for in one pass: the cues of the
// kinds, the parts of a year, the words given and the words for levels.
func (t *table) cueWords(more []string) []string {
	var out []string
	for _, c := range t.kinds {
		out = append(out, c.text)
	}
	for _, x := range parts {
		out = append(out, x.words)
	}
	out = append(out, more...)
	for _, w := range levelWords {
		out = append(out, w.words)
	}
	return out
}
