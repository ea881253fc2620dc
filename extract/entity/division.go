package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// A division is where a sentence has a name of the gazetteer.
type division struct {
	schema.Span
	chain int // where the unbroken chain of divisions that it ends begins: 长春市|南关区
	full  bool
	all   []*lexicon.Division // what it can be
}

// divisions finds the names of the gazetteer. Official names are taken
// anywhere, short ones where the words of the text begin and end with them.
func (r *Recogniser) divisions(s *sentence) {
	done := s.Start
	for i := range s.words {
		w := &s.words[i]
		if w.has(mark) {
			continue
		}
		for at := max(w.Start, done); at < w.End; {
			if !s.may(at, laneDivision) {
				// no name begins so
			} else if all, end := r.lex.Divisions.Longest(s.text[:s.End], at); all != nil && s.divisionStands(schema.Span{Start: at, End: end}, all) {
				s.addDivision(schema.Span{Start: at, End: end}, all)
				at, done = end, end
				continue
			}
			if w.Tag != "x" && w.Len() < 3*len("区") {
				break // names begin with words, but for those that the segmenter does not know
			}
			at += lexicon.RuneLen(s.text[at])
		}
	}
	for i, d := range s.divs {
		rule := divisionRule
		switch {
		case d.full || s.placed(i):
		case s.tagAt(d.Start) != "ns":
			rule = "division-word" // a word of the language too: 资源, 大洼
		default:
			rule = "division-short"
		}
		n := len(s.found)
		s.propose(d.Span, schema.Division, rule)
		if code := onlyCode(d.all); n < len(s.found) {
			s.found[n].code = code
		}
	}
}

// placed reports whether a short name surely is that of a division: it follows what it
// lies in (江苏|宜兴), or is listed beside such a one, or beside another short name, of the same province.
func (s *sentence) placed(i int) bool {
	d := &s.divs[i]
	if d.chain < d.Start {
		return true
	}
	if d.all[0].Level == lexicon.Township || s.r.doubtful.Has(d.In(s.text)) {
		return false
	}
	short := s.tagAt(d.Start) == "ns"
	for j := i - 1; j >= 0 && s.besideNext(j); j-- {
		if other := &s.divs[j]; sameProvince(d.all, other.all) && (other.chain < other.Start || short && s.tagAt(other.Start) == "ns") {
			return true
		}
	}
	return short && s.besideNext(i) && sameProvince(d.all, s.divs[i+1].all) && s.tagAt(s.divs[i+1].Start) == "ns"
}

// besideNext reports whether the division after the one numbered i is listed beside it.
func (s *sentence) besideNext(i int) bool {
	if i+1 >= len(s.divs) || s.divs[i].all[0].Level != s.divs[i+1].all[0].Level {
		return false
	}
	switch s.text[s.divs[i].End:max(s.divs[i].End, s.divs[i+1].Start)] {
	case "、", "和", "及", "与":
		return true
	}
	return false
}

// sameProvince reports whether a county of a and one of b can be of one province.
func sameProvince(a, b []*lexicon.Division) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Level == lexicon.County && y.Level == lexicon.County && x.Name != y.Name && x.Code[:2] == y.Code[:2] {
				return true
			}
		}
	}
	return false
}

// tagAt returns the tag of the word that begins at byte b.
func (s *sentence) tagAt(b int) string { return s.words[s.wordAt(b)].Tag }

// divisionStands reports whether the words around let span be a division.
func (s *sentence) divisionStands(span schema.Span, all []*lexicon.Division) bool {
	name := span.In(s.text)
	if s.r.notDivisions.Has(name) {
		return false
	}
	full := official(name, all)
	if s.countsInto(span) {
		return false
	}
	if full && runes(name) > 2 && all[0].Level != lexicon.Township {
		return true
	}
	if _, follows := s.divisionEnding(span.Start); full && follows {
		return true // 铜梁区|土桥镇
	}
	if all[0].Level == lexicon.Township && s.words[s.wordAt(span.Start)].Start != span.Start {
		return false
	}
	if !full && all[0].Abolished || !s.alignedLeft(span) {
		return false
	}
	if !s.alignedRight(span) {
		return full && all[0].Level == lexicon.Township && (s.tagAt(span.End-1) == "x" || s.villageFollows(span.End)) // 柳湾|镇东山|村, 平湖|镇上|林村
	}
	return !full || runes(name) > 2 || s.opensName(span.Start)
}

// countsInto reports whether the name is spelt by what counts and what is counted:
// 28|项|城市建设工程, 改造3|个|旧市场.
func (s *sentence) countsInto(span schema.Span) bool {
	i := s.wordAt(span.Start)
	if i == 0 || s.words[i].Start != span.Start || s.words[i-1].End != span.Start || !s.words[i-1].has(number) {
		return false
	}
	return s.words[i].has(counter) && s.words[i].End < span.End || s.r.flags.words[s.text[span.Start:span.Start+lexicon.RuneLen(s.text[span.Start])]].has(counter)
}

// maxVillage is how many characters the name of a village has at most.
const maxVillage = 5

// villageFollows reports whether the name of a village begins at byte b, by its last character.
func (s *sentence) villageFollows(b int) bool {
	for n := 1; n <= maxVillage && b < s.End; n++ {
		c, size := utf8.DecodeRuneInString(s.text[b:])
		if c == '村' {
			return n > 2
		}
		if !unicode.Is(unicode.Han, c) {
			return false
		}
		b += size
	}
	return false
}

// opensName reports whether no word that could be part of a name stands right
// before byte b: 富县 in 生态富县 is no county.
func (s *sentence) opensName(b int) bool {
	i := s.wordAt(b) - 1
	if i < 0 || s.words[i].End < b || s.words[i].has(mark|boundary|verbal|number) {
		return true
	}
	_, ok := s.divisionEnding(b)
	return ok
}

// official reports whether name is the official name of one of all.
func official(name string, all []*lexicon.Division) bool {
	for _, d := range all {
		if d.Name == name {
			return true
		}
	}
	return false
}

// addDivision notes a division; one that follows its parent at once narrows
// down which of its namesakes it is.
func (s *sentence) addDivision(span schema.Span, all []*lexicon.Division) {
	d := division{span, span.Start, official(span.In(s.text), all), all}
	if n := len(s.divs); n > 0 && s.divs[n-1].End == span.Start {
		if inside := within(s.r.lex.Divisions, all, s.divs[n-1].all); inside != nil {
			d.all, d.chain = inside, s.divs[n-1].chain
		}
	}
	s.divs = append(s.divs, d)
}

// within returns those of all that are part of one of parents.
func within(g *lexicon.Divisions, all, parents []*lexicon.Division) []*lexicon.Division {
	var inside []*lexicon.Division
	for _, d := range all {
		for _, p := range parents {
			if p.Level < d.Level && g.Within(d, p) {
				inside = append(inside, d)
				break
			}
		}
	}
	return inside
}

// onlyCode returns the code of the only present division of all, or of the only
// one at all; else "". A province stands before a city of its name.
func onlyCode(all []*lexicon.Division) string {
	switch {
	case len(all) == 0:
		return ""
	case len(all) == 1, all[1].Abolished, all[0].Level == lexicon.Province:
		return all[0].Code
	}
	return ""
}

// divisionEnding returns the division that ends at byte b.
func (s *sentence) divisionEnding(b int) (division, bool) {
	for _, d := range s.divs {
		if d.End == b {
			return d, true
		}
	}
	return division{}, false
}

// divisionOver returns the division that holds byte b.
func (s *sentence) divisionOver(b int) (division, bool) {
	for _, d := range s.divs {
		if d.Start <= b && b < d.End {
			return d, true
		}
	}
	return division{}, false
}

// settle decides what only the whole document can tell: a short name of a
// county counts where the document also says the official one, and of
// namesakes the one in the same city or province as the others is meant.
func (r *Recogniser) settle(doc *schema.Doc, kept []schema.Mention) []schema.Mention {
	g := r.lex.Divisions
	said := map[string]int{}
	for _, m := range kept {
		said[m.Name]++
	}
	votes, officialNames := r.vote(said)
	out := kept[:0]
	for _, m := range kept {
		if !r.stands(m, said[m.Name], officialNames, votes) {
			doc.Decide(stage, m.Rule, m.Span, false, "short name of a county that the document does not name in full")
			continue
		}
		if m.Class == schema.Division && m.Code == "" {
			m.Code = likeliest(g, g.Named(m.Name), votes)
		}
		out = append(out, m)
	}
	return out
}

// vote returns how often a document speaks of each city and province, by code,
// and the official names of divisions in it. It is told how often each name is
// said.
func (r *Recogniser) vote(said map[string]int) (votes map[string]int, officialNames map[string]bool) {
	g := r.lex.Divisions
	votes, officialNames = map[string]int{}, map[string]bool{}
	for name, times := range said {
		for _, official := range r.divisionsIn(name) {
			officialNames[official] = true
			if x := g.ByCode(onlyCode(g.Named(official))); x != nil {
				for _, up := range g.Path(x) {
					votes[up.Code] += times
				}
			}
		}
	}
	return votes, officialNames
}

// stands reports whether a mention is by no short name, or one that counts.
func (r *Recogniser) stands(c schema.Mention, said int, officialNames map[string]bool, votes map[string]int) bool {
	switch c.Rule {
	case "division-short":
		return said >= oftenSaid || r.shortStands(c.Name, officialNames, votes)
	case "division-word":
		return r.shortStands(c.Name, officialNames, nil)
	}
	return true
}

// oftenSaid is how often a document must say the short name of a county for it
// to count without the official one.
const oftenSaid = 4

// divisionsIn returns the official names of divisions that a name is or begins with.
func (r *Recogniser) divisionsIn(name string) []string {
	var names []string
	for at := 0; at < len(name); {
		all, end := r.lex.Divisions.Longest(name, at)
		if all == nil {
			if at > 0 || !strings.HasPrefix(name, "中共") {
				break
			}
			at = len("中共")
			continue
		}
		if official(name[at:end], all) {
			names = append(names, name[at:end])
		}
		at = end
	}
	return names
}

// shortStands reports whether a short name may stand for a division.
func (r *Recogniser) shortStands(name string, officialNames map[string]bool, votes map[string]int) bool {
	doubtful := r.doubtful.Has(name)
	for _, d := range r.lex.Divisions.Named(name) {
		if officialNames[d.Name] {
			return true
		}
		if d.Level <= lexicon.City && !d.Abolished && !doubtful {
			return true
		}
		if up := r.lex.Divisions.Parent(d); !doubtful && up != nil && d.Level == lexicon.County && up.Level == lexicon.City && votes[up.Code] > 0 {
			return true
		}
	}
	return false
}

// likeliest returns the code of the only one of all whose city, else whose
// province, the document speaks of.
func likeliest(g *lexicon.Divisions, all []*lexicon.Division, votes map[string]int) string {
	best, code := 0, ""
	for _, d := range all {
		score := 0
		if up := g.Parent(d); up != nil {
			score = votes[up.Code]
		}
		switch {
		case score > best:
			best, code = score, d.Code
		case score == best:
			code = ""
		}
	}
	return code
}
