package relation

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/schema"
)

// leastRest is the characters by which a name is longer than that of the place
// that it begins with: 曙光村学堂.
const leastRest = 2

// namedWithin says that what begins with the name of a village, a township, a
// zone or a scenic area lies there: 曙光村文化广场, 东港工业园污水处理厂.
func (g *reading) namedWithin() {
	byName := map[string]int{}
	for i := range g.entities {
		if i == g.subject || !g.encloses(i) {
			continue
		}
		for _, n := range g.names(i) {
			if _, taken := byName[n]; !taken && utf8.RuneCountInString(n) > 1 {
				byName[n] = i
			}
		}
	}
	for i := range g.entities {
		if at, name := g.enclosing(i, byName); name != "" && !g.ground(i, at) {
			g.claimName("named-within", i, at, []string{name})
			g.claimShort("named-within", i, at)
		}
	}
}

// encloses reports whether entity i can be the first part of the names of what
// lies in it: a division of the lowest ranks, a zone or a place that is built.
func (g *reading) encloses(i int) bool {
	e := &g.entities[i]
	switch e.Class {
	case schema.Division:
		return g.grassroots(e)
	case schema.Zone:
		return true
	case schema.Place:
		return slices.ContainsFunc(g.words.grounds, func(w string) bool { return strings.HasSuffix(e.Name, w) })
	}
	return false
}

// grassroots reports whether a division is a township, a village or a community.
func (g *reading) grassroots(e *schema.Entity) bool {
	return g.township(e) || e.Code == "" && slices.ContainsFunc([]string{"村", "社区", "嘎查"}, func(w string) bool {
		return strings.HasSuffix(e.Name, w)
	})
}

// enclosing returns the entity with the longest name that the name of entity i
// begins with, and that name, or "". What leads from there to somewhere else
// does not lie there, and a part of a zone is part of it.
func (g *reading) enclosing(i int, byName map[string]int) (at int, name string) {
	e := &g.entities[i]
	switch e.Class {
	case schema.Hospital, schema.School, schema.Zone, schema.Place, schema.Project, schema.Organization, schema.Agency, schema.Enterprise:
	default:
		return 0, ""
	}
	for b := range e.Name {
		k, known := byName[e.Name[:b]]
		rest := e.Name[b:]
		if known && k != i && utf8.RuneCountInString(rest) >= leastRest && !slices.Contains(g.words.parts, rest) &&
			!slices.ContainsFunc(g.words.onward, func(w string) bool { return strings.HasPrefix(rest, w) }) &&
			!(e.Class == schema.Agency && governs(e.Name)) {
			at, name = k, e.Name[:b]
		}
	}
	return at, name
}

// ground reports whether what works i are named after is what they change, and
// not only where they stand: 凤凰公园改造.
func (g *reading) ground(i, at int) bool {
	e := &g.entities[at]
	return g.entities[i].Class == schema.Project && (e.Class == schema.Place || strings.HasSuffix(e.Name, "片区"))
}

// townships says that the townships, villages and communities that the
// gazetteer does not know and of which nothing else is said are part of the
// subject.
func (g *reading) townships() {
	said := make([]bool, len(g.entities))
	for _, c := range g.found {
		said[c.subject] = said[c.subject] || c.predicate == schema.PartOf || c.predicate == schema.LocatedIn
	}
	for i := range g.entities {
		e := &g.entities[i]
		if e.Class != schema.Division || i == g.subject || said[i] || g.foreign[i] || !g.unknown(e) || !g.grassroots(e) || !proper(e.Name) {
			continue
		}
		for _, m := range e.Mentions {
			if g.follows(m.Start) || g.listed(m.Span) {
				continue
			}
			if trigger, evidence, ok := g.says(m.Span, g.words.away); ok {
				g.add(claim{key: key{i, g.subject, schema.PartOf}, name: "claimed", trigger: trigger, evidence: evidence})
				break
			}
		}
	}
}

// unknown reports whether the gazetteer knows no such division here: none of
// that name, or only a namesake in a county of which the text says nothing.
func (g *reading) unknown(e *schema.Entity) bool {
	d, subject := g.divisions.ByCode(e.Code), g.divisions.ByCode(g.entities[g.subject].Code)
	if d == nil || subject == nil {
		return e.Code == ""
	}
	up := g.divisions.Parent(d)
	if up == nil || d.Level != lexicon.Township || g.divisions.Within(d, subject) {
		return false
	}
	_, named := g.byCode[up.Code]
	return !named
}

// leastName is the characters of the shortest name of a village that is taken
// for one where nothing but its last character tells: 曙光村, and not 靠村.
const leastName = 3

// proper reports whether the name of a township or village is more than a word
// for several of them: 四乡, 城镇.
func proper(name string) bool {
	return utf8.RuneCountInString(name) >= leastName && !strings.Contains(name, "—") &&
		!strings.HasSuffix(name, "城镇") && !strings.HasSuffix(name, "村镇")
}

// follows reports whether the name of a township that is no entity ends at byte b.
func (g *reading) follows(b int) bool {
	before := strings.TrimRight(g.doc.Text[:b], " 　\n")
	return slices.ContainsFunc([]string{"镇", "乡", "街道"}, func(w string) bool { return strings.HasSuffix(before, w) })
}

// listed reports whether the name s stands in a list with works, so that it is
// what is left of the name of one: 东关村、西关棚户区改造.
func (g *reading) listed(s schema.Span) bool {
	k, _ := slices.BinarySearchFunc(g.items, s.End, func(it rule.Item, b int) int { return it.Start - b })
	return k < len(g.items) && g.items[k].Class == schema.Project && slices.Contains([]string{"、", "和", "及"}, g.doc.Text[s.End:g.items[k].Start])
}
