package relation

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/schema"
)

// again holds the words that stand for what was named before, by their place
// in the finder: 园区 for the zone, 公司 for the company.
type again struct {
	words  []string
	class  []schema.Class
	finder *rule.Finder

	offices []office
}

// An office is a word for the head of a body of the class.
type office struct {
	word  string
	class schema.Class
}

func newAgain(rules *rule.Set) *again {
	a := &again{}
	for _, l := range []struct {
		list  string
		class schema.Class
	}{
		{"again-zone", schema.Zone}, {"again-company", schema.Enterprise}, {"again-hospital", schema.Hospital},
		{"again-school", schema.School}, {"again-place", schema.Place}, {"again-project", schema.Project},
	} {
		for _, w := range rules.Words(l.list) {
			a.words, a.class = append(a.words, w), append(a.class, l.class)
		}
	}
	a.finder = rule.NewFinder(a.words)
	for _, l := range []struct {
		list  string
		class schema.Class
	}{{"head-company", schema.Enterprise}, {"head-hospital", schema.Hospital}, {"head-school", schema.School}} {
		for _, w := range rules.Words(l.list) {
			a.offices = append(a.offices, office{w, l.class})
		}
	}
	return a
}

// recalled returns the items with one more for each word that a clause begins
// with and that stands for an entity named before, so that rules see who the
// clause is about.
func (g *reading) recalled() []rule.Item {
	text, at := g.doc.Text, 0
	var found []rule.Item
	for _, h := range g.again.finder.Find(text, nil) {
		s := schema.Span{Start: h.End - len(g.again.words[h.Word]), End: h.End}
		if !opens(text, s.Start) {
			continue
		}
		for at < len(g.items) && g.items[at].End <= s.Start {
			at++
		}
		if at < len(g.items) && g.items[at].Overlaps(s) || len(found) > 0 && found[len(found)-1].Overlaps(s) {
			continue
		}
		if e := g.earlier(at, s, g.again.class[h.Word]); e >= 0 {
			found = append(found, rule.Item{Span: s, Class: g.entities[e].Class, Name: g.entities[e].Name, Entity: e})
		}
	}
	if len(found) == 0 {
		return g.items
	}
	found = append(found, g.items...)
	slices.SortFunc(found, func(a, b rule.Item) int { return a.Start - b.Start })
	return found
}

// opens reports whether a clause begins at byte b.
func opens(text string, b int) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:b], " 　“”"))
	return b > 0 && parts(r)
}

// recallReach is the bytes before a word within which that was last named
// which the word stands for.
const recallReach = 600

// earlier returns the entity of the class, named before item at, that the word
// s stands for: of those that end like it, or else of all, the one that the
// document names most, and the last of such; -1 where there is none near by. All
// companies end like 公司.
// A zone whose name ends otherwise must be named twice to be the theme. Of projects
// it is the last: what is told of one stands right behind its name.
func (g *reading) earlier(at int, s schema.Span, class schema.Class) int {
	best, most := -1, 0
	for k := at - 1; k >= 0 && g.items[k].Start > s.Start-recallReach; k-- {
		e := g.items[k].Entity
		if g.items[k].Class != class || g.foreign[e] && class != schema.Enterprise {
			continue
		}
		if class == schema.Project {
			return e
		}
		n := len(g.entities[e].Mentions)
		if class == schema.Enterprise && slices.ContainsFunc(g.names(e), company) {
			n += likeCompany
		}
		if class != schema.Enterprise && strings.HasSuffix(g.items[k].Name, s.In(g.doc.Text)) {
			n += likeName
		} else if class == schema.Zone && n < 2 {
			continue
		}
		if n > most {
			best, most = e, n
		}
	}
	return best
}

// likeCompany counts as many mentions as a hotel or a shop has at most in
// passing, of which nobody says 公司.
const likeCompany = 2

// company reports whether a name says that it is one of a company.
func company(name string) bool {
	return strings.Contains(name, "公司") || strings.HasSuffix(name, "集团")
}

// likeName counts more than all mentions of a name that ends otherwise.
const likeName = 1 << 20

// heads says that somebody whose sentence begins with a bare office holds it in
// the body of that kind that was named before: ….总经理王明说.
func (g *reading) heads() {
	for k := 1; k < len(g.items); k++ {
		p := &g.items[k]
		if p.Class != schema.Person {
			continue
		}
		for _, o := range g.again.offices {
			office := schema.Span{Start: p.Start - len(o.word), End: p.Start}
			if office.Start < 0 || office.In(g.doc.Text) != o.word || !opens(g.doc.Text, office.Start) {
				continue
			}
			if e := g.earlier(k, office, o.class); e >= 0 {
				g.headed(k, e, office)
			}
			break
		}
	}
}

// headed says that item k and the persons in a list with it hold the office in
// entity e, those of whom no office is known.
func (g *reading) headed(k, e int, office schema.Span) {
	for {
		p := &g.items[k]
		if !g.holdsOffice(p.Entity) {
			g.add(claim{key: key{p.Entity, e, schema.HoldsOffice}, name: "office-again", trigger: office,
				evidence: g.sentence(schema.Span{Start: office.Start, End: p.End})})
		}
		k++
		if k == len(g.items) || g.items[k].Class != schema.Person || g.doc.Text[p.End:g.items[k].Start] != "、" {
			return
		}
	}
}

// partner returns who works with a hospital where the clause names nobody: the
// hospital that the sentences before were about, or else the seat.
func (g *reading) partner(sent *rule.Sentence, x rule.Match) int {
	if x.Object < 0 || sent.Items[x.Object].Class != schema.Hospital {
		return g.seat
	}
	clause := g.clauses(x.Trigger, sent.Span)
	at, _ := slices.BinarySearchFunc(g.items, sent.Span.Start, func(it rule.Item, b int) int { return it.Start - b })
	if e := g.earlier(at, x.Trigger, schema.Hospital); e >= 0 && clause.Start == x.Trigger.Start {
		return e
	}
	return g.seat
}

// holdsOffice reports whether an office of entity i is known.
func (g *reading) holdsOffice(i int) bool {
	return slices.ContainsFunc(g.found, func(c claim) bool { return c.subject == i && c.predicate == schema.HoldsOffice })
}
