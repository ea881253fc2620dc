package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fatih/color"

	"github.com/districtkg/districtkg/schema"
)

// A find is a stretch of a document to be coloured.
type find struct {
	span  schema.Span // of the original
	style *color.Color
}

// writeHighlighted prints the original text of a document with its mentions
// coloured by class and its figures underlined, after a legend. Where finds
// overlap, the longer one is shown.
func writeHighlighted(w io.Writer, f *schema.Facts) error {
	styles := classStyles()
	if _, err := fmt.Fprintf(w, "%s\n%s\n", color.New(color.Bold).Sprint(headline(f)), legend(styles)); err != nil {
		return err
	}
	var b strings.Builder
	at := 0
	for _, find := range finds(f, styles) {
		if find.span.Start < at {
			continue
		}
		b.WriteString(f.Doc.Original[at:find.span.Start])
		b.WriteString(find.style.Sprint(find.span.In(f.Doc.Original)))
		at = find.span.End
	}
	b.WriteString(f.Doc.Original[at:])
	_, err := fmt.Fprintf(w, "%s\n\n", b.String())
	return err
}

func headline(f *schema.Facts) string {
	id := f.Doc.Identity
	return fmt.Sprintf("%s: %s %s %s %s, %d entities, %d relations, %d figures, %d warnings", f.Doc.Path,
		id.Subject, id.Code, id.Kind, id.Period, len(f.Entities), len(f.Relations), len(f.Figures), len(f.Doc.Warnings))
}

// finds returns the mentions and figures in order of their place in the
// original, the longer first where two begin together.
func finds(f *schema.Facts, styles map[schema.Class]*color.Color) []find {
	var all []find
	for _, e := range f.Entities {
		for _, m := range e.Mentions {
			all = append(all, find{f.Doc.Offsets.Original(m.Span), styles[e.Class]})
		}
	}
	underlined := color.New(color.Underline)
	for _, g := range f.Figures {
		all = append(all, find{f.Doc.Offsets.Original(g.Span), underlined})
	}
	slices.SortStableFunc(all, func(a, b find) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	return all
}

// classStyles gives each class of named things a colour of its own.
func classStyles() map[schema.Class]*color.Color {
	attributes := [][]color.Attribute{
		{color.FgBlue, color.Bold}, {color.FgRed}, {color.FgMagenta}, {color.FgHiMagenta}, {color.FgHiRed},
		{color.FgHiBlue}, {color.FgGreen}, {color.FgCyan}, {color.FgHiGreen}, {color.FgHiCyan},
		{color.FgYellow}, {color.FgHiYellow}, {color.FgYellow, color.Bold}, {color.FgWhite, color.Bold},
	}
	styles := map[schema.Class]*color.Color{}
	for _, info := range schema.Classes() {
		if info.Named {
			styles[info.Class] = color.New(attributes[len(styles)%len(attributes)]...)
		}
	}
	return styles
}

func legend(styles map[schema.Class]*color.Color) string {
	var names []string
	for _, info := range schema.Classes() {
		if info.Named {
			names = append(names, styles[info.Class].Sprint(info.Chinese))
		}
	}
	return strings.Join(names, " ")
}
