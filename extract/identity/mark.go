package identity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// markedYear is the year that a text without any reports on, by what it says
// that this year or the last one is: 今年是“十三五”规划的开局之年. A work report
// that says so of this year begins its plan there, and reports on the year
// before, as does a text in which a review stands before it. It is 0 where the
// text says no such thing.
func (p *page) markedYear() (int, schema.Span) {
	text := p.parts[0].In(p.doc.Text)
	for at := 0; ; {
		begin, end := yearIs(text, at)
		if end == 0 {
			return 0, schema.Span{}
		}
		at = end
		sentence, _, _ := strings.Cut(text[at:], "。")
		year, ok := p.yearMarked(sentence)
		before := text[:begin]
		switch {
		case !ok:
		case strings.HasSuffix(before, "今") && (p.doc.Identity.Kind == schema.WorkReport || p.doc.Identity.Kind == schema.Other && p.reviewedBefore(begin)):
			return year - 1, schema.Span{Start: begin - len("今"), End: at}
		case hasSuffix(before, "今", "过去的一", "过去一"):
			return year, schema.Span{Start: begin - len("今"), End: at}
		case strings.HasSuffix(before, "去"):
			return year, schema.Span{Start: begin - len("去"), End: at}
		case strings.HasSuffix(before, "明"):
			return year - 1, schema.Span{Start: begin - len("明"), End: at}
		}
	}
}

// reviewedBefore reports whether what stands before byte at tells of the year before.
func (p *page) reviewedBefore(at int) bool {
	return at > p.titleEnd()+reviewSize || p.reviews(date{Span: schema.Span{Start: at, End: at}})
}

// yearIs finds 年是 or 年，是 in text from byte at on; end is 0 where there is none.
func yearIs(text string, at int) (begin, end int) {
	for {
		i := strings.Index(text[at:], "年")
		if i < 0 {
			return 0, 0
		}
		begin, at = at+i, at+i+len("年")
		if k := unit(text, at, "，", ","); strings.HasPrefix(text[k:], "是") {
			return begin, k + len("是")
		}
	}
}

// yearMarked is the year that is what s says first.
func (p *page) yearMarked(s string) (year int, ok bool) {
	first := len(s)
	plain := strings.NewReplacer("“", "", "”", "", "\"", "", "规划", "", "的", "", "实施", "").Replace(s)
	for _, m := range p.table.marks {
		if i := strings.Index(plain, m.words); i >= 0 && i < first {
			first, year, ok = i, m.year, true
		}
	}
	return year, ok
}

// titleEnd is where the title ends, 0 where the text has none.
func (p *page) titleEnd() int {
	if p.midway() {
		return 0
	}
	return p.title.End
}
