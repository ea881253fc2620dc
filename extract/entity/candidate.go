package entity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A candidate is a mention that a rule proposes.
type candidate struct {
	schema.Span
	class schema.Class
	name  string
	code  string
	rule  string
	score int
}

// propose adds a candidate whose name is the text of its span.
func (s *sentence) propose(span schema.Span, class schema.Class, rule string) {
	s.proposeNamed(span, class, cleanName(span.In(s.text)), rule)
}

// proposeNamed adds a candidate whose name the text does not spell out.
func (s *sentence) proposeNamed(span schema.Span, class schema.Class, name, rule string) {
	if span.Len() <= 0 || name == "" {
		return
	}
	s.found = append(s.found, candidate{Span: span, class: class, name: name, rule: rule, score: s.r.scores[rule]})
}

// reject tells the trace why a span is no name.
func (s *sentence) reject(span schema.Span, rule, reason string) {
	s.doc.Decide(stage, rule, span, false, reason)
}

// cleanName returns a name without line breaks and the quotation or title
// marks around the whole of it.
func cleanName(name string) string {
	if !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r == '"' || r >= 0x2000 && r < 0x3020 }) {
		return name
	}
	name = strings.Join(strings.Fields(name), "")
	for _, pair := range [...][2]string{{"“", "”"}, {"《", "》"}, {"‘", "’"}, {"「", "」"}, {`"`, `"`}} {
		inner, ok1 := strings.CutPrefix(name, pair[0])
		inner, ok2 := strings.CutSuffix(inner, pair[1])
		if ok1 && ok2 && !strings.Contains(inner, pair[0]) {
			return inner
		}
	}
	return name
}

// arbitrate keeps, where candidates overlap, the one with the highest score,
// then the longest, then the first proposed. The result is in order of text.
func arbitrate(doc *schema.Doc, found []candidate) []candidate {
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(-cmp.Compare(a.score, b.score), -cmp.Compare(a.Len(), b.Len()), cmp.Compare(a.Start, b.Start))
	})
	var kept occupied
	for _, c := range found {
		if w, ok := kept.overlapping(c.Span); ok {
			if doc.Traced() {
				doc.Decide(stage, c.rule, c.Span, false, fmt.Sprintf("%s %s yields to %s %s by %s: score %d to %d",
					c.class, c.name, w.class, w.name, w.rule, c.score, w.score))
			}
			continue
		}
		if doc.Traced() {
			doc.Decide(stage, c.rule, c.Span, true, fmt.Sprintf("%s %s, score %d", c.class, c.name, c.score))
		}
		kept.add(c)
	}
	return kept.list
}

// occupied is kept candidates in order of text, without overlap.
type occupied struct{ list []candidate }

// at returns the index of the first kept candidate that ends after b.
func (o *occupied) at(b int) int {
	i, _ := slices.BinarySearchFunc(o.list, b, func(c candidate, b int) int { return cmp.Compare(c.End, b+1) })
	return i
}

// overlapping returns a kept candidate that overlaps s.
func (o *occupied) overlapping(s schema.Span) (candidate, bool) {
	if i := o.at(s.Start); i < len(o.list) && o.list[i].Start < s.End {
		return o.list[i], true
	}
	return candidate{}, false
}

func (o *occupied) add(c candidate) { o.list = slices.Insert(o.list, o.at(c.Start), c) }

// formulaRule is the rule of political formulas. They are recognised so that
// nothing inside them is taken for a name, then dropped: their class is
// disputable, and they tell nothing of a district.
const formulaRule = "known-formula"

func withoutFormulas(doc *schema.Doc, kept []candidate) []candidate {
	return slices.DeleteFunc(kept, func(c candidate) bool {
		if c.rule == formulaRule {
			doc.Decide(stage, c.rule, c.Span, false, "a political formula")
		}
		return c.rule == formulaRule
	})
}

// nestedDivisions returns the official names of divisions that lie in kept
// names only, the first of each: 岳阳楼区 of a document that says but
// 岳阳楼区人民政府.
func nestedDivisions(kept, found []candidate) []candidate {
	free := map[string]bool{}
	for _, c := range kept {
		if c.class == schema.Division {
			free[c.name] = true
		}
	}
	var nested []candidate
	for _, c := range found {
		if c.rule == "division" && !free[c.name] {
			free[c.name] = true
			c.rule = "division-nested"
			nested = append(nested, c)
		}
	}
	return nested
}

// withNested adds nested candidates to those in order of text.
func withNested(kept, nested []candidate) []candidate {
	kept = append(kept, nested...)
	slices.SortStableFunc(kept, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), -cmp.Compare(a.End, b.End))
	})
	return kept
}
