package identity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

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
			o := occurrence{Span: schema.Span{Start: at, End: end}, divisions: ds, from: at}
			if n := len(out); n > 0 {
				p.join(&out[n-1], &o)
			}
			out = append(out, o)
			at = end
		}
	}
	return out
}

// join notes what two occurrences that follow each other say of each other.
func (p *page) join(last, o *occurrence) {
	if last.End > o.Start {
		return
	}
	switch p.doc.Text[last.End:o.Start] {
	case "":
		if inner := p.within(o.divisions, last.divisions); len(inner) > 0 {
			o.divisions, o.from, o.placed, last.outer = inner, last.from, true, true
		}
	case "、", "和", "与", "及", "至", "到", "—", "-", "－", "~":
		last.beside, o.beside = true, true
	}
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
// and end where tokens do, and so must official names as short as 和县; that
// of a township must begin there.
func (p *page) stands(ds []*lexicon.Division, s schema.Span) bool {
	name, words := s.In(p.doc.Text), p.doc.Words
	i := slices.IndexFunc(ds, func(d *lexicon.Division) bool { return d.Name == name })
	switch {
	case (i < 0 || len(name) <= len("和县")) && (words.Spans(s.Start) || words.Spans(s.End)),
		len(name) <= len("东山区") && words.Spans(s.Start) && !hasSuffix(p.doc.Text[:s.Start], "市", "省", "区", "州"),
		i >= 0 && ds[i].Level == lexicon.Township && words.Spans(s.Start):
		return false
	case i < 0:
		return true
	}
	return !p.commonplace[name] || p.starts(s.Start)
}

// plain reports whether o may be a plain word and not the short name of d.
func (p *page) plain(d *lexicon.Division, o occurrence) bool {
	name := o.In(p.doc.Text)
	return name != d.Name && !o.placed && p.commonplace[name]
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
	} else if !p.weighShort(c, o) {
		return
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
	case c.Level == lexicon.County && (hasSuffix(p.doc.Text[:o.from], "位于", "地处", "坐落于", "坐落在") || p.described(o)):
		p.count(c, "site", o.Span)
	case c.Level == lexicon.County && p.scene(o):
		p.count(c, "scene", o.Span)
	}
}

// described reports whether a sentence begins with o and says where it lies:
// 【概况】奈曼旗|位于.
func (p *page) described(o occurrence) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(p.doc.Text[:o.from], " \u3000"))
	return (o.from == 0 || strings.ContainsRune("\n。】", r)) && hasPrefix(p.doc.Text[o.End:], "位于", "地处", "坐落")
}

// weighShort counts an occurrence of a short name of c, and reports whether it
// is surely one and may be evidence of other kinds.
func (p *page) weighShort(c *candidate, o occurrence) bool {
	after := p.doc.Text[o.End:]
	if hasPrefix(after, p.Identifier.street...) {
		return false // streets are called after other places
	}
	if w := p.ownThing(after); w != "" && !c.Abolished {
		c.own[w] = true
	}
	if p.plain(c.Division, o) {
		c.common++
		c.titled = c.titled || p.title.Contains(o.Span)
		return false
	}
	if o.beside || c.Abolished {
		c.passing++
	} else {
		c.short++
	}
	p.count(c, "short", o.Span)
	return true
}

// ownReach is how many characters may stand between a place and the word for
// its thing: 云川金岭经济开发区.
const ownReach = 3

// ownThing returns the word for what only the place itself has that a text
// after its name goes on with, or "".
func (p *page) ownThing(after string) string {
	for _, w := range p.Identifier.own {
		if strings.HasPrefix(after, w) {
			return w
		}
	}
	for range ownReach + 1 {
		for _, w := range p.Identifier.zone {
			if strings.HasPrefix(after, w) {
				return w
			}
		}
		r, n := utf8.DecodeRuneInString(after)
		if !unicode.Is(unicode.Han, r) {
			break
		}
		after = after[n:]
	}
	return ""
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

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// count notes a kind of evidence and keeps the weightiest place.
func (p *page) count(c *candidate, evidence string, at schema.Span) {
	c.seen[evidence] = true
	if w := p.table.weights[evidence]; w > c.weight {
		c.weight, c.evidence = w, at
	}
}
