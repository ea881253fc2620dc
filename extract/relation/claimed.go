package relation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/schema"
)

// claimed says that the sites, bodies and works of which a report speaks
// without a word that places them elsewhere lie in the subject: a district
// reports on its own. It comes after all that is said of them.
func (g *reading) claimed() {
	placed := g.placed()
	for i := range g.entities {
		e := &g.entities[i]
		elsewhere, ok := g.elsewhere(e)
		if e.Class == schema.Enterprise && !placed[i] && !g.foreign[i] {
			g.renewed(i)
		}
		if !ok || placed[i] || g.foreign[i] || (e.Class == schema.Enterprise || e.Class == schema.Road) && g.nested(i) {
			continue
		}
		for _, m := range e.Mentions {
			if e.Class == schema.Enterprise && !g.leads(m.Span) {
				continue
			}
			if trigger, evidence, ok := g.says(m.Span, elsewhere); ok {
				g.add(claim{key: key{i, g.where(i), schema.LocatedIn}, name: "claimed", trigger: trigger, evidence: evidence})
				break
			}
		}
	}
}

// nested reports whether entity i is only named in the names of others: the
// company of 星河二期 may as well have its seat elsewhere, and of 人民路改造 the works are told.
func (g *reading) nested(i int) bool {
	return !slices.ContainsFunc(g.entities[i].Mentions, func(m schema.Mention) bool {
		k, found := slices.BinarySearchFunc(g.items, m.Start, func(it rule.Item, b int) int { return it.Start - b })
		return found && g.items[k].Entity == i
	})
}

// renewed says that a company lies in the subject that only the works are named after by
// which it renews what it has: 星河药业|异地技改.
func (g *reading) renewed(i int) {
	for _, m := range g.entities[i].Mentions {
		k, _ := slices.BinarySearchFunc(g.items, m.Start+1, func(it rule.Item, b int) int { return it.Start - b })
		if k == 0 || g.items[k-1].Class != schema.Project || g.items[k-1].Start != m.Start || g.items[k-1].End <= m.End {
			continue
		}
		works := schema.Span{Start: m.End, End: g.items[k-1].End}
		at := g.doc.SentenceAt(m.Start)
		if at < 0 || !slices.ContainsFunc(g.words.renewal, func(w string) bool { return strings.HasPrefix(works.In(g.doc.Text), w) }) {
			continue
		}
		g.add(claim{key: key{i, g.where(i), schema.LocatedIn}, name: "renewed", trigger: works, evidence: g.clauses(g.items[k-1].Span, g.doc.Sentences[at])})
		return
	}
}

// elsewhere returns the words that forbid to claim things like e, and whether
// the district's own are the most of them at all. Schools and hospitals of
// elsewhere are named as partners, companies in many ways more; of organs only
// those of the lowest rank bear no name of whose they are.
func (g *reading) elsewhere(e *schema.Entity) (words []string, ok bool) {
	switch e.Class {
	case schema.Agency:
		return g.words.away, slices.ContainsFunc(g.words.grassroots, func(w string) bool { return strings.HasSuffix(e.Name, w) })
	case schema.Place, schema.Zone, schema.Project:
		return g.words.away, true
	case schema.Road:
		return g.words.away, !slices.ContainsFunc(g.words.lines, func(w string) bool { return strings.HasSuffix(e.Name, w) })
	case schema.School, schema.Hospital:
		return g.words.partner, true
	case schema.Enterprise:
		return g.words.dealing, true
	}
	return nil, false
}

// longestLead is the bytes before the first company of a clause that still
// begins with it: 民企, 其中.
const longestLead = 12

// leads reports whether its clause begins with the company s, or with a list
// of companies that it is in, or says before what the district does for them.
func (g *reading) leads(s schema.Span) bool {
	i := g.doc.SentenceAt(s.Start)
	if i < 0 || !g.doc.Sentences[i].Contains(s) {
		return false
	}
	clause := g.clauses(s, g.doc.Sentences[i])
	at, _ := slices.BinarySearchFunc(g.items, clause.Start, func(it rule.Item, b int) int { return it.Start - b })
	first := s.Start
	for k := at; k < len(g.items) && g.items[k].Start < s.Start; k++ {
		if g.items[k].Class != schema.Enterprise {
			return false
		}
		first = min(first, g.items[k].Start)
	}
	lead := g.doc.Text[clause.Start:first]
	return len(lead) <= longestLead || slices.ContainsFunc(g.words.own, func(w string) bool { return strings.HasSuffix(lead, w) })
}

// placed tells which entities are in no need of a claim: what came from
// elsewhere, what only works with somebody here, and what lies in another
// division.
func (g *reading) placed() []bool {
	out := make([]bool, len(g.entities))
	for _, c := range g.found {
		switch c.predicate {
		case schema.SettledIn:
			out[c.subject] = true
		case schema.CooperatesWith:
			out[c.subject], out[c.object] = true, true
		case schema.LocatedIn:
			if c.object == g.subject || c.object == g.seat || g.outside(c.object) {
				out[c.subject] = true
			}
		}
	}
	return out
}

// outside reports whether entity i is a division that does not lie in the subject.
func (g *reading) outside(i int) bool {
	e := &g.entities[i]
	subject := g.divisions.ByCode(g.entities[g.subject].Code)
	d := g.divisions.ByCode(e.Code)
	return e.Class == schema.Division && subject != nil && d != nil && !g.divisions.Within(d, subject)
}

// says returns the words that tell something of the mention s, the first outside
// all names behind it in its sentence or else the last before it, and the
// clauses from the one to the other. A sentence of names alone says nothing,
// nor does one with a word for elsewhere between them.
func (g *reading) says(s schema.Span, elsewhere []string) (words, evidence schema.Span, ok bool) {
	i := g.doc.SentenceAt(s.Start)
	if i < 0 || !g.doc.Sentences[i].Contains(s) {
		return words, evidence, false
	}
	sentence := g.doc.Sentences[i]
	at, _ := slices.BinarySearchFunc(g.items, s.Start, func(it rule.Item, b int) int { return it.Start - b })
	words, ok = g.behind(at, sentence.End)
	if !ok {
		words, ok = g.before(at, sentence.Start)
	}
	if !ok {
		return words, evidence, false
	}
	evidence = g.clauses(schema.Span{Start: min(s.Start, words.Start), End: max(s.End, words.End)}, sentence)
	away := func(w string) bool { return strings.Contains(evidence.In(g.doc.Text), w) }
	return words, widen(evidence, sentence), !slices.ContainsFunc(elsewhere, away)
}

// behind returns the first words between item at and end that are in no name.
func (g *reading) behind(at, end int) (schema.Span, bool) {
	for k := at; k < len(g.items) && g.items[k].End < end; k++ {
		gap := schema.Span{Start: g.items[k].End, End: end}
		if k+1 < len(g.items) {
			gap.End = min(end, g.items[k+1].Start)
		}
		if w, ok := g.telling(gap); ok {
			return w, true
		}
	}
	return schema.Span{}, false
}

// before returns the last words between start and item at that are in no name.
func (g *reading) before(at, start int) (schema.Span, bool) {
	for k := at; k >= 0 && k < len(g.items) && g.items[k].Start > start; k-- {
		gap := schema.Span{Start: start, End: g.items[k].Start}
		if k > 0 {
			gap.Start = max(start, g.items[k-1].End)
		}
		if w, ok := g.telling(gap); ok {
			return w, true
		}
	}
	return schema.Span{}, false
}

// leastWords is the Chinese characters of which words that tell something are
// more than a conjunction.
const leastWords = 2

// telling returns the first run of at least two Chinese characters in gap.
func (g *reading) telling(gap schema.Span) (schema.Span, bool) {
	from, n := -1, 0
	for i, r := range gap.In(g.doc.Text) {
		switch {
		case !unicode.Is(unicode.Han, r):
			if n >= leastWords {
				return schema.Span{Start: gap.Start + from, End: gap.Start + i}, true
			}
			from, n = -1, 0
		case from < 0:
			from, n = i, 1
		default:
			n++
		}
	}
	return schema.Span{Start: gap.Start + from, End: gap.End}, n >= leastWords
}

// clauses widens s to the marks that end clauses around it, within limits.
func (g *reading) clauses(s, limits schema.Span) schema.Span {
	text := g.doc.Text
	if i := strings.LastIndexFunc(text[limits.Start:s.Start], parts); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[limits.Start+i:])
		limits.Start += i + n
	}
	if i := strings.IndexFunc(text[s.End:limits.End], parts); i >= 0 {
		limits.End = s.End + i
	}
	return limits
}

// parts reports whether r parts clauses.
func parts(r rune) bool { return strings.ContainsRune(",;，；。：:！？\n", r) }
