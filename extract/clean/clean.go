// Package clean repairs what scanning, printing, sharing and publishing did to
// a document's text, so that later stages read what was meant.
//
// In goes Doc.Original; out come Doc.Text, an offset map that leads every span
// of it back, and a warning for every repair, with the span of the original
// that it is about and both forms. Only white space goes without a warning.
//
// Repairs are made in passes, each in one walk over the text that the passes
// before it left. What they know of the world is in the folder clean of seeds.
package clean

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"

	"github.com/districtkg/districtkg/schema"
)

// A Cleaner repairs texts. It never changes, so goroutines share it.
type Cleaner struct {
	passes []pass
}

// A pass is one walk over a text in search of one kind of damage.
type pass struct {
	name string
	find func(text string, lines []line) []edit // in order, without overlap
	// lined says that find looks at the lines of the text, which it must not change.
	lined bool
}

// whole is the pass of a search that does not look at lines.
func whole(name string, find func(text string) []edit) pass {
	return pass{name: name, find: func(text string, _ []line) []edit { return find(text) }}
}

// byLine is the pass of a search that looks at lines.
func byLine(name string, find func(text string, lines []line) []edit) pass {
	return pass{name: name, find: find, lined: true}
}

// New returns a Cleaner with the knowledge in the folder clean of seeds.
func New(seeds fs.FS) (*Cleaner, error) {
	script, err1 := loadScript(seeds)
	boilerplate, err2 := loadBoilerplate(seeds)
	wrapping, err3 := loadWrapping(seeds)
	spaced, err4 := loadSpaced(seeds)
	numbers, err5 := loadNumbers(seeds)
	if err := cmp.Or(err1, err2, err3, err4, err5); err != nil {
		return nil, fmt.Errorf("load knowledge of cleaning: %w", err)
	}
	return &Cleaner{[]pass{
		whole("characters", characters),      // first, since all others look for characters
		whole("stop", stops),                 // before all that looks for the ends of sentences
		whole("reading", readings),           // before script, whose phrases they part
		whole("script", script.edits),        // before what knows simplified words only
		byLine("section-mark", sectionMarks), // before boilerplate, whose notices tell a sharing site
		byLine("site-mark", siteMarks),       // before the lines that it ends are looked at
		byLine("boilerplate", boilerplate.edits),
		byLine("page-number", pageNumbers), // these must go before the lines around them are joined
		byLine("doubled", doubled),
		byLine("layout", layout),
		byLine("wrap", wrapping.edits),
		whole("footnote", footnotes),
		byLine("spaced", spaced.edits), // on whole lines, so after wrap
		whole("number", numbers.edits),
		whole("zero", chineseZero),
	}}, nil
}

// Clean fills doc.Text and doc.Offsets and adds to doc.Warnings.
func (c *Cleaner) Clean(doc *schema.Doc) error {
	d := newDraft(doc.Original)
	for _, p := range c.passes {
		if p.lined {
			d.measure()
		}
		d.apply(p.find(d.text, d.lines))
	}
	doc.Text = d.text
	doc.Offsets = d.offsets()
	slices.SortStableFunc(d.warnings, func(a, b schema.Warning) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	doc.Warnings = append(doc.Warnings, d.warnings...)
	if doc.Traced() {
		for _, w := range d.warnings {
			doc.Decide("clean", w.Kind, d.now(w.Span), true, w.Message)
		}
	}
	return nil
}
