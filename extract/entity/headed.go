package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// headed finds the names of lists that say once at the end what all are: 青石、
// 柳河、三岔3个贫困乡, 东坪、西坪两村, 桥头、南门等社区, 龙潭、白石、花桥三座水库.
func (r *Recogniser) headed(s *sentence) {
	if !strings.Contains(s.In(s.text), "、") {
		return
	}
	for i := 1; i < len(s.words); i++ {
		w := &s.words[i]
		if w.has(mark) || s.words[i-1].has(mark) || s.words[i-1].End < w.Start {
			continue
		}
		if at := s.countInside(w); at > w.Start || at == w.Start && !w.has(number) {
			count, head := s.countedHead(at, w.End)
			s.headedList(at, head, schema.Division, count)
			continue
		}
		if count, at, ok := s.headedCount(w); ok {
			if head, class := s.sharedHead(at); head != "" {
				s.headedList(w.Start, head, class, count)
			}
		}
	}
}

// countInside returns where the numeral stands that counts the townships which
// a word ends with, or -1: the segmenter takes 双江三镇 for one.
func (s *sentence) countInside(w *word) int {
	text := w.In(s.text)
	before, ok := strings.CutSuffix(text, s.r.townHeads.Suffix(text))
	c, size := utf8.DecodeLastRuneInString(before)
	if !ok || before == text || !strings.ContainsRune("两三四五六七八九十", c) || s.r.afterTowns.Prefix(s.rest(w.End)) != "" {
		return -1
	}
	return w.Start + len(before) - size
}

// countedHead reads the numeral at byte at and the head after it.
func (s *sentence) countedHead(at, end int) (count int, head string) {
	_, size := utf8.DecodeRuneInString(s.text[at:end])
	return smallNumber(s.text[at : at+size]), s.text[at+size : end]
}

// headedCount reads how many there are from a word on (两个, 等12个, 等) and returns
// the number, 0 where it is not told, and where what is counted begins.
func (s *sentence) headedCount(w *word) (count, at int, ok bool) {
	at = w.Start
	etc := strings.HasPrefix(s.rest(at), "等")
	if etc {
		at += len("等")
	} else if !w.has(number) && !countsKinds(w.In(s.text)) {
		return 0, 0, false
	}
	start := at
	for at < s.End {
		c, size := utf8.DecodeRuneInString(s.rest(at))
		if !strings.ContainsRune("0123456789一二三四五六七八九十两", c) {
			break
		}
		at += size
	}
	digits := s.text[start:at]
	for _, counter := range [...]string{"个", "条", "座", "处", "所", "大"} {
		if rest, found := strings.CutPrefix(s.rest(at), counter); found && digits != "" {
			return smallNumber(digits), s.End - len(rest), true
		}
	}
	return smallNumber(digits), at, etc || digits != ""
}

// smallNumber returns the value of one numeral up to ten, or of a few digits; 0
// for others.
func smallNumber(digits string) int {
	if i := strings.Index("一二三四五六七八九十", digits); i >= 0 && digits != "" && runes(digits) == 1 {
		return i/len("一") + 1
	}
	if digits == "两" {
		return 2
	}
	n := 0
	for _, c := range digits {
		if c < '0' || c > '9' || n > 1000 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// maxKind bounds the characters that tell what kind of townships or sites are meant:
// 省定示范|镇.
const maxKind = 6

// sharedHead returns what the items of a list are, and its class, if the phrase
// at byte at says that they are townships, villages or sites of one kind.
func (s *sentence) sharedHead(at int) (head string, class schema.Class) {
	for n := 0; n <= maxKind && at < s.End; n++ {
		head, class = s.r.townHeads.At(s.text[:s.End], at), schema.Division
		if head == "" {
			head = s.r.siteHeads.At(s.text[:s.End], at)
			class = schema.Class(s.r.siteHeads.Value(head))
		}
		if head != "" {
			end := at + len(head)
			i := s.wordAt(end - 1)
			if i < len(s.words) && s.words[i].End == end && s.r.afterTowns.Prefix(s.rest(end)) == "" && !strings.HasSuffix(s.text[:at], "小") { // 特色小镇 are zones
				return head, class
			}
			return "", ""
		}
		c, size := utf8.DecodeRuneInString(s.rest(at))
		if isMark(c) || c < utf8.RuneSelf || s.r.hardSingles.Has(string(c)) && c != '级' && c != '市' && c != '县' && c != '省' {
			return "", ""
		}
		at += size
	}
	return "", ""
}

// headedList proposes the items of the list that ends at byte end. Where count
// says how many there are it must be so, or at least one must look like a name.
func (s *sentence) headedList(end int, head string, class schema.Class, count int) {
	etc := strings.HasPrefix(s.rest(end), "等")
	longest := maxHeaded
	if class == schema.Division {
		longest = maxTown
	}
	items := s.headedItems(end, longest)
	if len(items) < 2 || count > 0 && count < len(items) {
		return
	}
	if etc || count != len(items) {
		if !etc || !s.anyNamed(items) {
			return
		}
	}
	rule, suffix := "town-list", s.r.townHeads.Value(head)
	if class != schema.Division {
		rule, suffix = "site-list", head
	}
	for _, item := range items {
		text := item.In(s.text)
		if own, _ := s.r.heads.ending(text); class != schema.Division && own != "" && runes(text) > maxBare || s.r.townHeads.Suffix(text) != "" && runes(text) > 2 {
			continue // it says itself what it is
		}
		s.proposeNamed(item, class, text+suffix, rule)
	}
}

// anyNamed reports whether at least one item is no word of the language.
func (s *sentence) anyNamed(items []schema.Span) bool {
	for _, item := range items {
		if s.properIn(item) && !s.genericOnly(item) {
			return true
		}
	}
	return false
}

// The characters of a name without the head that the list says once.
const (
	minHeaded = 2
	maxHeaded = 7
	maxTown   = 5
	maxBare   = 3 // of a name that may end with another head by chance: the 柳河 of 柳河水库
)

// headedItems returns the items of the list that ends at byte end, or none where
// one of them is no name or has more characters than the longest may.
func (s *sentence) headedItems(end, longest int) []schema.Span {
	var items []schema.Span
	for {
		start, sep := s.listMark(end, len(items) == 0)
		last := sep == ""
		item := schema.Span{Start: start, End: end}
		if n := runes(item.In(s.text)); n > longest || last {
			item.Start = max(start, s.headedStart(end, longest))
			last = true
		}
		if n := runes(item.In(s.text)); n < minHeaded || n > longest || !s.mayBeHeaded(item) {
			return nil
		}
		items = append(items, item)
		if last {
			return items
		}
		end = start - len(sep)
	}
}

// listMark returns where what stands after the last mark before byte end begins,
// and the mark where it is one of lists; before the last item that is a
// conjunction too.
func (s *sentence) listMark(end int, and bool) (start int, sep string) {
	start = s.Start
	if i := strings.LastIndexAny(s.text[s.Start:end], "、，。；：“”（）() "); i >= 0 {
		c, size := utf8.DecodeRuneInString(s.text[s.Start+i:])
		start += i + size
		if c == '、' {
			sep = "、"
		}
	}
	if i := strings.LastIndexAny(s.text[start:end], "和及与"); and && i > 0 && runes(s.text[start:start+i]) >= minHeaded && runes(s.text[start+i:end]) > minHeaded {
		return start + i + len("和"), "和"
	}
	return start, sep
}

// headedStart returns where the first item of a list begins that ends at byte end:
// after the last verb or function word; at its end where that makes it too long.
func (s *sentence) headedStart(end, longest int) int {
	start := end
	for i := s.wordAt(end - 1); i >= 0 && s.words[i].End > s.Start; i-- {
		w := &s.words[i]
		if w.has(mark|number|speech) || w.has(boundary|lead|verbal) && start < end || w.End < start && start < end {
			break
		}
		if d, ok := s.divisionOver(w.Start); ok && d.full && start < end {
			break
		}
		if w.has(single) && s.r.hardSingles.Has(s.in(i)) {
			break
		}
		if runes(s.text[w.Start:end]) > longest {
			return end // the rest would be half of a name
		}
		start = s.cutFront(i)
		if start > w.Start {
			break
		}
	}
	return start
}

// mayBeHeaded reports whether no other class is sure for an item.
func (s *sentence) mayBeHeaded(item schema.Span) bool {
	text := item.In(s.text)
	if s.r.notNames.Has(text) || s.r.flags.words[text].has(lead|boundary) || strings.ContainsAny(text, "0123456789的至到—-") {
		return false
	}
	if d, ok := s.divisionOver(item.Start); ok && d.Start == item.Start && d.End == item.End && d.full {
		return runes(text) > 2 && s.r.townHeads.Suffix(text) != ""
	}
	word, h := s.r.heads.ending(text)
	return word == "" || h.class == schema.Division || h.class == schema.Road || h.class == schema.Place || h.class == ""
}
