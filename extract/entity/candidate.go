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
	kept := occupy(doc.Text, nil)
	for _, c := range found {
		if !kept.free(c.Span) {
			if doc.Traced() {
				w := kept.holder(c.Span)
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
	return kept.sorted()
}

// occupied is kept candidates without overlap. A document of many megabytes has
// a million of them, so each is marked in the text rather than searched for.
type occupied struct {
	list  []candidate
	taken []bool // by byte of the text
}

// occupy returns the places that candidates, which do not overlap, take in a text.
func occupy(text string, kept []candidate) *occupied {
	o := &occupied{taken: make([]bool, len(text))}
	for _, c := range kept {
		o.add(c)
	}
	return o
}

// free reports whether no kept candidate overlaps s.
func (o *occupied) free(s schema.Span) bool { return !slices.Contains(o.taken[s.Start:s.End], true) }

// holder returns a kept candidate that overlaps s, which is not free.
func (o *occupied) holder(s schema.Span) candidate {
	i := slices.IndexFunc(o.list, func(c candidate) bool { return c.Overlaps(s) })
	return o.list[i]
}

func (o *occupied) add(c candidate) {
	o.list = append(o.list, c)
	for i := c.Start; i < c.End; i++ {
		o.taken[i] = true
	}
}

// sorted returns the kept candidates in order of text.
func (o *occupied) sorted() []candidate {
	slices.SortFunc(o.list, func(a, b candidate) int { return cmp.Compare(a.Start, b.Start) })
	return o.list
}

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

// nestedDivisions returns the official names of divisions with which kept names
// begin and that stand nowhere else, the first of each: 岳阳楼区 of a document
// that says but 岳阳楼区人民政府.
func nestedDivisions(kept, found []candidate) []candidate {
	free, fronts := map[string]bool{}, map[int]bool{}
	for _, c := range kept {
		fronts[c.Start] = true
		if strings.HasPrefix(c.name, "中共") {
			fronts[c.Start+len("中共")] = true
		}
		if c.class == schema.Division {
			free[c.name] = true
		}
	}
	var nested []candidate
	for _, c := range found { // arbitration has sorted them: those of one rule and length in order of text
		if c.rule == "division" && fronts[c.Start] {
			fronts[c.End] = true // 绍兴市|上虞区|统计局
		}
	}
	for _, c := range found {
		if c.rule == "division" && !free[c.name] && fronts[c.Start] {
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
