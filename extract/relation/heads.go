package relation

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// deputies says that who is named with a bare office after somebody in office
// holds it in the same body: 清河局局长王明、副局长李强.
func (g *reading) deputies() {
	for k := 1; k < len(g.items); k++ {
		a, b := &g.items[k-1], &g.items[k]
		if a.Class != schema.Person || b.Class != schema.Person || g.holdsOffice(b.Entity) {
			continue
		}
		gap := schema.Span{Start: a.End, End: b.Start}
		office, listed := strings.CutPrefix(gap.In(g.doc.Text), "、")
		if !listed || !slices.Contains(g.words.officers, office) {
			continue
		}
		for _, c := range slices.Clone(g.found) {
			if c.subject == a.Entity && c.predicate == schema.HoldsOffice && c.evidence.Contains(a.Span) {
				g.add(claim{key: key{b.Entity, c.object, schema.HoldsOffice}, name: "office-listed",
					trigger: schema.Span{Start: b.Start - len(office), End: b.Start}, evidence: c.evidence})
			}
		}
	}
}

// Lengths, in characters, of what is left of the name of a body before an office.
const (
	leastBody = 2
	mostBody  = 12
)

// departments says that who heads a body that is called without the name of
// whose it is holds office there: 县委常委、宣传部部长王明 in 安平县委宣传部.
func (g *reading) departments() {
	for k := range g.items {
		p := &g.items[k]
		if p.Class != schema.Person {
			continue
		}
		body, office := g.beforeOffice(k)
		if body == "" {
			continue
		}
		for i := range g.entities {
			if g.organ[i] && slices.ContainsFunc(g.names(i), func(n string) bool { return len(n) > len(body) && strings.HasSuffix(n, body) }) {
				g.add(claim{key: key{p.Entity, i, schema.HoldsOffice}, name: "office-short", trigger: office,
					evidence: g.sentence(schema.Span{Start: office.Start - len(body), End: p.End})})
				break
			}
		}
	}
}

// beforeOffice returns what stands between the last mark and the office before
// item k, outside every name, and the office; "" where it is no body.
func (g *reading) beforeOffice(k int) (body string, office schema.Span) {
	office = schema.Span{Start: g.items[k].Start, End: g.items[k].Start}
	from := 0
	if k > 0 {
		from = g.items[k-1].End
	}
	before := g.doc.Text[from:office.End]
	for _, w := range g.words.officers {
		if strings.HasSuffix(before, w) && len(w) > office.Len() {
			office.Start = office.End - len(w)
		}
	}
	if office.Len() == 0 {
		return "", office
	}
	body = before[:office.Start-from]
	if i := strings.LastIndexFunc(body, func(r rune) bool { return parts(r) || strings.ContainsRune("、“”（）() 　", r) }); i >= 0 {
		_, n := utf8.DecodeRuneInString(body[i:])
		body = body[i+n:]
	}
	if n := utf8.RuneCountInString(body); n < leastBody || n > mostBody {
		return "", office
	}
	return body, office
}
