package identity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// A candidate is a division that the document may be about.
type candidate struct {
	*lexicon.Division
	points   int
	official int             // occurrences of its official name
	short    int             // … of its short one
	passing  int             // … of that beside another place
	common   int             // … of that where it is a plain word, which count beside other evidence
	own      map[string]bool // what things that are called after it are called: 经济开发区, 段
	titled   bool            // … and stands so in the title
	children map[string]bool // townships of it that are named, without the word for their level
	seen     map[string]bool // kinds of evidence that count once
	evidence schema.Span     // the best place
	weight   int             // of that place
}

// An occurrence is a place where a name of divisions stands.
type occurrence struct {
	schema.Span
	divisions []*lexicon.Division
	from      int  // where the names begin that stand right before it, of what it lies in
	placed    bool // right after the division that it lies in: 常州钟楼
	outer     bool // right before one that lies in it
	beside    bool // in a list of places, or at the end of a way between two
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
			c = &candidate{Division: d, own: map[string]bool{}, children: map[string]bool{}, seen: map[string]bool{}}
			byCode[d.Code] = c
			list = append(list, c)
		}
		return c
	}
	named := map[string]bool{} // codes of all divisions whose full or short name stands in the text
	for _, o := range p.occurrences() {
		for _, d := range o.divisions {
			if !o.outer || d.Level == lexicon.County { // a township after it is the county's
				p.weigh(get(d), o)
			}
			if p.plain(d, o) {
				continue
			}
			named[d.Code] = true
			if d.Level == lexicon.Township {
				get(p.divisions.Parent(d)).children[cmp.Or(d.Short, d.Name)] = true
			}
		}
	}
	list = slices.DeleteFunc(list, func(c *candidate) bool { return c.Abolished && p.renewed(c.Name) })
	p.findRegions()
	levels := p.levels()
	rank := func() {
		for _, c := range list {
			c.points = p.total(c, named, levels)
		}
		slices.SortFunc(list, func(a, b *candidate) int {
			return cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(b.Level, a.Level), cmp.Compare(a.Code, b.Code))
		})
	}
	rank()
	if len(list) > 0 && list[0].points < p.table.weights["decided"] {
		p.findTowns(list[:min(len(list), likely)])
		rank()
	}
	return list
}

// findRegions notes the regions that the head of the text names.
func (p *page) findRegions() {
	for _, r := range p.table.regions {
		if p.find(r.word, p.head).Len() > 0 {
			p.regions = append(p.regions, strings.Split(r.codes, "|"))
		}
	}
}

// likely is how many of the candidates have their townships looked for.
const likely = 10

// renewed reports whether a present division has the name of an abolished one.
func (p *page) renewed(name string) bool {
	return slices.ContainsFunc(p.divisions.Named(name), func(d *lexicon.Division) bool { return !d.Abolished && d.Name == name })
}
