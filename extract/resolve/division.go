package resolve

import (
	"slices"
	"strings"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// Rules of mentions that are made here.
const (
	ruleImplied = "implied-subject"  // the text implies the subject and names it nowhere
	ruleParent  = "gazetteer-parent" // the gazetteer knows what the subject is part of
)

// ownWords are what a text calls its own division by.
var ownWords = [...]string{"我", "本", "全"}

// addSubject makes the group of the division that the document is about and
// returns its index.
func (s *resolution) addSubject() int {
	id := s.doc.Identity
	name := id.Subject
	if name == "" {
		name = schema.Local
	}
	key := "division name " + name
	if s.subject != nil {
		key = "division " + s.subject.Code
	}
	return s.group(group{key: key, class: schema.Division, name: name, code: id.Code})
}

// settleSubject gives the subject a mention where the text only implies it:
// the evidence of its identity, or else the first word.
func (s *resolution) settleSubject(subject int) {
	g := s.groups[subject]
	if len(g.mentions) > 0 {
		return
	}
	at := s.doc.Identity.Evidence["subject"]
	if at.Len() == 0 {
		at = firstWord(s.doc)
	}
	g.mentions = []schema.Mention{{Span: at, Class: schema.Division, Name: g.name, Code: g.code, Rule: ruleImplied}}
}

// firstWord returns the first word that is no number: what stands within a
// mention is part of a name, and a number there would be no figure.
func firstWord(doc *schema.Doc) schema.Span {
	for b := range doc.Words {
		if c := doc.Words.Letter(b); doc.Words.Begins(b) && c != 'm' && c != 'x' {
			return schema.Span{Start: b, End: doc.Words.End(b)}
		}
	}
	if len(doc.Sentences) > 0 {
		return doc.Sentences[0]
	}
	return schema.Span{}
}

// addParent makes the division that a known subject is directly part of,
// standing on the subject's first mention where the text does not name it.
func (s *resolution) addParent(subject int) {
	if s.subject == nil {
		return
	}
	up := s.lex.Divisions.Parent(s.subject)
	if up == nil {
		return
	}
	g := s.groups[s.group(divisionGroup(up))]
	if len(g.mentions) == 0 {
		m := s.groups[subject].mentions[0]
		m.Name, m.Code, m.Rule = up.Name, up.Code, ruleParent
		g.mentions = []schema.Mention{m}
	}
}

func divisionGroup(d *lexicon.Division) group {
	return group{key: "division " + d.Code, class: schema.Division, name: d.Name, code: d.Code}
}

// division returns the group of a division: by its code, or by what its name
// means in a document about the subject.
func (s *resolution) division(m schema.Mention) group {
	if s.means(m.Name) {
		return *s.groups[0]
	}
	if d := s.lex.Divisions.ByCode(m.Code); d != nil {
		return divisionGroup(d)
	}
	name := m.Name
	if strings.HasSuffix(name, "街道办事处") {
		name = strings.TrimSuffix(name, "办事处")
	}
	if d := s.choose(s.lex.Divisions.Named(name)); d != nil {
		return divisionGroup(d)
	}
	if d := s.chain(name); d != nil {
		return divisionGroup(d)
	}
	return group{key: "division name " + normal(s.bare(name)), class: schema.Division}
}

// means reports whether a name is one of the subject: 我区, 长春市南关区, 南关.
func (s *resolution) means(name string) bool {
	if s.ownWord(name) || name == s.groups[0].name {
		return true
	}
	return s.subject != nil && (name == s.subject.Short || slices.Contains(s.subject.Former, name) ||
		shortens(name, s.subject.Name) || s.chain(name) == s.subject)
}

// shortens reports whether a name is the begin of an official one with the
// word for its level: 鄂温克旗 of 鄂温克族自治旗.
func shortens(name, official string) bool {
	level := lastRune(official)
	begin, ok := strings.CutSuffix(name, level)
	return ok && len(begin) >= leastBegin && strings.HasPrefix(official, begin)
}

// leastBegin is the bytes of a name before the word for its level that tell a
// division: two characters.
const leastBegin = 6

// ownWord reports whether a name only says that the place is the text's own: 我区.
func (r *Resolver) ownWord(name string) bool {
	return slices.ContainsFunc(ownWords[:], func(w string) bool {
		rest, ok := strings.CutPrefix(name, w)
		return ok && slices.Contains(r.levels, rest)
	})
}

// choose returns the one of namesakes that a document about the subject means:
// one above or below it, one of the same city or province, or the only one.
func (s *resolution) choose(ds []*lexicon.Division) *lexicon.Division {
	if s.subject != nil {
		for _, d := range ds {
			if s.lex.Divisions.Within(s.subject, d) || s.lex.Divisions.Within(d, s.subject) {
				return d
			}
		}
		for _, d := range ds { // a neighbour in the same city or province
			if d.Level != lexicon.Township && strings.HasPrefix(d.Code, s.subject.Code[:2]) {
				return d
			}
		}
	}
	return only(ds)
}

// only returns the one that stands above all its namesakes, or nil: to choose
// among equals in far places would be a guess. The present come before the
// abolished and the higher before the lower.
func only(ds []*lexicon.Division) *lexicon.Division {
	if len(ds) == 0 || ds[0].Level == lexicon.Township {
		return nil
	}
	if len(ds) > 1 && ds[1].Level == ds[0].Level && ds[1].Abolished == ds[0].Abolished {
		return nil
	}
	return ds[0]
}

// chain reads a name that is several in a row, each within the one before it
// (长春市南关区), and returns the last division; nil where the name is more or
// less than that.
func (s *resolution) chain(name string) *lexicon.Division {
	ds := s.lex.Divisions
	var last []*lexicon.Division
	for at := 0; at < len(name); {
		found, end := ds.Longest(name, at)
		if len(found) == 0 {
			return nil
		}
		if last != nil {
			found = slices.DeleteFunc(slices.Clone(found), func(d *lexicon.Division) bool {
				return !slices.ContainsFunc(last, func(up *lexicon.Division) bool { return up != d && ds.Within(d, up) })
			})
		}
		last, at = found, end
	}
	return s.choose(last)
}

// bare drops the names of the subject and of what it lies in from the front:
// 大庄镇曙光村 keeps both, for the town is no part of the name of the subject.
func (s *resolution) bare(name string) string {
	for _, p := range s.shorts {
		if rest, ok := strings.CutPrefix(name, p); ok && len(rest) >= 2*len("区") {
			return rest
		}
	}
	return name
}
