// Package resolve groups the mentions of a document into entities: one for
// each thing, whatever the text calls it. In go mentions in any order; out
// come entities with ids e1, e2, … in order of first mention, each with its
// fullest name, its other names and all its mentions.
//
// Three kinds of names have a form that stands for all others: divisions
// (their GB/T 2260 code), organs of divisions (区政府 and 南关区人民政府 are
// the same of one district) and what the lexicon knows in full. Other names
// are one thing where they differ only by quotation marks, by a generic end
// (项目), by the division in front or as an abbreviation does, and where that
// is not ambiguous. A masked name (XX公司) is only ever merged with itself.
package resolve

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/schema"
)

// A Resolver resolves the mentions of documents. It holds nothing of a
// document, so goroutines share it.
type Resolver struct {
	lex    *lexicon.Lexicon
	organs organTable

	tails, heads map[schema.Class][]string // what names are printed with or without
	nationwide   []string
	masks        []string
	levels       []string
	glosses      []string
}

// New returns a Resolver that reads its tables from the root of the seeds.
func New(seeds fs.FS, lex *lexicon.Lexicon, rules *rule.Set) (*Resolver, error) {
	organs, err := loadOrgans(seeds, "rules/organs.tsv")
	if err != nil {
		return nil, fmt.Errorf("load organs: %w", err)
	}
	r := &Resolver{
		lex: lex, organs: organs,
		tails: map[schema.Class][]string{}, heads: map[schema.Class][]string{},
		nationwide: rules.Words("nationwide"), masks: rules.Words("masks"), levels: rules.Words("levels"), glosses: rules.Words("glosses"),
	}
	for _, c := range schema.Classes() {
		r.tails[c.Class] = rules.Words("tail-" + string(c.Class))
		r.heads[c.Class] = rules.Words("head-" + string(c.Class))
	}
	return r, nil
}

// A group is mentions of what may turn out to be a larger group.
type group struct {
	key      string // by which equal mentions meet
	class    schema.Class
	name     string   // the form that stands for all; "" where the fullest printed one does
	names    []string // as printed, in order of first mention
	mentions []schema.Mention
	code     string // of a division
	within   string // of an organ: the code of its division
	votes    []vote
}

// A vote counts the mentions of a class.
type vote struct {
	class schema.Class
	count int
}

// A resolution is the state of resolving one document.
type resolution struct {
	*Resolver
	doc     *schema.Doc
	subject *lexicon.Division // nil where unknown
	groups  []*group
	byKey   map[string]int
	seen    map[spelling]int // the group of each way to print a name
	root    []int            // union-find over groups
	shorts  []string
}

// A spelling is what the group of a mention depends on.
type spelling struct {
	class      schema.Class
	name, code string
}

// Resolve returns the entities of the document and the id of the one that it
// is about, which exists even where the text only implies it.
func (r *Resolver) Resolve(doc *schema.Doc, mentions []schema.Mention) ([]schema.Entity, string) {
	s := &resolution{Resolver: r, doc: doc, byKey: map[string]int{}, seen: map[spelling]int{}, subject: r.lex.Divisions.ByCode(doc.Identity.Code)}
	s.shorts = s.divisionNames()
	ordered, order := mentions, func(a, b schema.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	}
	if !slices.IsSortedFunc(mentions, order) { // they are, as the recogniser gives them
		ordered = slices.Clone(mentions)
		slices.SortStableFunc(ordered, order)
	}
	subject := s.addSubject()
	for _, m := range ordered {
		s.add(m)
	}
	s.settleSubject(subject)
	s.addParent(subject)
	for _, g := range s.groups {
		g.elect()
	}
	s.root = make([]int, len(s.groups))
	for i := range s.root {
		s.root[i] = i
	}
	s.merge()
	return s.entities(subject)
}

// divisionNames returns the names of the subject and of what it lies in, the
// longest first: 长春市南关区, 南关区, 南关, 长春市, ….
func (s *resolution) divisionNames() []string {
	if s.subject == nil {
		return nil
	}
	var out []string
	prefix := ""
	for _, d := range s.lex.Divisions.Path(s.subject) {
		out = append(out, d.Name, prefix+d.Name)
		if d.Short != "" {
			out = append(out, d.Short)
		}
		prefix += d.Name
		if d.Level == lexicon.Province {
			prefix = "" // 吉林省长春市南关区 is rare, 长春市南关区 is not
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	return slices.Compact(out)
}

// add enters a mention into the group of its key.
func (s *resolution) add(m schema.Mention) {
	if m.Name == "" || m.Start >= m.End {
		return
	}
	as := spelling{m.Class, m.Name, m.Code}
	i, known := s.seen[as]
	if !known {
		i = s.group(s.identify(m))
		s.seen[as] = i
		if g := s.groups[i]; !slices.Contains(g.names, m.Name) {
			g.names = append(g.names, m.Name)
		}
	}
	g := s.groups[i]
	g.mentions = append(g.mentions, m)
	for i := range g.votes {
		if g.votes[i].class == m.Class {
			g.votes[i].count++
			return
		}
	}
	g.votes = append(g.votes, vote{m.Class, 1})
}

// group returns the index of the group with the key of proto, made like it if
// there is none.
func (s *resolution) group(proto group) int {
	i, known := s.byKey[proto.key]
	if !known {
		i = len(s.groups)
		s.byKey[proto.key] = i
		s.groups = append(s.groups, &proto)
	}
	return i
}

// identify returns an empty group with the key by which mentions of the same
// thing meet, and what the key tells of it.
func (s *resolution) identify(m schema.Mention) group {
	switch m.Class {
	case schema.Division:
		return s.division(m)
	case schema.Agency:
		if g, ok := s.organ(m.Name); ok {
			return g
		}
	}
	name := normal(m.Name)
	if full := s.full(m); full != "" && !s.masked(m.Name) {
		return group{key: "name " + normal(full), name: full}
	}
	return group{key: "name " + name}
}

// full returns the full name of what the lexicon knows by m's name, "" where
// that is no other.
func (s *resolution) full(m schema.Mention) string {
	for _, e := range s.lex.Lookup(m.Name) {
		if e.Class == m.Class && e.Full != m.Name {
			return e.Full
		}
	}
	return ""
}

// elect gives the group the class of most of its mentions, of equals that of
// the first.
func (g *group) elect() {
	if g.class != "" {
		return
	}
	best := vote{}
	for _, v := range g.votes {
		if v.count > best.count {
			best = v
		}
	}
	g.class = best.class
}

// masked reports whether a name hides a part of itself.
func (r *Resolver) masked(name string) bool {
	return slices.ContainsFunc(r.masks, func(m string) bool { return strings.Contains(name, m) })
}

// entities makes an entity of each root.
func (s *resolution) entities(subject int) ([]schema.Entity, string) {
	members := make([][]*group, len(s.groups))
	for i, g := range s.groups {
		root := s.find(i)
		members[root] = append(members[root], g)
	}
	type ranked struct {
		entity schema.Entity
		order  int
	}
	var list []ranked
	for i, gs := range members {
		if len(gs) > 0 {
			list = append(list, ranked{s.entity(gs), i})
		}
	}
	slices.SortFunc(list, func(a, b ranked) int {
		x, y := a.entity.Mentions[0], b.entity.Mentions[0]
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End), cmp.Compare(a.order, b.order))
	})
	out, id := make([]schema.Entity, len(list)), ""
	for i, x := range list {
		out[i] = x.entity
		out[i].ID = fmt.Sprintf("e%d", i+1)
		if x.order == s.find(subject) {
			id = out[i].ID
		}
	}
	return out, id
}

// entity makes one of groups that are the same thing.
func (s *resolution) entity(gs []*group) schema.Entity {
	e := schema.Entity{Class: gs[0].class}
	var names []string
	given := ""
	for _, g := range gs {
		e.Mentions = append(e.Mentions, g.mentions...)
		names = append(names, g.names...)
		if e.Code == "" {
			e.Code = g.code
		}
		if given == "" {
			given = g.name
		}
	}
	slices.SortStableFunc(e.Mentions, func(a, b schema.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	e.Mentions = slices.CompactFunc(e.Mentions, func(a, b schema.Mention) bool { return a.Span == b.Span && a.Name == b.Name })
	e.Class = longest(gs).class
	e.Name = cmp.Or(given, fullest(names))
	seen := map[string]bool{e.Name: true}
	for _, m := range e.Mentions {
		if !seen[m.Name] && m.Rule != ruleParent && m.Rule != ruleImplied && !(e.Class == schema.Division && s.ownWord(m.Name)) {
			seen[m.Name] = true
			e.Aliases = append(e.Aliases, m.Name)
		}
		if printed := m.In(s.doc.Text); sharesHead(e.Class) && printed != m.Name && strings.HasPrefix(m.Name, printed) && !seen[printed] {
			seen[printed] = true
			e.Aliases = append(e.Aliases, printed)
		}
	}
	e.Scope = s.scope(&e, gs)
	return e
}

// sharesHead reports whether things of a class are called by their names alone where a list
// says once what they are: 桃花故里 in 古镇、桃花故里等景区. Works are not: the road of 凤城路、
// 向阳路改造 is another thing, and townships have shorter names of their own.
func sharesHead(c schema.Class) bool {
	return c == schema.Place || c == schema.Zone || c == schema.School || c == schema.Hospital || c == schema.Road
}

// longest returns the group whose longest name is the longest of all: its
// class is the best known.
func longest(gs []*group) *group {
	best := gs[0]
	for _, g := range gs[1:] {
		if utf8.RuneCountInString(fullest(g.names)) > utf8.RuneCountInString(fullest(best.names)) {
			best = g
		}
	}
	return best
}

// fullest returns the longest name, of equals the first.
func fullest(names []string) string {
	best := ""
	for _, n := range names {
		if utf8.RuneCountInString(n) > utf8.RuneCountInString(best) {
			best = n
		}
	}
	return best
}

// scope returns the code within which the entity's name is unique: the city of
// the subject; "" for what the lexicon knows, for legal names of companies and
// for what calls itself nationwide. Where the place is unknown it is unique
// within its document.
func (s *resolution) scope(e *schema.Entity, gs []*group) string {
	begins := func(p string) bool { return strings.HasPrefix(e.Name, p) }
	switch {
	case e.Class == schema.Division && e.Code != "":
		return ""
	case e.Class == schema.Division && len(s.lex.Divisions.Named(e.Name)) > 0:
		return s.local() // one of namesakes, nobody knows which
	case gs[0].within != "":
		return gs[0].within[:min(4, len(gs[0].within))]
	case len(s.lex.Lookup(e.Name)) > 0 && !s.masked(e.Name):
		return ""
	case e.Class == schema.Enterprise && strings.HasSuffix(e.Name, "公司") && utf8.RuneCountInString(e.Name) >= legalName && !s.masked(e.Name):
		return ""
	case (e.Class == schema.Honor || e.Class == schema.Program || e.Class == schema.Event) && slices.ContainsFunc(s.nationwide, begins):
		return ""
	case s.subject != nil:
		return s.subject.Code[:4]
	default:
		return s.local()
	}
}

// local is the scope of what is only known within its document.
func (s *resolution) local() string { return s.doc.SHA256[:min(12, len(s.doc.SHA256))] }

// legalName is the characters from which on a company's name is taken for its
// registered one, which is unique in the country.
const legalName = 9
