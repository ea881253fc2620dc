package identity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// A candidate is a division that the document may be about.
type candidate struct {
	*lexicon.Division
	points   int
	official int             // occurrences of its official name
	short    int             // … of its short one
	common   int             // … of that where it is a plain word, which count beside its official name
	titled   bool            // … and stands so in the title
	children map[string]bool // townships of it that are named
	seen     map[string]bool // kinds of evidence that count once
	evidence schema.Span     // the best place
	weight   int             // of that place
}

// An occurrence is a place where a name of divisions stands.
type occurrence struct {
	schema.Span
	divisions []*lexicon.Division
}

// enough is how often a name counts at most.
const enough = 8

// identifySubject weighs the candidates and fills subject and code.
func (p *page) identifySubject() {
	w := p.table.weights
	list := p.candidates()
	p.trace(list)
	if len(list) == 0 || list[0].points < w["least"] {
		p.local()
		return
	}
	best := list[0]
	code := best.Code
	for _, c := range list[1:] {
		if best.points-c.points >= w["margin"] {
			break
		}
		if c.Name == best.Name {
			code = "" // namesakes that nothing tells apart
		} else if !p.divisions.Within(c.Division, best.Division) && !p.divisions.Within(best.Division, c.Division) {
			p.local()
			return
		}
	}
	p.set("subject", &p.doc.Identity.Subject, best.Name, best.evidence)
	if len(code) == 6 {
		p.doc.Identity.Code = code
	}
}

// traced is how many candidates are told of where the document is traced.
const traced = 5

func (p *page) trace(list []*candidate) {
	if !p.doc.Traced() {
		return
	}
	for i, c := range list[:min(len(list), traced)] {
		p.doc.Decide("identity", "subject-points", c.evidence, i == 0 && c.points >= p.table.weights["least"],
			fmt.Sprintf("%s %s: %d points", c.Name, c.Code, c.points))
	}
}

// local says that the place is not to be known.
func (p *page) local() {
	at := p.localWord()
	p.set("subject", &p.doc.Identity.Subject, schema.Local, at)
	p.doc.Warn("no_subject", at, "the text does not say which division it is about")
}

// localWords are what a text says instead of a name.
var localWords = [...]string{"我区", "我县", "我市", "我旗", "全区", "全县", "全旗", "全市", "区委", "县委"}

func (p *page) localWord() schema.Span {
	for _, w := range localWords {
		if at := p.find(w, p.parts[0]); at.Len() > 0 {
			return at
		}
	}
	return schema.Span{}
}

// candidates returns the divisions that the text names, the best first.
func (p *page) candidates() []*candidate {
	byCode := map[string]*candidate{}
	var list []*candidate
	get := func(d *lexicon.Division) *candidate {
		c := byCode[d.Code]
		if c == nil {
			c = &candidate{Division: d, children: map[string]bool{}, seen: map[string]bool{}}
			byCode[d.Code] = c
			list = append(list, c)
		}
		return c
	}
	named := map[string]bool{} // codes of all divisions whose full or short name stands in the text
	for _, o := range p.occurrences() {
		for _, d := range o.divisions {
			p.weigh(get(d), o)
			if p.plain(d, o) {
				continue
			}
			named[d.Code] = true
			if d.Level == lexicon.Township {
				get(p.divisions.Parent(d)).children[d.Name] = true
			}
		}
	}
	list = slices.DeleteFunc(list, func(c *candidate) bool { return c.Abolished && p.renewed(c.Name) })
	for _, r := range p.table.regions {
		if p.find(r.word, p.head).Len() > 0 {
			p.regions = append(p.regions, strings.Split(r.codes, "|"))
		}
	}
	levels := p.levels()
	for _, c := range list {
		p.total(c, named, levels)
	}
	slices.SortFunc(list, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(b.Level, a.Level), cmp.Compare(a.Code, b.Code))
	})
	return list
}

// renewed reports whether a present division has the name of an abolished one.
func (p *page) renewed(name string) bool {
	return slices.ContainsFunc(p.divisions.Named(name), func(d *lexicon.Division) bool { return !d.Abolished && d.Name == name })
}

// occurrences returns where divisions are named. Of 长春市南关区 only the last
// part counts, and of namesakes those that lie in what stands before.
func (p *page) occurrences() []occurrence {
	var out []occurrence
	for _, part := range p.parts {
		for at := part.Start; at < part.End; {
			if c := p.doc.Text[at]; c < 0xE4 || c > 0xE9 { // no Chinese character
				at++
				continue
			}
			ds, end := p.divisions.Longest(p.doc.Text, at)
			if len(ds) == 0 || end > part.End || !p.stands(ds, schema.Span{Start: at, End: end}) {
				at += len("区")
				continue
			}
			o := occurrence{schema.Span{Start: at, End: end}, ds}
			if n := len(out); n > 0 && out[n-1].End == at {
				if inner := p.within(ds, out[n-1].divisions); len(inner) > 0 {
					o.divisions = inner
					out[n-1].divisions = nil
				}
			}
			out = append(out, o)
			at = end
		}
	}
	return out
}

// within returns those of ds that lie below one of above.
func (p *page) within(ds, above []*lexicon.Division) []*lexicon.Division {
	var out []*lexicon.Division
	for _, d := range ds {
		if slices.ContainsFunc(above, func(up *lexicon.Division) bool { return up != d && p.divisions.Within(d, up) }) {
			out = append(out, d)
		}
	}
	return out
}

// stands reports whether a name that was found is one: a short name must begin
// and end where tokens do.
func (p *page) stands(ds []*lexicon.Division, s schema.Span) bool {
	name := s.In(p.doc.Text)
	if slices.ContainsFunc(ds, func(d *lexicon.Division) bool { return d.Name == name }) {
		return !p.commonplace[name] || p.starts(s.Start)
	}
	return !p.doc.Words.Spans(s.Start) && !p.doc.Words.Spans(s.End)
}

// plain reports whether o may be a plain word and not the short name of d.
func (p *page) plain(d *lexicon.Division, o occurrence) bool {
	name := o.In(p.doc.Text)
	return name != d.Name && p.commonplace[name]
}

// starts reports whether a line or the name of a division ends at byte b: the
// official name 城区 is one there, and a plain word in 中心城区.
func (p *page) starts(b int) bool {
	before := strings.TrimRight(p.doc.Text[:b], " \t　")
	return before == "" || hasSuffix(before, "\n", "市", "省", "区", "州", "盟")
}

// weigh counts an occurrence for c.
func (p *page) weigh(c *candidate, o occurrence) {
	name := o.In(p.doc.Text)
	if name == c.Name {
		c.official++
		p.count(c, "official", o.Span)
	} else if p.plain(c.Division, o) {
		c.common++
		c.titled = c.titled || p.title.Contains(o.Span)
		return
	} else {
		c.short++
		p.count(c, "short", o.Span)
	}
	before, after := p.doc.Text[:o.Start], p.doc.Text[o.End:]
	if p.title.Contains(o.Span) {
		p.count(c, "title", o.Span)
	}
	if name != c.Name && !strings.HasSuffix(name, levelOf(c.Name)) {
		return
	}
	switch {
	case hasSuffix(before, "我代表", "代表", "我受", "受"):
		p.count(c, "represents", o.Span)
	case session(after):
		p.count(c, "congress", o.Span)
	case hasPrefix(after, "统计局", "统计分局", "人民政府办公室") && o.End < p.head.End:
		p.count(c, "publisher", o.Span)
	case hasPrefix(after, "人民政府", "政府", "委书记", "人大", "政协", "委"):
		p.count(c, "organ", o.Span)
	case hasPrefix(after, "区长", "县长", "市长", "旗长"):
		p.count(c, "office", o.Span)
	}
}

// session reports whether after continues as 第十八届人民代表大会.
func session(after string) bool {
	if !hasPrefix(after, "第", "人民代表大会", "十") {
		return false
	}
	after = after[:runeStart(after, 60)]
	term, rest, ok := strings.Cut(after, "届")
	return strings.HasPrefix(after, "人民代表大会") ||
		ok && !strings.ContainsAny(term, "，。,、") && hasPrefix(strings.TrimSpace(rest), "人民代表大会", "人大")
}

func hasPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

func hasSuffix(s string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(p string) bool { return strings.HasSuffix(s, p) })
}

// count notes a kind of evidence and keeps the weightiest place.
func (p *page) count(c *candidate, evidence string, at schema.Span) {
	c.seen[evidence] = true
	if w := p.table.weights[evidence]; w > c.weight {
		c.weight, c.evidence = w, at
	}
}

// total adds up the points of c.
func (p *page) total(c *candidate, named map[string]bool, levels map[string]int) {
	w := p.table.weights
	if c.official > 0 {
		c.short += c.common
		c.seen["title"] = c.seen["title"] || c.titled
	}
	for _, e := range []string{"represents", "congress", "publisher", "organ", "office"} {
		if c.seen[e] {
			c.points += w[e]
		}
	}
	switch {
	case c.seen["title"] && c.official == 0 && c.short == 1:
		c.points += w["passing-title"] // likely a word that is spelt like the name
	case c.seen["title"]:
		c.points += w["title"]
	}
	if c.Level == lexicon.Township && c.points < w["congress"] {
		c.points = 0 // a township is named in its county's documents, too
		return
	}
	c.points += min(c.official, enough)*w["official"] + min(c.short, enough)*w["short"] + min(len(c.children), enough)*w["child"]
	for up := p.divisions.Parent(c.Division); up != nil; up = p.divisions.Parent(up) {
		switch {
		case named[up.Code] && up.Level == lexicon.City:
			c.points += w["city"]
		case named[up.Code]:
			c.points += w["province"]
		}
	}
	for _, codes := range p.regions {
		if hasPrefix(c.Code, codes...) {
			c.points += w["region"]
		}
	}
	c.points += p.level(c, levels)
	if c.evidence.Len() == 0 { // known by its townships alone: the first one is the evidence
		c.evidence = p.localWord()
	}
}

// level weighs whether the text speaks of itself as a division of c's level.
func (p *page) level(c *candidate, levels map[string]int) int {
	own, most := levels[levelOf(c.Name)], 0
	for _, n := range levels {
		most = max(most, n)
	}
	switch {
	case most == 0:
		return 0
	case own*2 >= most:
		return p.table.weights["level"]
	case own == 0 && most > 1:
		return p.table.weights["other-level"]
	}
	return 0
}

// levelOf returns the word for the level at the end of an official name.
func levelOf(name string) string {
	_, n := utf8.DecodeLastRuneInString(name)
	return name[len(name)-n:]
}

// levels counts how the text speaks of its own place, by level word.
func (p *page) levels() map[string]int {
	out := map[string]int{}
	for i, w := range levelWords {
		out[w.level] += w.weight * len(p.places[len(p.places)-len(levelWords)+i])
	}
	return out
}

// A levelWord is how a text speaks of a division of its level.
type levelWord struct {
	words, level string
	weight       int
}

// levelWords weighs them: what follows 我 is the place itself; organs and 全 of
// a city or province are named in every report, so they count little.
var levelWords = [...]levelWord{
	{"我区", "区", 8}, {"全区", "区", 2}, {"区委", "区", 1}, {"区政府", "区", 1}, {"区人民政府", "区", 2},
	{"我县", "县", 8}, {"全县", "县", 2}, {"县委", "县", 1}, {"县政府", "县", 1}, {"县人民政府", "县", 2},
	{"我旗", "旗", 8}, {"全旗", "旗", 2}, {"旗委", "旗", 1}, {"旗政府", "旗", 1}, {"旗人民政府", "旗", 2},
	{"我镇", "镇", 8}, {"全镇", "镇", 2}, {"镇政府", "镇", 1}, {"镇人民政府", "镇", 2},
	{"我乡", "乡", 8}, {"全乡", "乡", 2}, {"乡政府", "乡", 1}, {"乡人民政府", "乡", 2},
	{"我市", "市", 8}, {"全市", "市", 1}, {"我省", "省", 8}, {"全省", "省", 1},
}
