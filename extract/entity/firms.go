package entity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// bigFirms reports whether the words from byte b on say, by what they make, that
// the list before them is of companies: 等|产值超百亿元企业6家.
func (s *sentence) bigFirms(b int) bool {
	const reach = 14 // characters
	text := s.after(b, reach)
	i := strings.Index(text, "企业")
	return i > 0 && !strings.ContainsFunc(text[:i], isMark) && strings.Contains(text[:i], "元")
}

// firmPiece returns where the item of a list of companies begins that ends at
// byte end, where it is all that stands after the mark before it and a word
// in it is only in other places one that no name runs over: 、中车四方所, 、通达汽配.
func (s *sentence) firmPiece(end int) int {
	const most = 10 // characters
	start := end
	for i := s.wordAt(end - 1); i >= 0; i-- {
		w := &s.words[i]
		if w.has(mark) {
			if s.in(i) != "、" {
				return end
			}
			break
		}
		if w.End < start && start < end || w.has(number) && w.Start < end && s.text[w.Start] < utf8.RuneSelf || w.has(speech|verbal) {
			return end
		}
		if s.r.hardSingles.Has(s.in(i)) && (w.End < end || s.in(i) != "所") || w.has(boundary) && !w.has(inside|single) && !strings.HasPrefix(w.Tag, "nr") {
			return end
		}
		start = w.Start
	}
	if runes(s.text[start:end]) > most {
		return end
	}
	return start
}

// firmLike reports whether common words are the name of a company in a list of
// companies: they begin with a known one (北汽|通航), or peers say so.
func (s *sentence) firmLike(span schema.Span, peers bool) bool {
	const longest = 8 // characters
	n := runes(span.In(s.text))
	for _, k := range s.knowns {
		if k.Start == span.Start && k.End < span.End && n <= longest && s.isFirm(k) {
			return s.quiet(k.End, span.End)
		}
	}
	i := s.wordAt(span.Start)
	if !peers || n > longest || !s.quiet(span.Start, span.End) && s.r.trades.Suffix(span.In(s.text)) == "" {
		return false
	}
	if s.words[i].Start == span.Start && s.words[i].End >= span.End {
		return s.words[i].Tag == "j" && !s.words[i].has(common|generic|lead)
	}
	return n > fullName && s.contentOf(span) > 1
}

// quiet reports whether no verb, number or function word stands between two bytes.
func (s *sentence) quiet(from, to int) bool {
	for i := s.wordAt(from); i < len(s.words) && s.words[i].Start < to; i++ {
		if s.words[i].has(verbal | number | counter | boundary | mark) {
			return false
		}
	}
	return true
}

// isFirm reports whether a name of the lexicon is a company's.
func (s *sentence) isFirm(known schema.Span) bool {
	e := s.r.lex.Lookup(known.In(s.text))
	return len(e) > 0 && e[0].Class == schema.Enterprise
}

// leadingFirms proposes the coined words of the list that ends at byte end and that
// is said to lead a trade: 以|隆泰、星河|为龙头.
func (s *sentence) leadingFirms(end int) {
	items := s.items(end, schema.Enterprise)
	if len(items) == 0 {
		return
	}
	first := items[len(items)-1].Start
	if !strings.HasSuffix(s.text[s.Start:first], "以") {
		return
	}
	for _, item := range items {
		if s.coinedItem(item) {
			s.propose(item, schema.Enterprise, "list")
		}
	}
}

// coinedItem reports whether a span is a coined word and no kind of crop or
// beast, which the segmenter does not know either: 茯茶.
func (s *sentence) coinedItem(span schema.Span) bool {
	text := span.In(s.text)
	last, _ := utf8.DecodeLastRuneInString(text)
	start, form, _ := s.coreBefore(span.End)
	return form == coined && start == span.Start && !strings.ContainsRune("茶果菇椒药菜米薯羊牛猪鸡鸭鱼蟹虾蚕桑莓枣梨桃橙柑豆麦花木草瓜笋业园区镇乡村", last)
}

// firmForm reports whether a span has the form of a company's short name.
func (s *sentence) firmForm(span schema.Span) bool {
	i := s.wordAt(span.End - 1)
	if i >= len(s.words) || !s.mayEnd(span.End, laneTradeEnd) {
		return false
	}
	if s.words[i].End != span.End { // 特|钢等
		trade := s.r.trades.Suffix(span.In(s.text))
		start, form, _ := s.coreBefore(span.End - len(trade))
		return trade != "" && s.r.trades.Value(trade) != "goods" && form == coined && start == span.Start
	}
	b, ok := s.brandAt(i)
	return ok && b.Span == span && (!b.goods || s.speaksOfFirm(b))
}

// firmOpens reports whether a known company begins at byte start and ends by byte end.
func (s *sentence) firmOpens(start, end int) bool {
	return slices.ContainsFunc(s.knowns, func(k schema.Span) bool { return k.Start == start && k.End <= end && s.isFirm(k) })
}

// bases proposes what a company has built somewhere: 隆泰|云川基地.
func (s *sentence) bases() {
	const base = "基地"
	for _, f := range s.firms {
		if d, ok := s.divisionOver(f.End); ok && d.Start == f.End && strings.HasPrefix(s.rest(d.End), base) {
			s.propose(schema.Span{Start: f.Start, End: d.End + len(base)}, schema.Project, "works")
		}
	}
}

// branches proposes the known companies that a place tells more of, before or
// in brackets after the name: 广东|南车, 北汽|（广州）.
func (s *sentence) branches() {
	for _, k := range s.knowns {
		if !s.isFirm(k) {
			continue
		}
		span := k
		if d, ok := s.divisionEnding(k.Start); ok && !d.full && d.chain == d.Start && (s.opensName(d.Start) || s.r.beforeFirms.Suffix(s.text[s.Start:d.Start]) != "") {
			span.Start = d.Start
		}
		span.End = s.branchEnd(k.End)
		span.End = s.tradeOf(s.worksOf(span.End), span.End)
		if span != k {
			s.propose(span, schema.Enterprise, "brand")
		}
	}
}

// branchEnd returns where the bracket ends that follows the name of a company at byte
// b and tells which of its branches it is: 隆泰集团|（广西）; b where none does.
func (s *sentence) branchEnd(b int) int {
	const whole = "中国"
	for _, pair := range [...][2]string{{"（", "）"}, {"(", ")"}} {
		if !strings.HasPrefix(s.rest(b), pair[0]) {
			continue
		}
		open := b + len(pair[0])
		end := open + len(whole)
		if d, ok := s.divisionOver(open); ok && d.Start == open {
			end = d.End
		} else if !strings.HasPrefix(s.rest(open), whole) {
			return b
		}
		if strings.HasPrefix(s.rest(end), pair[1]) {
			return end + len(pair[1])
		}
	}
	return b
}

// tradeOf returns where the trade ends that follows the name of a company and
// perhaps a place at byte b, and with which its name ends: 中车|云川|电机. It is end
// where none does.
func (s *sentence) tradeOf(end, b int) int {
	if end != b {
		return end
	}
	at := b
	if d, ok := s.divisionOver(b); ok && d.Start == b && !d.full {
		at = d.End
	}
	trade := s.r.trades.At(s.text[:s.End], at)
	i := s.wordAt(at + len(trade))
	if trade == "" || i == 0 || s.words[i-1].End != at+len(trade) || s.runsOn(i-1) || i < len(s.words) && !s.words[i].has(mark|boundary|verbal) {
		return b
	}
	return at + len(trade)
}

// settlers proposes as companies the coined words that settle, and those that
// something is signed with: 隆泰、星河|率先入驻, 与|上海金岭、常州星河|签约. One
// of a list must tell of a company by more than that it is coined.
func (s *sentence) settlers() {
	for i := 1; i < len(s.words); i++ {
		if strings.HasPrefix(s.in(i), "投资") || strings.HasPrefix(s.in(i), "承建") || strings.HasPrefix(s.in(i), "投建") {
			s.investorAfter(i)
		}
		kind := s.r.settleVerbs.At(s.text[:s.End], s.words[i].Start)
		if kind == "" || s.words[i-1].has(mark) {
			continue
		}
		end := s.words[i].Start
		for j := i - 1; j > 0 && s.r.adverbs.Has(s.in(j)); j-- {
			end = s.words[j].Start
		}
		s.settlersBefore(end, s.r.settleVerbs.Value(kind) == "with")
	}
}

// investorAfter proposes as a company the coined word, or the place and such a word,
// between 由 and what it does with its money: 由|云川宏泽|投资建设. The verb begins
// with word i.
func (s *sentence) investorAfter(i int) {
	const by, longest = "由", 7 // characters
	end := s.words[i].Start
	at := strings.LastIndex(s.text[s.Start:end], by)
	if at < 0 {
		return
	}
	item := schema.Span{Start: s.Start + at + len(by), End: end}
	if text := item.In(s.text); runes(text) > longest || strings.ContainsFunc(text, isMark) || len(s.r.lex.Lookup(text)) > 0 {
		return
	}
	d, placed := s.divisionOver(item.Start)
	if coined, _ := s.settler(item); coined && (placed && d.Start == item.Start || s.firmForm(item)) {
		s.propose(item, schema.Enterprise, "brand-peer")
	}
}

// settlersBefore proposes the items of the list that ends at byte end, where
// all are coined. with says that 与 or the like must stand before it.
func (s *sentence) settlersBefore(end int, with bool) {
	items := s.items(end, schema.Enterprise)
	if len(items) == 0 {
		return
	}
	first := items[len(items)-1].Start
	before, _ := utf8.DecodeLastRuneInString(s.text[s.Start:first])
	switch {
	case with && !strings.ContainsRune("与和同", before):
		return
	case !with && (len(items) < 2 || first > s.Start && !isMark(before)):
		return
	}
	told := false
	for _, item := range items {
		coined, placed := s.settler(item)
		if !coined {
			return
		}
		told = told || placed
	}
	for _, item := range items {
		if told && len(s.r.lex.Lookup(item.In(s.text))) == 0 {
			s.propose(item, schema.Enterprise, "brand-peer")
		}
	}
}

// settler reports whether a span is a coined word or a place and a word, and
// whether it tells of a company by more: its place, its trade, or that it is longer
// than the names of people and most places.
func (s *sentence) settler(span schema.Span) (coined, told bool) {
	text := span.In(s.text)
	if n := runes(text); n < minCore || n > 7 || s.isNotName(span.Start, span.End) {
		return false, false
	}
	if word, h := s.r.heads.ending(text); word != "" {
		return h.class == schema.Enterprise, false
	}
	if d, ok := s.divisionOver(span.Start); ok && d.Start == span.Start {
		if d.full || d.End >= span.End {
			return false, false
		}
		own := schema.Span{Start: d.End, End: span.End}
		return runes(own.In(s.text)) >= minCore, s.coinedItem(own) || s.coinedItem(span)
	}
	if s.isFirm(span) || s.firmForm(span) {
		return true, true
	}
	return s.coinedItem(span), runes(text) > fullName
}

// worksOf returns where the place and the kind of works end that follow the name
// of a company at byte b (北汽福田|长沙汽车厂), or b.
func (s *sentence) worksOf(b int) int {
	d, ok := s.divisionOver(b)
	if !ok || d.Start != b {
		return b
	}
	for _, kind := range [...]string{"分公司", "分厂", "工厂", "汽车厂", "制造厂"} {
		if strings.HasPrefix(s.rest(d.End), kind) {
			return d.End + len(kind)
		}
	}
	return b
}

// otherThing reports whether the name of a company is a part of another name:
// 习酒|镇, 区|招商局.
func (s *sentence) otherThing(known schema.Span) bool {
	next := s.after(known.End, 1)
	if next != "" && strings.Contains("镇乡村", next) {
		return true
	}
	return strings.HasSuffix(known.In(s.text), "局") && s.r.levels.Suffix(s.text[s.Start:known.Start]) != ""
}
