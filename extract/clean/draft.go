package clean

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// An edit replaces a span of a draft's text. Edits of one pass are in order
// and do not overlap.
type edit struct {
	schema.Span
	with    string
	aligned bool   // with has as many bytes, and each of its characters stands where the one it replaces did
	kind    string // of the warning; none is given where it is ""
	message string
}

// A run says that length bytes of a draft's text are the original's. It is what
// schema.OffsetMap keeps.
type run struct{ text, original, length int }

// A draft is a text on its way from the original to the cleaned one.
type draft struct {
	text     string
	lines    []line // of text; nil where they were not measured since the last edit
	runs     []run  // in order of both offsets; what lies between them was repaired
	end      int    // how much of the original the text reaches to
	warnings []schema.Warning
}

func newDraft(original string) *draft {
	return &draft{text: original, runs: []run{{0, 0, len(original)}}, end: len(original)}
}

// measure fills in the lines.
func (d *draft) measure() {
	if d.lines == nil {
		d.lines = lines(d.text)
	}
}

// apply makes the edits and records their warnings.
func (d *draft) apply(edits []edit) {
	if len(edits) == 0 {
		return
	}
	var text strings.Builder
	text.Grow(len(d.text))
	b := mapper{old: d.runs, runs: make([]run, 0, len(d.runs)+len(edits))}
	at := 0
	for _, e := range edits {
		b.keep(at, e.Start, text.Len())
		text.WriteString(d.text[at:e.Start])
		if e.aligned {
			b.keep(e.Start, e.End, text.Len())
		}
		text.WriteString(e.with)
		at = e.End
	}
	b.keep(at, len(d.text), text.Len())
	text.WriteString(d.text[at:])
	original := d.offsets()
	d.warn(edits, original)
	if last := edits[len(edits)-1]; last.End == len(d.text) && last.with == "" {
		d.end = original.Original(last.Span).Start
	}
	d.text, d.runs, d.lines = text.String(), b.runs, nil
}

// warn records what the edits tell, in terms of the original.
func (d *draft) warn(edits []edit, original schema.OffsetMap) {
	for _, e := range edits {
		if e.kind != "" {
			d.warnings = append(d.warnings, schema.Warning{Kind: e.kind, Span: original.Original(e.Span), Message: e.message})
		}
	}
}

// now returns where in the text stands what was read from a span of the original.
func (d *draft) now(o schema.Span) schema.Span {
	return schema.Span{Start: d.at(o.Start), End: d.at(o.End)}
}

// at returns the text offset of an offset of the original, or of what follows it
// where it was left out.
func (d *draft) at(original int) int {
	i := sort.Search(len(d.runs), func(i int) bool { return d.runs[i].original+d.runs[i].length >= original })
	if i == len(d.runs) {
		return len(d.text)
	}
	return d.runs[i].text + max(0, original-d.runs[i].original)
}

// offsets is the draft's map in the terms of the schema.
func (d *draft) offsets() schema.OffsetMap {
	m := schema.NewOffsetMap()
	for _, r := range d.runs {
		m.Append(r.text, r.original, r.length)
	}
	m.Close(len(d.text), d.end)
	return *m
}

// A mapper carries runs over from one text to the next.
type mapper struct {
	old  []run
	runs []run
}

// keep says that the old text's bytes from start to end now stand at text.
// Calls must come in order of start.
func (m *mapper) keep(start, end, text int) {
	for len(m.old) > 0 && start < end {
		r := m.old[0]
		if r.text+r.length <= start {
			m.old = m.old[1:]
			continue
		}
		from, to := max(start, r.text), min(end, r.text+r.length)
		if from >= to {
			return
		}
		m.add(run{text + from - start, r.original + from - r.text, to - from})
		text += to - start
		start = to
	}
}

// add appends a run, as part of the last one where they adjoin.
func (m *mapper) add(r run) {
	if n := len(m.runs); n > 0 {
		last := &m.runs[n-1]
		if last.text+last.length == r.text && last.original+last.length == r.original {
			last.length += r.length
			return
		}
	}
	m.runs = append(m.runs, r)
}

// sorted puts edits in order and drops those that overlap an earlier one.
func sorted(edits []edit) []edit {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.Start, b.Start) })
	out := edits[:0]
	end := -1
	for _, e := range edits {
		if e.Start >= end {
			out = append(out, e)
			end = e.End
		}
	}
	return out
}

// readAs is an edit that reads one form as another.
func readAs(text string, s schema.Span, with, kind string) edit {
	return edit{Span: s, with: with, kind: kind, message: fmt.Sprintf("%s read as %s", excerpt(s.In(text)), excerpt(with))}
}

// drop is an edit that leaves a span out.
func drop(text string, s schema.Span, kind string) edit {
	return edit{Span: s, kind: kind, message: "left out: " + excerpt(s.In(text))}
}

// excerptLength is how many characters of a text a message shows.
const excerptLength = 40

// excerpt makes a piece of text fit for a message: on one line, and short.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= excerptLength {
		return s
	}
	return string([]rune(s[:min(len(s), 4*excerptLength)])[:excerptLength-1]) + "…"
}
