// Package relation finds what a document says of two of its entities. In go
// the resolved entities with their mentions, out come relations, each with the
// words that say it and the sentence or clauses that they stand in.
//
// Most of it is written in seeds/rules (see [rule]). What follows from names and
// not from triggers is here: an organ lies in the division whose name or level
// it bears, a part is named after its whole, divisions form a hierarchy; and so
// is what an earlier sentence names and a later one only calls 园区 or 公司. A relation must be admitted by the ontology, and one
// between the same two entities is said once, with its best evidence.
package relation

import (
	"cmp"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/schema"
)

// A Relater relates entities by rules. It holds nothing of a document, so
// goroutines share it.
type Relater struct {
	rules     *rule.Set
	divisions *lexicon.Divisions
	words     words
	again     *again
	ranks     map[schema.Predicate]int // the places of the predicates in the ontology
	symmetric map[schema.Predicate]bool
}

// words are lists of seeds/rules that name-giving relations use.
type words struct {
	levels     []string // 区, 县: begin the short name of an organ
	unlevels   []string // 市场: begin like them and are none
	parts      []string // 核心区, 二期: end the name of a part
	branches   []string // 分公司, 总部: end the name of a branch
	away       []string // 前往: tell of a place elsewhere
	partner    []string // 合作: tell of schools of elsewhere
	own        []string // 支持: stand before companies of the district
	dealing    []string // 签约: tell of companies of elsewhere that the district deals with
	regions    []string // 长三角: larger than any district
	grassroots []string // 派出所: end the names of organs of the lowest rank
	renewal    []string // 技改: begin what a company does to what it has
	works      []string // 改造: end the names of what is built
	grounds    []string // 景区: end the names of places that hold others
	onward     []string // 至: tell of what leads away
	formula    []string // 八项规定: in the names of programmes that every district has
	party      []string // 党的: begin them
	plans      []string // 十四五: are them
	everywhere []string // 顺丰: firms that every district names and few have
	halls      []string // 批发市场: end the names of places that bear the name of their city
	officers   []string // 局长: head bodies
	lines      []string // 铁路: end the names of roads that pass through many districts
	bills      []string // 条例: end the names of what is no programme of a district's
	above      []string // 国家: tell of the programmes of those above
	courtesy   []string // 坚强领导: a sentence that names organs only out of courtesy
}

// New returns a Relater.
func New(rules *rule.Set, divisions *lexicon.Divisions) *Relater {
	r := &Relater{rules: rules, divisions: divisions, again: newAgain(rules), words: words{
		levels: rules.Words("levels"), unlevels: rules.Words("unlevels"), parts: rules.Words("parts"),
		branches: rules.Words("branches"), courtesy: rules.Words("courtesy"), away: rules.Words("away"), regions: rules.Words("regions"),
		dealing: rules.Words("dealing"), partner: rules.Words("partner"), own: rules.Words("own"), works: rules.Words("works"), renewal: rules.Words("renewal"), grassroots: rules.Words("grassroots"),
		grounds: rules.Words("grounds"), onward: rules.Words("onward"), formula: rules.Words("formula"), party: rules.Words("party"),
		plans: rules.Words("plans"), above: rules.Words("above"), lines: rules.Words("lines"), officers: rules.Words("officer"), halls: rules.Words("halls"), everywhere: rules.Words("everywhere"), bills: rules.Words("bills"),
	}, ranks: map[schema.Predicate]int{}, symmetric: map[schema.Predicate]bool{}}
	for i, p := range schema.Predicates() {
		r.ranks[p.Predicate], r.symmetric[p.Predicate] = i, p.Symmetric
	}
	return r
}

// Relate returns the relations of the document in order of subject, predicate
// and object. The entities' ids are e1, e2, … in the order of the slice;
// subject is the id of the one that the document is about.
func (r *Relater) Relate(doc *schema.Doc, entities []schema.Entity, subject string) []schema.Relation {
	g := newReading(r, doc, entities, subject)
	if g.subject < 0 {
		return nil
	}
	g.place()
	g.settle()
	m := r.rules.Matcher()
	if doc.Traced() {
		m.Refused = func(r *rule.Rule, trigger schema.Span, why string) {
			doc.Decide("relation", r.Name, trigger, false, why)
		}
	}
	g.match(m)
	g.organs()
	g.namedAfter()
	g.owners()
	g.neighbours()
	g.namedWithin()
	g.carriers()
	g.villages()
	g.heads()
	g.departments()
	g.deputies()
	g.titled()
	g.tabled()
	g.parts()
	g.hierarchy()
	g.townships()
	g.claimed()
	g.undertaken()
	g.carriedOut()
	return g.relations()
}

// A reading is the state of relating one document.
type reading struct {
	*Relater
	doc      *schema.Doc
	entities []schema.Entity
	subject  int            // index of the entity that the document is about
	seat     int            // index of the zone that its title begins with, or else subject
	around   int            // index of where roads and zones lie: the seat, or the subject of a feature on a zone
	items    []rule.Item    // of the whole document, in order, without overlap
	organ    []bool         // by entity: an organ of the subject
	foreign  []bool         // by entity: its name places it elsewhere
	own      []string       // the level words that mean the subject
	byCode   map[string]int // the entities that are divisions with a code

	found []claim
	index map[key]int // of found
}

// A key tells claims apart.
type key struct {
	subject, object int // indices of entities; document stands for the document
	predicate       schema.Predicate
}

// document stands for the document among indices of entities.
const document = -2

// A claim is a relation that was found, with what it is weighed by.
type claim struct {
	key
	rule     *rule.Rule // nil for what follows from names
	name     string     // of the rule
	trigger  schema.Span
	evidence schema.Span
	ends     int // how many of subject and object the evidence prints
	gap      int // bytes between the trigger and the nearer end
}

func newReading(r *Relater, doc *schema.Doc, entities []schema.Entity, subject string) *reading {
	g := &reading{Relater: r, doc: doc, entities: entities, index: map[key]int{}, byCode: map[string]int{},
		organ: make([]bool, len(entities)), foreign: make([]bool, len(entities))}
	g.subject = slices.IndexFunc(entities, func(e schema.Entity) bool { return e.ID == subject })
	mentions := 0
	for i := range entities {
		mentions += len(entities[i].Mentions)
	}
	g.items = make([]rule.Item, 0, mentions)
	for i, e := range entities {
		if e.Class == schema.Division && e.Code != "" {
			g.byCode[e.Code] = i
		}
		for _, m := range e.Mentions {
			g.items = append(g.items, rule.Item{Span: m.Span, Class: e.Class, Name: m.Name, Entity: i})
		}
	}
	slices.SortFunc(g.items, func(a, b rule.Item) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Entity, b.Entity))
	})
	end := 0
	g.items = slices.DeleteFunc(g.items, func(it rule.Item) bool { // the longer of two that overlap stands
		if it.Start < end {
			return true
		}
		end = it.End
		return false
	})
	return g
}

// match applies the rules to every sentence in which something is named.
func (g *reading) match(m *rule.Matcher) {
	items := g.recalled()
	for i := 0; i < len(g.doc.Sentences); i++ {
		s := g.doc.Sentences[i]
		for i+1 < len(g.doc.Sentences) && g.goesOn(s, g.doc.Sentences[i+1]) {
			i++
			s.End = g.doc.Sentences[i].End
		}
		for len(items) > 0 && items[0].Start < s.Start {
			items = items[1:]
		}
		n := 0
		for n < len(items) && items[n].End <= s.End {
			n++
		}
		if n > 0 {
			sent := &rule.Sentence{Text: g.doc.Text, Span: s, Items: items[:n], Kind: g.doc.Identity.Kind}
			m.Match(sent, func(x rule.Match) { g.take(sent, x) })
			items = items[n:]
		}
	}
}

// longestPeriod bounds, in bytes, what is read as one sentence.
const longestPeriod = 4 << 10

// goesOn reports whether next continues the sentence s after a semicolon, so
// that it speaks of the same place and topic.
func (g *reading) goesOn(s, next schema.Span) bool {
	text := s.In(g.doc.Text)
	return next.Start-s.End <= 1 && next.End-s.Start <= longestPeriod &&
		(strings.HasSuffix(text, "；") || strings.HasSuffix(text, ";"))
}

// take enters what a rule found.
func (g *reading) take(sent *rule.Sentence, x rule.Match) {
	k := key{g.end(sent, x.Subject), g.end(sent, x.Object), x.Rule.Predicate}
	if k.predicate == schema.LocatedIn && x.Object == rule.Doc {
		k.object = g.where(k.subject)
	}
	if k.predicate == schema.LocatedIn && x.Object == rule.Doc && g.foreign[k.subject] {
		g.doc.Decide("relation", x.Rule.Name, x.Trigger, false, g.entities[k.subject].Name+" is named after another place")
		return
	}
	if x.Subject == rule.Doc && k.predicate == schema.CooperatesWith {
		k.subject = g.partner(sent, x)
	}
	if k.predicate == schema.Awarded && x.Object >= 0 && g.borne(sent.Items[x.Object]) {
		g.doc.Decide("relation", x.Rule.Name, x.Trigger, false, "the honour stands before the name of what bears it")
		return
	}
	if k.predicate == schema.Awarded && x.Subject >= 0 && g.confers(sent.Items[x.Subject]) {
		g.doc.Decide("relation", x.Rule.Name, x.Trigger, false, g.entities[k.subject].Name+" gives the honour")
		return
	}
	g.add(claim{key: k, rule: x.Rule, name: x.Rule.Name, trigger: x.Trigger, evidence: widen(x.Evidence, sent.Span), gap: gap(sent, &x)})
}

// confers reports whether it is by whom the honour is given: 被云川果品协会命名为.
func (g *reading) confers(it rule.Item) bool {
	return slices.ContainsFunc([]string{"被", "由", "经"}, func(w string) bool { return strings.HasSuffix(g.doc.Text[:it.Start], w) })
}

// borne reports whether the honour it stands before the name of what bears it.
func (g *reading) borne(it rule.Item) bool {
	k, _ := slices.BinarySearchFunc(g.items, it.Start, func(o rule.Item, b int) int { return o.Start - b })
	return g.bearer(k) > 0
}

// gap returns the bytes between the trigger of a match and its nearer end.
func gap(sent *rule.Sentence, x *rule.Match) int {
	least := sent.Span.Len()
	for _, i := range []int{x.Subject, x.Object} {
		if i >= 0 {
			it := sent.Items[i].Span
			least = min(least, max(it.Start-x.Trigger.End, x.Trigger.Start-it.End, 0))
		}
	}
	return least
}

// end returns the entity that an end of a match stands for.
func (g *reading) end(sent *rule.Sentence, i int) int {
	switch i {
	case rule.Doc:
		return g.seat
	case rule.Document:
		return document
	default:
		return sent.Items[i].Entity
	}
}

// longestQuote is the bytes up to which a whole sentence is quoted as
// evidence; of a longer one only the clauses.
const longestQuote = 450

func widen(clauses, sentence schema.Span) schema.Span {
	if sentence.Len() <= longestQuote {
		return sentence
	}
	return clauses
}

// add enters a claim if the ontology admits it and nothing better says it.
func (g *reading) add(c claim) {
	if c.subject == c.object || c.subject < 0 {
		return
	}
	if g.symmetric[c.predicate] && c.subject > c.object {
		c.subject, c.object = c.object, c.subject
	}
	i, known := g.index[c.key]
	switch {
	case known && (g.found[i].rule == nil || c.rule != nil && g.found[i].rule.Before(c.rule)):
		return // most claims are said again by a weaker rule
	case !known && !schema.Admits(c.predicate, g.entities[c.subject].Class, g.class(c.object)):
		return
	}
	c.ends = g.printed(c.subject, c.evidence) + g.printed(c.object, c.evidence)
	if !known {
		g.index[c.key] = len(g.found)
		g.found = append(g.found, c)
	} else if c.better(&g.found[i]) {
		g.found[i] = c
	}
}

// better reports whether c is better evidence than o for the same relation.
func (c *claim) better(o *claim) bool {
	if c.rule == nil || o.rule == nil {
		return o.rule != nil // what a name says needs no context
	}
	if c.rule != o.rule {
		return c.rule.Before(o.rule)
	}
	return cmp.Or(cmp.Compare(c.ends, o.ends), cmp.Compare(o.gap, c.gap), cmp.Compare(c.trigger.Len(), o.trigger.Len())) > 0
}

func (g *reading) class(i int) schema.Class {
	if i == document {
		return schema.DocumentClass
	}
	return g.entities[i].Class
}

// printed returns 1 if the evidence prints entity i.
func (g *reading) printed(i int, evidence schema.Span) int {
	if i == document {
		return 1
	}
	ms := g.entities[i].Mentions
	at, _ := slices.BinarySearchFunc(ms, evidence.Start, func(m schema.Mention, b int) int { return m.Start - b })
	if at < len(ms) && ms[at].End <= evidence.End {
		return 1
	}
	return 0
}

// relations returns what was found, without what yields to a stronger claim.
func (g *reading) relations() []schema.Relation {
	g.yield()
	slices.SortFunc(g.found, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(g.ranks[a.predicate], g.ranks[b.predicate]), cmp.Compare(a.object, b.object))
	})
	out := make([]schema.Relation, 0, len(g.found))
	for _, c := range g.found {
		g.doc.Decide("relation", c.name, c.trigger, true, string(c.predicate))
		out = append(out, schema.Relation{Subject: g.entities[c.subject].ID, Predicate: c.predicate, Object: g.id(c.object),
			Rule: c.name, Trigger: c.trigger, Evidence: c.evidence})
	}
	return out
}

// anyEntity stands for the other end in the keys of yield.
const anyEntity = -3

// yield removes the claims whose rule gives way to another claim.
func (g *reading) yield() {
	said := map[key]bool{}        // with the object left open
	first := map[key]*rule.Rule{} // the earliest rule, with one end left open; nil where a name says it
	for _, c := range g.found {
		said[key{c.subject, anyEntity, c.predicate}] = true
		if g.symmetric[c.predicate] {
			said[key{c.object, anyEntity, c.predicate}] = true
		}
		for _, k := range []key{{c.subject, anyEntity, c.predicate}, {anyEntity, c.object, c.predicate}} {
			if r, known := first[k]; c.says() && (!known || r != nil && (c.rule == nil || c.rule.Before(r))) {
				first[k] = c.rule
			}
		}
	}
	g.found = slices.DeleteFunc(g.found, func(c claim) bool {
		if c.rule == nil {
			return false
		}
		k := key{c.subject, anyEntity, c.predicate}
		if c.rule.Fallback == "object" {
			k = key{anyEntity, c.object, c.predicate}
		}
		yields := c.rule.Fallback != "" && first[k] != c.rule ||
			slices.ContainsFunc(c.rule.Unless, func(p schema.Predicate) bool { return said[key{c.subject, anyEntity, p}] })
		if yields {
			g.doc.Decide("relation", c.name, c.trigger, false, "yields to what another rule says of "+g.entities[c.subject].Name)
		}
		return yields
	})
}

// says reports whether weaker rules yield to c: what a name says of who builds
// something leaves open who else does.
func (c *claim) says() bool { return c.rule != nil || c.predicate == schema.Implements }

func (g *reading) id(i int) string {
	if i == document {
		return schema.DocumentID
	}
	return g.entities[i].ID
}

// sentence returns the sentence that holds s, or s where none does.
func (g *reading) sentence(s schema.Span) schema.Span {
	i := g.doc.SentenceAt(s.Start)
	if i < 0 || !g.doc.Sentences[i].Contains(s) || g.doc.Sentences[i].Len() > longestQuote {
		return s
	}
	return g.doc.Sentences[i]
}

// names returns all names of entity i, the canonical first.
func (g *reading) names(i int) []string {
	return append([]string{g.entities[i].Name}, g.entities[i].Aliases...)
}

// prefixOf returns the longest of the prefixes that name begins with and does
// not end with, or "".
func prefixOf(name string, prefixes []string) string {
	longest := ""
	for _, p := range prefixes {
		if len(p) > len(longest) && len(p) < len(name) && strings.HasPrefix(name, p) {
			longest = p
		}
	}
	return longest
}
