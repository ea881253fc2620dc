package identity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
)

// total returns the points of c.
func (p *page) total(c *candidate, named map[string]bool, levels map[string]int) int {
	w := p.table.weights
	points := p.strong(c)
	if c.Level == lexicon.Township && points < w["congress"] {
		return 0 // a township is named in its county's documents, too
	}
	strong, level := points > 0, p.level(c, levels)
	mentions, names := p.names(c)
	points += level + names + p.above(c, named)
	if c.evidence.Len() == 0 { // known by its townships alone
		c.evidence = p.localWord()
	}
	switch {
	case strong:
	case mentions <= 1 && len(c.own) == 0 && c.official+len(c.children) < enoughTowns,
		c.Level == lexicon.Province, c.Level == lexicon.City && level <= 0:
		points = min(points, w["least"]-1) // every document names its province and city
	}
	return points
}

// enoughTowns is how many townships of a place tell that its name, which stands
// only once or may be a plain word, is that of the place; the official name
// stands for one of them.
const enoughTowns = 2

// enoughThings is how many kinds of things do, that are called after it.
const enoughThings = 2

// strong adds up the evidence that says for itself what the document is about.
func (p *page) strong(c *candidate) int {
	points, w := 0, p.table.weights
	for _, e := range []string{"represents", "congress", "publisher", "site", "organ", "office", "scene"} {
		if c.seen[e] && (c.Level != lexicon.City || e != "organ") { // every document names organs of its city
			points += w[e]
		}
	}
	switch {
	case c.seen["title"] && c.official == 0 && c.short+c.passing == 1 && len(c.own) == 0:
		points += w["passing-title"] // likely a word that is spelt like the name
	case c.seen["title"], c.titled && c.official > 0:
		points += w["title"]
	}
	return points
}

// names weighs how often and how the text names c and what belongs to it.
func (p *page) names(c *candidate) (mentions, points int) {
	w := p.table.weights
	short, own := c.short, len(c.own)
	switch {
	case c.official > 0, own >= enoughThings, len(c.children) >= enoughTowns:
		short += c.common
	case short+c.passing == 0:
		own = 0
	}
	mentions = c.official + short + c.passing
	points = min(c.official, enough)*w["official"] + min(short, enough)*w["short"] +
		min(c.passing, enough)*w["passing"] + min(own, enoughOwn)*w["own"]
	towns := min(len(c.children), enough)
	if mentions == 0 {
		return 0, points + towns*w["child-alone"]
	}
	return mentions, points + towns*w["child"]
}

// enoughOwn is how many kinds of things that are called after a place count at most.
const enoughOwn = 3

// above weighs that the text names what c is part of.
func (p *page) above(c *candidate, named map[string]bool) int {
	points, w := 0, p.table.weights
	for up := p.divisions.Parent(c.Division); up != nil; up = p.divisions.Parent(up) {
		switch {
		case named[up.Code] && up.Level == lexicon.City:
			points += w["city"]
		case named[up.Code]:
			points += w["province"]
		}
	}
	for _, codes := range p.regions {
		if hasPrefix(c.Code, codes...) {
			points += w["region"]
		}
	}
	return points
}

// findTowns looks for the townships of the candidates by their short names,
// as which reports list them: 龙场、乐治两镇.
func (p *page) findTowns(list []*candidate) {
	for _, c := range list {
		if c.official+c.short+c.passing+c.common == 0 {
			continue
		}
		for _, t := range p.divisions.Towns(c.Code) {
			if t.Short != "" && t.Short != c.Short && !p.commonplace[t.Short] && !c.children[t.Short] && p.says(t.Short) {
				c.children[t.Short] = true
			}
		}
	}
}

// says reports whether the first part has the word, from token to token.
func (p *page) says(word string) bool {
	text := p.parts[0].In(p.doc.Text)
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		at += i + len(word)
		if !p.doc.Words.Spans(at-len(word)) && !p.doc.Words.Spans(at) {
			return true
		}
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
	{"我盟", "盟", 8}, {"全盟", "盟", 2}, {"盟委", "盟", 1}, {"盟行署", "盟", 1},
	{"我州", "州", 8}, {"全州", "州", 1}, {"州委", "州", 1}, {"州政府", "州", 1},
}
