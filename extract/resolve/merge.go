package resolve

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// find returns the root of group i.
func (s *resolution) find(i int) int {
	for s.root[i] != i {
		s.root[i] = s.root[s.root[i]]
		i = s.root[i]
	}
	return i
}

// union makes two groups one thing; the earlier one is its root.
func (s *resolution) union(a, b int, why string) {
	x, y := s.find(a), s.find(b)
	if x == y {
		return
	}
	s.root[max(x, y)] = min(x, y)
	if s.doc.Traced() {
		m := s.groups[b].mentions[0]
		s.doc.Decide("resolve", why, m.Span, true, m.Name+" is "+s.groups[a].mentions[0].Name)
	}
}

// A form is a name of a group, ready to be compared.
type form struct {
	group int
	class schema.Class
	text  string // normal
}

// forms returns the normal forms of the group's names, and of what stands
// between quotation marks in them.
func (g *group) forms() []string {
	var out []string
	for _, n := range append([]string{g.name}, g.names...) {
		if n == "" {
			continue
		}
		out = append(out, normal(n))
		if core := quoted(n); core != "" {
			out = append(out, normal(core))
		}
	}
	return out
}

// merge unites groups whose names are forms of one name.
func (s *resolution) merge() {
	var forms []form
	byForm := map[form]bool{}
	index := map[schema.Class]map[string]int{}
	for i, g := range s.groups {
		if g.class == schema.Division || g.class == schema.Person || g.within != "" {
			continue
		}
		for _, n := range g.forms() {
			f := form{i, g.class, n}
			if !s.masked(n) && !byForm[f] {
				byForm[f] = true
				forms = append(forms, f)
				if index[f.class] == nil {
					index[f.class] = map[string]int{}
				}
				index[f.class][f.text] = i
			}
		}
	}
	s.mergeGlosses()
	s.mergeStems(forms)
	s.mergeSuffixes(forms, index)
	s.mergeAbbreviations(forms)
	s.mergeFirms(forms)
}

// mergeStems unites groups of a class that have a stem in common: what is left
// of a name without the division in front and without a generic end.
func (s *resolution) mergeStems(forms []form) {
	first := map[form]int{} // the group that has a stem, by class and text
	for _, f := range forms {
		s.stems(f, func(stem string) {
			k := form{0, f.class, stem}
			if i, known := first[k]; known {
				s.union(i, f.group, "same-stem")
			} else {
				first[k] = f.group
			}
		})
	}
}

// Characters that must be left of a name for a stem to tell things apart.
const (
	leastStem = 2
	leastHead = 4 // without a word in front, which says less than a division
)

// stems yields the stems of a name, itself among them.
func (s *resolution) stems(f form, yield func(string)) {
	s.ends(f, f.text, yield)
	for _, p := range s.shorts {
		if rest, ok := strings.CutPrefix(f.text, p); ok && utf8.RuneCountInString(rest) >= leastStem {
			s.ends(f, rest, yield)
		}
	}
	for _, h := range s.heads[f.class] {
		if rest, ok := strings.CutPrefix(f.text, h); ok && utf8.RuneCountInString(rest) >= leastHead {
			s.ends(f, rest, yield)
		}
	}
}

// ends yields text and what is left of it without a generic end.
func (s *resolution) ends(f form, text string, yield func(string)) {
	yield(text)
	for _, t := range s.tails[f.class] {
		if rest, ok := strings.CutSuffix(text, t); ok && utf8.RuneCountInString(rest) >= leastStem {
			yield(rest)
		}
	}
}

// quoted returns what stands between quotation marks in a name that has more
// than that: 一网统管 of “一网统管”平台; "" where there is none, and in the title of
// a paper about it.
func quoted(name string) string {
	front, rest, ok := strings.Cut(name, "“")
	core, last, closed := strings.Cut(rest, "”")
	if !ok || !closed || utf8.RuneCountInString(core) < 2 || front != "" && isPaper(last) {
		return ""
	}
	return core
}

// isPaper reports whether the end of a name tells that it is the title of a paper.
func isPaper(end string) bool {
	for _, kind := range [...]string{"方案", "意见", "规划", "办法", "通知", "纲要", "细则"} {
		if strings.HasSuffix(end, kind) {
			return true
		}
	}
	return false
}

// leastSuffix is the characters that the end of a longer name must have to be
// a short form of it.
const leastSuffix = 3

// mergeSuffixes unites a name with the one longer name that ends with it:
// 万象城 and 华润万象城.
func (s *resolution) mergeSuffixes(forms []form, index map[schema.Class]map[string]int) {
	longer := map[int][]int{} // by the group of the short form
	var order []int
	for _, f := range forms {
		switch f.class {
		case schema.Place, schema.Zone, schema.Hospital, schema.School, schema.Enterprise, schema.Organization, schema.Road, schema.Agency, schema.Event:
		default:
			continue
		}
		n := utf8.RuneCountInString(f.text)
		for at := range f.text {
			if n > leastSuffix && at > 0 && !(digit(f.text[at-1]) && digit(f.text[at])) {
				if i, ok := index[f.class][f.text[at:]]; ok && s.find(i) != s.find(f.group) {
					if len(longer[i]) == 0 {
						order = append(order, i)
					}
					longer[i] = append(longer[i], f.group)
				}
			}
			if at > 0 {
				n--
			}
			if n < leastSuffix {
				break
			}
		}
	}
	for _, i := range order {
		s.mergeOnly(i, longer[i], "end-of-name")
	}
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// mergeOnly unites group i with the others if they are all one thing.
func (s *resolution) mergeOnly(i int, others []int, why string) {
	for _, o := range others {
		if s.find(o) != s.find(others[0]) {
			return
		}
	}
	s.union(others[0], i, why)
}

// mergeAbbreviations unites 天开园 with 天开高教科创园: the same class, the same
// first two characters and the same last one, in between an order kept, and no
// other name that it could stand for.
func (s *resolution) mergeAbbreviations(forms []form) {
	type ends struct {
		class       schema.Class
		first, last string
	}
	buckets := map[ends][]form{}
	var order []ends
	for _, f := range forms {
		if utf8.RuneCountInString(f.text) < 3 || f.class != schema.Zone && f.class != schema.Enterprise && f.class != schema.Organization {
			continue // 长春大学 is no abbreviation of 长春理工大学
		}
		k := ends{f.class, firstRunes(f.text, 2), lastRune(f.text)}
		if len(buckets[k]) == 0 {
			order = append(order, k)
		}
		if len(buckets[k]) < mostNamesakes {
			buckets[k] = append(buckets[k], f)
		}
	}
	for _, k := range order {
		for _, short := range buckets[k] {
			var longer []int
			for _, f := range buckets[k] {
				if utf8.RuneCountInString(f.text) >= utf8.RuneCountInString(short.text)+2 && subsequence(short.text, f.text) {
					longer = append(longer, f.group)
				}
			}
			if len(longer) > 0 {
				s.mergeOnly(short.group, longer, "abbreviation")
			}
		}
	}
}

// mostNamesakes bounds the names that one abbreviation is compared with.
const mostNamesakes = 32

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// subsequence reports whether the characters of short stand in long in order.
// A number in one and not in the other makes them two things.
func subsequence(short, long string) bool {
	rest := long
	for _, r := range short {
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return false
		}
		if strings.ContainsAny(rest[:i], "0123456789一二三四五六七八九十东西南北") {
			return false
		}
		rest = rest[i+utf8.RuneLen(r):]
	}
	return rest == ""
}

// mergeGlosses unites a name with the one that a gloss gives it:
// 星河科技园（以下简称“星河园”）.
func (s *resolution) mergeGlosses() {
	type at struct{ group, start, end int }
	var all []at
	starts := map[int]int{} // where a mention begins: its group
	for i, g := range s.groups {
		for _, m := range g.mentions {
			all = append(all, at{i, m.Start, m.End})
			starts[m.Start] = i
		}
	}
	for _, a := range all {
		b := s.glossAt(a.end)
		if other, ok := starts[b]; ok && b > 0 && s.groups[other].class == s.groups[a.group].class {
			s.union(a.group, other, "gloss")
		}
	}
}

// glossAt returns where the other form begins that a gloss at byte at of the text
// gives, or 0.
func (s *resolution) glossAt(at int) int {
	rest := s.doc.Text[at:min(len(s.doc.Text), at+60)]
	trimmed := strings.TrimLeft(rest, "”》\"")
	if !strings.HasPrefix(trimmed, "（") && !strings.HasPrefix(trimmed, "(") {
		return 0
	}
	for _, word := range s.glosses {
		i := strings.Index(rest, word)
		if i < 0 || strings.ContainsAny(rest[:i], "）)。") {
			continue
		}
		b := i + len(word)
		return at + b + len(rest[b:]) - len(strings.TrimLeft(rest[b:], "为：:“\"《 "))
	}
	return 0
}

// normal is schema.NormalName, faster for the most names: those of Chinese
// characters and digits only are normal already.
func normal(name string) string {
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c >= '0' && c <= '9':
		case c >= 0xE4 && c <= 0xE9 && i+2 < len(name): // U+4000 to U+9FFF
			i += 2
		default:
			return schema.NormalName(name)
		}
	}
	return name
}
