package entity

import (
	"slices"
	"strings"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// conferrer returns the organ of the nation at byte b that confers what is named
// next: 入选|水利部|第二批…试点.
func (s *sentence) conferrer(b int) string {
	for _, k := range s.knowns {
		if e := s.r.lex.Lookup(k.In(s.text)); k.Start == b && len(e) > 0 && e[0].Class == schema.Agency && s.r.grades.Prefix(s.rest(k.End)) != "" {
			return k.In(s.text)
		}
	}
	return ""
}

// conferred reports whether the verb t at byte at, which says what something is
// made, is in the passive: 被中央教科院|列为.
func (s *sentence) conferred(at int, t string) bool {
	if !strings.HasSuffix(t, "为") || strings.HasPrefix(t, "被") {
		return false
	}
	const reach = 16 // characters
	before := s.text[s.back(at, reach):at]
	i := strings.LastIndex(before, "被")
	return i >= 0 && !strings.ContainsFunc(before[i:], isMark)
}

// conferredOn cuts from the front of an honour in quotation marks the division that
// receives it: 授予|云川|“…示范区”称号.
func (s *sentence) conferredOn(span schema.Span) schema.Span {
	d, ok := s.divisionOver(span.Start)
	if s.r.givers.Suffix(s.text[s.Start:span.Start]) == "" || !ok || d.Start != span.Start || !strings.HasPrefix(s.text[d.End:span.End], "“") || !strings.HasSuffix(span.In(s.text), "”") || strings.Count(span.In(s.text), "“") > 1 {
		return span
	}
	return schema.Span{Start: d.End, End: span.End}
}

// isRegister reports whether a span is the name of a list of works or firms, which a
// level alone makes no honour: 市|重大项目清单.
func (s *sentence) isRegister(span schema.Span) bool {
	for _, end := range [...]string{"清单", "名单", "名录", "目录", "项目", "企业", "基地", "园区"} {
		if strings.HasSuffix(span.In(s.text), end) {
			return true
		}
	}
	return false
}

// listedHonor reports whether an item of a list of honours is one by its last word
// alone, though it does not say who confers it: …竞争力100强、|投资潜力100强.
func (s *sentence) listedHonor(span schema.Span) bool {
	text := span.In(s.text)
	i := s.wordAt(span.Start)
	if i >= len(s.words) || s.words[i].has(verbal|number) || s.words[i].has(boundary) && s.words[i].Tag != "vn" || s.lastTail(text) != len(text) || runes(text) < 5 {
		return false
	}
	tail := s.r.honorTails.Suffix(text)
	return runes(tail) > 1 && s.r.listedTails.Suffix(tail) != ""
}

// plaques finds the honours of the lists that are summed up behind them: A示范县、
// B先进单位|两块牌子, “甲之乡”“乙之乡”|等荣誉称号.
func (s *sentence) plaques() {
	for i := 1; i < len(s.words); i++ {
		w := &s.words[i]
		if w.has(mark) && s.in(i) != "，" || s.r.plaques.Prefix(s.rest(w.Start)) == "" {
			continue
		}
		s.plaquesBefore(w.Start)
	}
}

// plaquesBefore proposes the honours of the list that ends at byte end.
func (s *sentence) plaquesBefore(end int) {
	for n := 0; n < 8; n++ {
		item := s.plaqueBefore(end)
		text := item.In(s.text)
		if runes(text) < 5 || runes(text) > maxHonor || s.lastTail(text) != len(text) || !s.graded(item) && n == 0 && !strings.HasPrefix(text, "“") || s.r.notNames.Has(cleanName(text)) {
			return
		}
		s.propose(item, schema.Honor, "honor")
		end = item.Start
		if strings.HasSuffix(s.text[s.Start:end], "、") {
			end -= len("、")
		} else if !strings.HasSuffix(s.text[s.Start:end], "”") {
			return
		}
	}
}

// afterMark returns the byte after the last mark of a list or a clause before byte b.
func (s *sentence) afterMark(b int) int {
	i := strings.LastIndexAny(s.text[s.Start:b], "、，,。；;：:“”")
	if i < 0 {
		return s.Start
	}
	return s.Start + i + len(s.after(s.Start+i, 1))
}

// plaqueBefore returns the item of a list that ends at byte end: a quotation, or
// the words after the last mark, verb or word that brings honours in.
func (s *sentence) plaqueBefore(end int) schema.Span {
	if strings.HasSuffix(s.text[s.Start:end], "”") {
		if i := strings.LastIndex(s.text[s.Start:end], "“"); i >= 0 {
			return schema.Span{Start: s.Start + i, End: end}
		}
	}
	if piece := s.received(schema.Span{Start: s.afterMark(end), End: end}); s.graded(piece) {
		return piece
	}
	start := end
	for i := s.wordAt(end - 1); i >= 0; i-- {
		w := &s.words[i]
		bracket := slices.Contains([]string{"(", ")", "（", "）"}, s.in(i))
		if w.has(mark) && !bracket || w.End < start && start < end || s.r.honorTriggers.Has(s.in(i)) || s.r.honorSkips.Has(s.in(i)) || w.has(boundary) && !w.has(inside) {
			break
		}
		start = w.Start
	}
	return schema.Span{Start: start, End: end}
}

// received cuts from the front of the first item of a list of honours who receives
// it and the verb: 云川镇先后获得|国家卫生镇. A verb in the name of an honour is
// followed by no grade: 全国创建文明村镇先进县.
func (s *sentence) received(item schema.Span) schema.Span {
	for at := item.Start; at < item.End; {
		t := s.r.honorTriggers.At(s.text[:item.End], at)
		if t == "" {
			at += lexicon.RuneLen(s.text[at])
			continue
		}
		at = s.skipToHonor(at + len(t))
		if rest := (schema.Span{Start: at, End: item.End}); rest.Len() > 0 && s.graded(rest) {
			return rest
		}
	}
	return item
}
