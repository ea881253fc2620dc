package relation

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/schema"
)

// place tells by their names which entities are organs of the subject and
// which lie elsewhere.
func (g *reading) place() {
	g.own = g.levels(g.words.levels)
	prefixes := append(g.names(g.subject), g.own...)
	subject := g.divisions.ByCode(g.entities[g.subject].Code)
	above := namesAbove(g.divisions, subject)
	for i, e := range g.entities {
		g.organ[i] = e.Class == schema.Agency && !g.unlevelled(e.Name) && prefixOf(organName(e.Name, above), prefixes) != ""
		g.foreign[i] = slices.Contains(g.words.regions, e.Name) || e.Class == schema.Enterprise && slices.Contains(g.words.everywhere, e.Name) || subject != nil && !g.organ[i] && foreign(g.divisions, subject, &e, g.words.halls)
	}
	for k := range g.items {
		g.items[k].Organ = g.organ[g.items[k].Entity]
	}
}

// settle finds the zone that speaks for itself in the document: what the title
// begins with. What such a report says of no one in particular it says of the
// zone, which lies in the subject.
func (g *reading) settle() {
	g.seat, g.around = g.subject, g.subject
	title, below := g.titles()
	if k := g.titledZone(title, titleLabel); k >= 0 {
		g.seatAt(k, title)
		g.around = g.seat
	} else if k := g.titledZone(below, 0); k >= 0 {
		g.seatAt(k, below)
	}
}

// where returns where a thing lies of which nothing else is said.
func (g *reading) where(i int) int {
	if c := g.entities[i].Class; c == schema.Road || c == schema.Zone {
		return g.around
	}
	return g.seat
}

// titles returns the title and the line below that begins with a dash, or what
// follows the dash in the title: 大海来风 ——东港开发区走笔.
func (g *reading) titles() (title, below schema.Span) {
	const dash = "——"
	title = g.doc.Identity.Evidence["title"]
	if i := strings.LastIndex(title.In(g.doc.Text), dash); i >= 0 {
		return title, schema.Span{Start: title.Start + i + len(dash), End: title.End}
	}
	rest := g.doc.Text[title.End:]
	line := strings.TrimLeft(rest, " \n　")
	if title.Len() == 0 || !strings.HasPrefix(line, dash) {
		return title, schema.Span{}
	}
	line, _, _ = strings.Cut(line, "\n")
	start := len(g.doc.Text) - len(strings.TrimLeft(rest, " \n　")) + len(dash)
	return title, schema.Span{Start: start, End: start + len(line) - len(dash)}
}

// titledZone returns the index of the item that the title begins with, after
// the subject's name and at most label characters of others, if it is a zone
// that may lie in the subject, or -1.
func (g *reading) titledZone(title schema.Span, label int) int {
	k, _ := slices.BinarySearchFunc(g.items, title.Start, func(it rule.Item, b int) int { return it.Start - b })
	if label == 0 && k+1 < len(g.items) && g.items[k].Entity == g.subject && g.items[k].End == g.items[k+1].Start {
		title.Start = g.items[k].End
		k++
	}
	if k == len(g.items) || g.items[k].Class != schema.Zone || g.items[k].End > title.End || g.foreign[g.items[k].Entity] ||
		utf8.RuneCountInString(g.doc.Text[title.Start:g.items[k].Start]) > label {
		return -1
	}
	return k
}

// seatAt makes the zone that item k names the one that the document is about.
func (g *reading) seatAt(k int, title schema.Span) {
	g.seat = g.items[k].Entity
	g.add(claim{key: key{g.seat, g.subject, schema.LocatedIn}, name: "titled-zone", trigger: g.items[k].Span, evidence: title})
}

// titleLabel is the most characters that a page prints before a title: 信息名称：.
const titleLabel = 5

// unlevelled reports whether a name begins with a word that only looks like
// one for a level: 市场监管局.
func (g *reading) unlevelled(name string) bool { return prefixOf(name, g.words.unlevels) != "" }

// namesAbove returns the names of the divisions that hold x.
func namesAbove(ds *lexicon.Divisions, x *lexicon.Division) []string {
	var out []string
	if x != nil {
		for _, up := range ds.Path(x)[:len(ds.Path(x))-1] {
			out = append(out, up.Name)
		}
	}
	return out
}

// organName drops what stands before the division in the name of an organ:
// the party, and the divisions above.
func organName(name string, above []string) string {
	name = strings.TrimPrefix(strings.TrimPrefix(name, "中国共产党"), "中共")
	for _, up := range above {
		name = strings.TrimPrefix(name, up)
	}
	return name
}

// levels returns the level words that the subject's own organs begin with: 区
// of a 区. Of an unknown place all count.
func (g *reading) levels(all []string) []string {
	name := g.entities[g.subject].Name
	own := slices.DeleteFunc(slices.Clone(all), func(l string) bool { return !strings.HasSuffix(name, l) })
	if len(own) == 0 && name == schema.Local {
		return all
	}
	return own
}

// foreign reports whether the entity's name begins with that of a division
// that neither holds the subject nor lies in it. Short names count only for
// bodies and from cities up: roads are called after far cities, and schools
// after hills that some county is called after, too. Of places and roads only
// the halls count: markets and stations bear the names of their cities.
func foreign(ds *lexicon.Divisions, subject *lexicon.Division, e *schema.Entity, halls []string) bool {
	switch e.Class {
	case schema.Division, schema.Project, schema.Program, schema.Honor, schema.Person, schema.Event:
		return false
	}
	named, end := ds.Longest(e.Name, 0)
	if len(named) == 0 || end == len(e.Name) {
		return false
	}
	full := named[0].Name == e.Name[:end] && named[0].Level <= lexicon.County
	body := named[0].Level <= lexicon.City && (e.Class == schema.Enterprise && strings.HasSuffix(e.Name, "公司") || slices.Contains([]schema.Class{schema.Agency, schema.Organization, schema.School, schema.Hospital}, e.Class))
	body = body || named[0].Level <= lexicon.City && (e.Class == schema.Place || e.Class == schema.Road) &&
		slices.ContainsFunc(halls, func(w string) bool { return strings.HasSuffix(e.Name, w) })
	return (full || body) && !slices.ContainsFunc(named, func(d *lexicon.Division) bool {
		return ds.Within(subject, d) || ds.Within(d, subject)
	})
}

// organs says that each organ of the subject lies in it, unless it is named
// only out of courtesy (在市委和区委的坚强领导下).
func (g *reading) organs() {
	prefixes := append(g.names(g.subject), g.words.levels...)
	for i, is := range g.organ {
		if is && slices.ContainsFunc(g.entities[i].Mentions, func(m schema.Mention) bool { return !g.courteous(m.Span, g.words.courtesy) }) {
			g.claimName("organ-name", i, g.subject, prefixes)
			g.claimShort("organ-name", i, g.subject)
		}
	}
}

// claimShort says that entity i, which the text only calls without the name of
// whose it is, lies in at: 统战部 in the district, 管委会 in the zone.
func (g *reading) claimShort(ruleName string, i, at int) {
	e := &g.entities[i]
	if _, said := g.index[key{i, at, schema.LocatedIn}]; said || len(e.Mentions) == 0 {
		return
	}
	if m := e.Mentions[0]; strings.HasSuffix(e.Name, m.In(g.doc.Text)) {
		g.add(claim{key: key{i, at, schema.LocatedIn}, name: ruleName, trigger: m.Span, evidence: g.sentence(m.Span)})
	}
}

// courtesyReach is the bytes after the name of an organ in which words of
// courtesy are looked for, as far as the clause goes.
const courtesyReach = 60

func (g *reading) courteous(s schema.Span, words []string) bool {
	after := g.doc.Text[s.End:min(len(g.doc.Text), s.End+courtesyReach)]
	if i := strings.IndexAny(after, ",;，；。"); i >= 0 {
		after = after[:i]
	}
	return slices.ContainsFunc(words, func(w string) bool {
		before, _, ok := strings.Cut(after, w)
		return ok && !strings.Contains(before, "在") // 县环保局在县委领导下 is about the bureau
	})
}

// namedAfter says that what bears the name or the level of a division lies in
// it: 二道经济开发区 and 区中医院 in 二道区, 龙水镇小学 in 龙水镇.
func (g *reading) namedAfter() {
	names := g.names(g.subject)
	if d := g.divisions.ByCode(g.entities[g.subject].Code); d != nil {
		names = append(names, d.Short)
	}
	names = slices.DeleteFunc(names, func(n string) bool { return utf8.RuneCountInString(n) < 2 })
	for i, e := range g.entities {
		switch e.Class {
		case schema.Hospital, schema.School, schema.Zone, schema.Place, schema.Project, schema.Road, schema.Enterprise, schema.Organization:
			g.claimName("named-after", i, g.subject, names)
		case schema.Agency:
			if strings.HasPrefix(e.Name, "国家") { // 国家统计局|云岭|调查队
				g.claimName("named-after", i, g.subject, names)
			}
		}
		switch e.Class {
		case schema.Hospital, schema.School, schema.Zone, schema.Place, schema.Organization:
			if l := prefixOf(e.Name, g.own); l != "" && !g.unlevelled(e.Name) {
				g.claimName("level-name", i, g.subject, []string{l})
			}
		}
		g.namedAfterTown(i)
	}
}

// namedAfterTown says that what begins with the name of a township of the
// subject lies there, and so in the subject.
func (g *reading) namedAfterTown(i int) {
	e := &g.entities[i]
	switch e.Class {
	case schema.Hospital, schema.School, schema.Zone, schema.Place, schema.Project, schema.Organization, schema.Agency, schema.Enterprise:
	default:
		return
	}
	ds, end := g.divisions.Longest(e.Name, 0)
	subject := g.divisions.ByCode(g.entities[g.subject].Code)
	if subject == nil || end == len(e.Name) || e.Class == schema.Agency && governs(e.Name) {
		return
	}
	for _, d := range ds {
		if d.Level != lexicon.Township || !g.divisions.Within(d, subject) {
			continue
		}
		g.claimName("named-after", i, g.subject, []string{e.Name[:end]})
		if town, known := g.byCode[d.Code]; known {
			g.claimName("named-after", i, town, []string{e.Name[:end]})
		}
	}
}

// governs reports whether an agency is the government or party of a place, and
// not an office at it.
func governs(name string) bool {
	return strings.HasSuffix(name, "委") || strings.HasSuffix(name, "政府") || strings.HasSuffix(name, "人大")
}

// neighbours says that what directly follows the name of a zone, a place or a
// part of the district lies there: 东港商务区一方金融广场, 龙水镇五金城.
func (g *reading) neighbours() {
	for k := 0; k+1 < len(g.items); k++ {
		a, b := &g.items[k], &g.items[k+1]
		if a.End != b.Start || a.Entity == g.subject || !g.holds(a.Entity) || g.quoted(a.End) {
			continue
		}
		switch b.Class {
		case schema.Place, schema.Project, schema.Enterprise, schema.Organization, schema.School, schema.Hospital, schema.Zone:
			g.add(claim{key: key{b.Entity, a.Entity, schema.LocatedIn}, name: "named-within", trigger: a.Span,
				evidence: g.sentence(schema.Span{Start: a.Start, End: b.End})})
		}
	}
}

// titled says that what directly follows the name of an honour bears it:
// 国家4A级景区云台山.
func (g *reading) titled() {
	for k := range g.items {
		if b := g.bearer(k); b > 0 {
			g.add(claim{key: key{g.items[b].Entity, g.items[k].Entity, schema.Awarded}, name: "titled", trigger: g.items[k].Span,
				evidence: g.sentence(schema.Span{Start: g.items[k].Start, End: g.items[b].End})})
		}
	}
}

// tabled says that the subject bears the honours of a table of years and
// honours: a line that begins with a year and an honour, of which nothing else
// is said.
func (g *reading) tabled() {
	said := make([]bool, len(g.entities))
	for _, c := range g.found {
		if c.object >= 0 {
			said[c.object] = said[c.object] || c.predicate == schema.Awarded
		}
	}
	for _, it := range g.items {
		if it.Class != schema.Honor || said[it.Entity] {
			continue
		}
		line := strings.LastIndexByte(g.doc.Text[:it.Start], '\n') + 1
		if year := strings.Trim(g.doc.Text[line:it.Start], " \t　|年“\""); len(year) == len("2008") && strings.Trim(year, "0123456789") == "" {
			g.add(claim{key: key{g.seat, it.Entity, schema.Awarded}, name: "tabled", trigger: it.Span, evidence: schema.Span{Start: line, End: it.End}})
		}
	}
}

// bearer returns the index of the item that directly follows item k, an
// honour, and bears it, or 0.
func (g *reading) bearer(k int) int {
	if g.items[k].Class != schema.Honor || k+1 == len(g.items) ||
		strings.Trim(g.doc.Text[g.items[k].End:g.items[k+1].Start], "“”") != "" {
		return 0
	}
	switch g.items[k+1].Class {
	case schema.Place, schema.Zone, schema.Enterprise, schema.School, schema.Hospital, schema.Person, schema.Division:
		return k + 1
	}
	return 0
}

// quoted reports whether quotation marks part the names that meet at byte b:
// “锦八里”“和顺里”.
func (g *reading) quoted(b int) bool {
	return strings.HasSuffix(g.doc.Text[:b], "”") || strings.HasPrefix(g.doc.Text[b:], "“")
}

// holds reports whether entity i can be the address of another: a zone, a
// place or a township.
func (g *reading) holds(i int) bool {
	e := &g.entities[i]
	return e.Class == schema.Zone || e.Class == schema.Place || e.Class == schema.Division && len(e.Code) > len("220102")
}

// claimName says that entity i lies in the division at because a mention of
// it holds one of the words.
func (g *reading) claimName(ruleName string, i, at int, words []string) {
	for _, m := range g.entities[i].Mentions {
		for _, w := range words {
			b := strings.Index(m.In(g.doc.Text), w)
			if b < 0 {
				continue
			}
			trigger := schema.Span{Start: m.Start + b, End: m.Start + b + len(w)}
			g.add(claim{key: key{i, at, schema.LocatedIn}, name: ruleName, trigger: trigger, evidence: g.sentence(m.Span)})
			return
		}
	}
}

// parts says that 天开园核心区 is part of 天开园 and 星河分公司 a branch of 星河,
// where both are named.
func (g *reading) parts() {
	byName := map[string]int{}
	for i := range g.entities {
		for _, n := range g.names(i) {
			if _, taken := byName[n]; !taken {
				byName[n] = i
			}
		}
	}
	for i, e := range g.entities {
		switch e.Class {
		case schema.Zone, schema.Place, schema.Project:
			g.part("part-name", i, schema.PartOf, g.words.parts, byName)
		case schema.Enterprise, schema.Organization:
			g.part("branch-name", i, schema.SubsidiaryOf, g.words.branches, byName)
		}
	}
}

// part relates entity i to the one that is named like it without one of the endings.
func (g *reading) part(ruleName string, i int, p schema.Predicate, endings []string, byName map[string]int) {
	for _, n := range g.names(i) {
		for _, ending := range endings {
			whole, ok := strings.CutSuffix(n, ending)
			if !ok {
				continue
			}
			at, known := byName[whole]
			if !known || at == g.subject {
				continue
			}
			for _, m := range g.entities[i].Mentions {
				if b := strings.LastIndex(m.In(g.doc.Text), ending); b >= 0 {
					trigger := schema.Span{Start: m.Start + b, End: m.Start + b + len(ending)}
					g.add(claim{key: key{i, at, p}, name: ruleName, trigger: trigger, evidence: g.sentence(m.Span)})
					return
				}
			}
		}
	}
}

// hierarchy says of each division which one it is part of: the lowest of those
// above it that the document has. Apart from the subject's own it only relates
// divisions that the text names, and to the subject or to what holds it.
func (g *reading) hierarchy() {
	ds := g.divisions
	subject := ds.ByCode(g.entities[g.subject].Code)
	for i, e := range g.entities {
		d := ds.ByCode(e.Code)
		if e.Class != schema.Division || d == nil || len(e.Mentions) == 0 {
			continue
		}
		for up := ds.Parent(d); up != nil; up = ds.Parent(up) {
			if at, known := g.byCode[up.Code]; known && (i == g.subject || g.named(i) && (at == g.subject || g.named(at) && ds.Within(subject, up))) {
				m := e.Mentions[0].Span
				g.add(claim{key: key{i, at, schema.PartOf}, name: "gazetteer", trigger: m, evidence: g.sentence(m)})
				break
			}
		}
	}
}

// named reports whether the text prints a name of entity i, or its begin: 龙水 in
// 龙水、石马等镇.
func (g *reading) named(i int) bool {
	return slices.ContainsFunc(g.entities[i].Mentions, func(m schema.Mention) bool {
		printed := m.In(g.doc.Text)
		return strings.Contains(printed, m.Name) || strings.HasPrefix(m.Name, printed) && utf8.RuneCountInString(printed) > 1
	})
}
