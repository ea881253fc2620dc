package eval

import (
	"fmt"
	"io"
	"strings"
)

// WriteTable writes the report as text. With errors, it lists up to so many
// missed records and surplus finds of each kind and document before that.
func (r *Report) WriteTable(w io.Writer, errors int) error {
	var b strings.Builder
	for _, d := range r.Documents {
		for _, e := range d.Errors {
			e.write(&b, d, errors)
		}
	}
	fmt.Fprintf(&b, "%-26s %6s %6s %6s   %6s %6s %6s %12s\n", "", "P", "R", "F1", "right", "extra", "missed", "on optional")
	for _, s := range r.Rows {
		fmt.Fprintf(&b, "%-26s %6.3f %6.3f %6.3f   %6d %6d %6d %12d\n",
			s.Name, s.Precision(), s.Recall(), s.F1(), s.Right, s.Extra, s.Missed, s.Optional)
	}
	for _, x := range r.Identity {
		fmt.Fprintf(&b, "document %s right: %d of %d\n", x.Name, x.Right, x.All)
	}
	section(&b, "figures with the value and this slot right:", r.Slots)
	section(&b, "entities by class:", r.Classes)
	section(&b, "relations by predicate:", r.Relations)
	b.WriteString("by document (F1):\n")
	for _, d := range r.Documents {
		fmt.Fprintf(&b, "  %-28s", d.Name)
		for _, s := range d.Rows {
			switch s.Name {
			case "entity", "relation", "figure", "figure (full)":
				fmt.Fprintf(&b, "  %s %.3f", s.Name, s.F1())
			}
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// section writes scores under a heading.
func section(b *strings.Builder, heading string, scores []Row) {
	if len(scores) == 0 {
		return
	}
	b.WriteString(heading + "\n")
	for _, s := range scores {
		fmt.Fprintf(b, "  %-24s %6.3f %6.3f %6.3f   %6d %6d %6d\n", s.Name, s.Precision(), s.Recall(), s.F1(), s.Right, s.Extra, s.Missed)
	}
}

// write lists up to most of the errors.
func (e Errors) write(b *strings.Builder, d Document, most int) {
	if most == 0 {
		return
	}
	fmt.Fprintf(b, "--- %s %s: %d surplus, %d missed\n", d.Name, e.Level, len(e.Surplus), len(e.Missed))
	for _, m := range e.Missed[:min(most, len(e.Missed))] {
		fmt.Fprintf(b, "   missed   %s\n", m)
	}
	for _, s := range e.Surplus[:min(most, len(e.Surplus))] {
		fmt.Fprintf(b, "   surplus  %s\n", s)
	}
}
