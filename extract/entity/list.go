package entity

import (
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// maxItem bounds the characters of an item of a list.
const maxItem = 16

// inLists finds names by the list that they stand in: the word after 等 tells
// what kind of things the items are: 盈趣科技、光子晶体等科技企业650余家.
func (r *Recogniser) inLists(s *sentence) {
	for _, known := range s.knowns {
		if s.isFirm(known) {
			s.besideKnown(known)
		}
	}
	for i := range s.words {
		w := &s.words[i]
		switch {
		case i == 0 || w.has(mark):
		case w.has(number):
			if !s.words[i-1].has(mark) && (i+1 < len(s.words) && s.words[i+1].has(counter) || countsFirms(s.in(i))) {
				s.list(w.Start, w.Start)
			}
		case w.has(lead) && countsKinds(s.in(i)):
			if !s.words[i-1].has(mark) {
				s.list(w.Start, w.End)
			}
		case strings.HasPrefix(s.rest(w.Start), "等"):
			if w.Len() == len("等") || w.Tag == "x" {
				s.list(w.Start, w.Start+len("等"))
			}
		case strings.HasPrefix(s.rest(w.Start), "为代表的"):
			if at := w.Start + len("为代表的"); !s.list(w.Start, at) {
				s.listOf(w.Start, schema.Enterprise) // what stands for an industry is a company
			}
		case strings.HasPrefix(s.rest(w.Start), "为龙头"):
			s.leadingFirms(w.Start)
		}
	}
}

// countsKinds reports whether a word counts the things of a list before it: 三大.
func countsKinds(word string) bool {
	n, ok := strings.CutSuffix(word, "大")
	return ok && numeral(n) && runes(n) == 1
}

// countsFirms reports whether a word counts the companies of a list before it: 两家.
func countsFirms(word string) bool {
	n, ok := strings.CutSuffix(word, "家")
	return ok && n != "" && strings.Trim(n, "一二三四五六七八九十两") == ""
}

// besideKnown proposes as companies the short items of a list that a known
// company stands in, unless the list tells itself what they are:
// 亚泰|、奥莱特、欧菲斯.
func (s *sentence) besideKnown(known schema.Span) {
	var items []schema.Span
	b := known.End
	for strings.HasPrefix(s.rest(b), "、") {
		item := schema.Span{Start: b + len("、"), End: s.itemEnd(b + len("、"))}
		if n := runes(item.In(s.text)); n < 2 || n > 5 {
			return
		}
		items = append(items, item)
		b = item.End
	}
	if strings.HasPrefix(s.rest(b), "等") {
		return
	}
	for _, item := range items {
		s.item(item, schema.Enterprise, false)
	}
}

// list proposes the items of the list that ends at byte end and whose kind is
// told from byte at on, and reports whether it is told.
func (s *sentence) list(end, at int) bool {
	class, ok := s.kindAfter(at)
	if class == schema.Project {
		return ok // works finds them
	}
	if !ok || at == end && len(s.items(end, class)) < 2 {
		return ok
	}
	s.listOf(end, class)
	return true
}

// listOf proposes the items of the list of a class that ends at byte end.
func (s *sentence) listOf(end int, class schema.Class) {
	items := s.items(end, class)
	sure := false
	for _, item := range items {
		sure = s.item(item, class, false) || sure
	}
	for _, item := range items {
		if sure {
			s.item(item, class, true)
		}
	}
}

// kindAfter returns the class that the noun phrase from byte at on gives to
// the items before it: the last noun of the phrase decides.
func (s *sentence) kindAfter(at int) (class schema.Class, ok bool) {
	i := s.wordAt(at)
	if i < len(s.words) && s.words[i].Start < at { // 等央企 as one word
		if w := s.r.listHeads.Suffix(s.text[at:s.words[i].End]); w != "" {
			class, ok = schema.Class(s.r.listHeads.Value(w)), true
		}
		i++
	}
	for n := 0; i < len(s.words) && n < 20; i++ {
		w := s.words[i]
		if w.has(mark) && s.in(i) != "“" && s.in(i) != "”" && (ok || s.in(i) != "、" || i == 0 || s.in(i-1) != "”") {
			break
		}
		if w.has(boundary) && !w.has(inside|lead) && !s.r.amounts.Has(s.in(i)) && !s.countsAfter(i) {
			if !ok && s.bigFirms(w.Start) {
				return schema.Enterprise, true
			}
			break
		}
		from := max(at, s.words[max(0, i-2)].Start)
		h := s.r.listHeads.Suffix(s.text[from:w.End])
		if h == "地" && s.in(i) != h && !numeral(strings.TrimSuffix(s.in(i), h)) {
			h = "" // 落地
		}
		if h == "" && !w.has(single) {
			h = s.r.listHeads.Prefix(s.in(i)) // 项目前期 as one word
		}
		if h != "" {
			class, ok = schema.Class(s.r.listHeads.Value(h)), true
		} else if ok && !w.has(number|counter) && !w.has(generic) {
			break
		}
		n += runes(s.in(i))
	}
	return class, ok
}

// countsAfter reports whether word i counts things with the number before it: 22|处.
func (s *sentence) countsAfter(i int) bool {
	return s.words[i].has(counter) && i > 0 && s.words[i-1].has(number)
}

// items returns the items of the list of a class that ends at byte end, last
// first. 和 and its like join the last item only: what stands before 与清华大学、西湖大学 is
// their partner.
func (s *sentence) items(end int, class schema.Class) []schema.Span {
	var items []schema.Span
	for len(items) < 12 {
		start := s.itemStart(end, class)
		if start >= end {
			break
		}
		items = append(items, schema.Span{Start: start, End: end})
		sep := ""
		for _, mark := range [...]string{"、", "，", "和", "及", "与"} {
			joins := mark == "、" || len(items) == 1 && mark != "，" || len(items) > 1 && mark == "，"
			if joins && strings.HasSuffix(s.text[s.Start:start], mark) {
				sep = mark
				break
			}
		}
		if sep == "" || sep == "，" {
			break
		}
		end = start - len(sep)
	}
	return items
}

// itemStart returns where the item of a list of a class begins that ends at
// byte end.
func (s *sentence) itemStart(end int, class schema.Class) int {
	if strings.HasSuffix(s.text[s.Start:end], "”") {
		if i := strings.LastIndex(s.text[s.Start:end], "“"); i >= 0 {
			return s.Start + i
		}
	}
	start := end
	for i := s.wordAt(end - 1); i >= 0; i-- {
		w := s.words[i]
		text := s.in(i)
		if i+1 < len(s.words) && w.End < s.words[i+1].Start && w.End < end {
			break
		}
		if w.has(mark) && text != "·" && text != ")" && text != "）" && text != "(" && text != "（" {
			break
		}
		if w.has(boundary) && !w.has(inside) && !(w.has(single) && w.Tag == "v" && !s.r.clitics.Has(text)) || text == "的" {
			if piece := s.firmPiece(end); class == schema.Enterprise && piece < start {
				start = piece
			}
			break
		}
		if runes(s.text[w.Start:end]) > maxItem || s.r.appositives.Has(text) || start < end && s.isFront(text, class) {
			break
		}
		start = min(s.cutFront(i), end)
		if start > w.Start {
			break
		}
	}
	return start
}

// item proposes an item of a list, by its own head where it has one, else by
// the class of the list, and reports whether it did. peers says that another
// item is a name: then fewer signs are enough.
func (s *sentence) item(span schema.Span, class schema.Class, peers bool) bool {
	span = s.trimItem(span)
	text := cleanName(span.In(s.text))
	if n := runes(text); n < 2 || n > maxItem || s.r.notNames.Has(text) || s.r.flags.words[text].has(common) {
		return false
	}
	if d, ok := s.divisionOver(span.Start); ok && d.Start == span.Start && d.End == span.End {
		return false
	}
	if front, ok := strings.CutSuffix(text, "地"); ok && strings.TrimRight(front, "一二三四五六七八九十两多") != front {
		return false // 青浦、吴江、嘉善|三地
	}
	if class == schema.Road && (strings.HasPrefix(text, "至") || strings.HasSuffix(s.text[s.Start:span.Start], "至")) {
		return false // 开通至昆明、拉萨等航线
	}
	if class == schema.Enterprise && s.r.countries.Has(text) {
		return false // 日本、德国等国客商
	}
	if (class == schema.Division || class == schema.Place) && s.villageOfTown(text) {
		return true // 柳河镇|青石村: each is a name of its own
	}
	if entries := s.r.lex.Lookup(text); len(entries) > 0 {
		return true // proposed by the lexicon
	}
	if class == schema.Agency && !s.namesOrgan(text) {
		return false // 发改、国土等部门
	}
	quoted := strings.HasSuffix(span.In(s.text), "”")
	if quoted && class == schema.Enterprise {
		class = schema.Program
	}
	word, _ := s.r.heads.ending(text)
	if !s.properIn(span) && !quoted && !s.branded(span, class) && !(peers && word != "" && runes(text) > 2) && !(class == schema.Enterprise && s.firmLike(span, peers)) {
		s.reject(span, "list", "an item of common words only")
		return false
	}
	if s.genericOnly(span) {
		s.reject(span, "list", "an item of generic words only")
		return false
	}
	s.propose(span, s.itemClass(text, class), "list")
	return true
}

// genericOnly reports whether each word of a span is generic.
func (s *sentence) genericOnly(span schema.Span) bool {
	if word, _ := s.r.heads.ending(span.In(s.text)); len(word) == span.Len() {
		return false
	}
	for i := s.wordAt(span.Start); i < len(s.words) && s.words[i].Start < span.End; i++ {
		if !s.words[i].has(generic | common | lead | mark | number | counter) {
			return false
		}
	}
	return true
}

// itemClass returns the class of an item: its own head's where it has one,
// else the list's.
func (s *sentence) itemClass(text string, class schema.Class) schema.Class {
	word, h := s.r.heads.ending(text)
	switch {
	case class == schema.Place && (h.class == schema.Zone || h.class == schema.Division), class == schema.Enterprise && h.class == schema.Road: // 山东|港口
	case word != "" && h.mode == needsProper:
		return h.class
	}
	return class
}

// branded reports whether common words with a last word of brands make a name:
// 光子晶体 alone does not, 晨光生物 does.
func (s *sentence) branded(span schema.Span, class schema.Class) bool {
	text := span.In(s.text)
	switch class {
	case schema.Enterprise:
		t := s.r.brandTails.Suffix(text)
		return t != "" && runes(text) > runes(t)+1 && !s.plainBetween(span.Start, span.End-len(t))
	case schema.Place, schema.Road:
		t := s.r.placeTails.Suffix(text)
		return t != "" && runes(text) > runes(t) && runes(text) < 8
	}
	return false
}

// trimItem cuts from the front of an item what only describes.
func (s *sentence) trimItem(span schema.Span) schema.Span {
	for i := s.wordAt(span.Start); i < len(s.words) && s.words[i].End < span.End; i++ {
		if s.words[i].has(verbal) && s.knownFrom(s.words[i].End, span.End) {
			return schema.Span{Start: s.words[i].End, End: span.End} // 接下|海信
		}
	}
	for i := s.wordAt(span.Start); i < len(s.words) && s.words[i].End < span.End; i++ {
		w := s.words[i]
		if !w.has(lead) && !w.has(number|counter) && !(w.has(inside) && w.has(boundary)) {
			break
		}
		if w.has(number) && !s.words[i+1].has(counter) || w.has(counter) && !w.has(lead|number) && (i == 0 || !s.words[i-1].has(number)) {
			break // 、|元府路
		}
		span.Start = w.End
	}
	return span
}

// itemEnd returns where the item that begins at byte b ends: at a mark or a
// word that no name runs over.
func (s *sentence) itemEnd(b int) int {
	end := b
	for i := s.wordAt(b); i < len(s.words); i++ {
		w := s.words[i]
		if w.has(mark) && !strings.ContainsAny(s.in(i), "·()（）") || w.Start > end {
			break
		}
		if w.has(boundary) && !w.has(inside) && s.in(i) != "至" || s.in(i) == "等" {
			break
		}
		end = w.End
	}
	return end
}

// knownFrom reports whether a name of the lexicon stands from one byte to another.
func (s *sentence) knownFrom(start, end int) bool {
	return slices.Contains(s.knowns, schema.Span{Start: start, End: end})
}

// villageOfTown reports whether a text is the names of a township and of a
// village in it.
func (s *sentence) villageOfTown(text string) bool {
	n := townFront(text)
	word, h := s.r.heads.ending(text[n:])
	return n > 0 && word != "" && h.class == schema.Division
}

// townFront returns how long the name of a township is that a text begins with
// and goes on after: 柳河镇|青石.
func townFront(text string) int {
	for _, last := range [...]string{"镇", "乡", "街道"} {
		front, village, ok := strings.Cut(text, last)
		if ok && runes(front) > 1 && runes(village) > 1 {
			return len(text) - len(village)
		}
	}
	return 0
}
