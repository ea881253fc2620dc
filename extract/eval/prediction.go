package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/extract"
)

// A prediction is what was extracted from one document, in the scorer's terms.
type prediction struct {
	about     extract.LineDocument
	entities  []foundEntity
	relations []foundRelation
	figures   []foundFigure
}

type foundEntity struct {
	class string
	names []string // squashed
	raw   string
}

type foundRelation struct {
	subject, object []string
	predicate       string
	raw             string
}

type foundFigure struct {
	subject   []string
	indicator []string
	measure   string
	value     quantity
	period    string
	raw       string
}

// newPrediction puts a line of the contract in the scorer's terms.
func newPrediction(l extract.Line) prediction {
	p := prediction{about: l.Document}
	byID := map[string][]string{}
	for _, e := range l.Entities {
		names := distinct(append([]string{e.Name}, e.Aliases...))
		p.entities = append(p.entities, foundEntity{string(e.Type), names, fmt.Sprintf("%s\t%s", e.Type, e.Name)})
		byID[e.ID] = names
	}
	names := func(id string) []string {
		if n, ok := byID[id]; ok {
			return n
		}
		return []string{squash(id)}
	}
	for _, r := range l.Relations {
		s, o := names(r.Subject), names(r.Object)
		p.relations = append(p.relations, foundRelation{s, o, string(r.Predicate), strings.Join([]string{s[0], string(r.Predicate), o[0]}, "\t")})
	}
	for _, f := range l.Figures {
		s := names(f.Subject)
		value, _ := f.Value.Float64() // the nearest one will do
		p.figures = append(p.figures, foundFigure{s, []string{core(f.Indicator)}, string(f.Measure), quantity{rounded(value), f.Unit}, f.Period,
			fmt.Sprintf("%s\t%s\t%s\t%s%s\t%s", s[0], f.Indicator, f.Measure, f.Value, f.Unit, f.Period)})
	}
	return p
}

// distinct squashes names and keeps the first of those that are then the same.
// There is always one at least.
func distinct(names []string) []string {
	var out []string
	for _, n := range names {
		if s := squash(n); n != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if out == nil {
		return []string{""}
	}
	return out
}
