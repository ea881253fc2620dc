package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// evidence is what a walk to the left found before a head.
type evidence struct {
	start     int  // byte where the name begins
	content   int  // characters that are neither generic nor cut
	proper    bool // something that looks like a proper name
	division  bool // the name begins with a division
	bare      bool // and nothing else stands before the head
	level     bool // the name begins with the word for a level
	owned     bool // a company and 的 stand before it
	quote     bool // a quotation stands in it
	counted   bool // a number of things stands before it: 50个|重点项目
	ordinal   bool // 第N stands in it
	nearQuote bool // the quotation ends at most one word before the head
}

// walkLeft finds where the name begins whose head begins at byte b: it goes
// from word to word until one that no name runs over, then cuts from the front
// what only describes.
func (s *sentence) walkLeft(b int, h head) evidence {
	i := s.wordAt(b)
	lo := i
	var ev evidence
	if i < len(s.words) && s.words[i].Start < b { // the head is the end of a longer word
		lo = i
	}
	i--
	for n := 0; i >= 0 && n < h.max; i-- {
		w := s.words[i]
		if k := s.knownEnding(w.End); k >= 0 && s.words[k].Start < w.Start {
			n += runes(s.text[s.words[k].Start:w.End])
			i, lo = k, k
			continue
		}
		if i+1 < len(s.words) && w.End < s.words[i+1].Start {
			break // white space
		}
		if d, ok := s.divisionOver(w.Start); ok && d.End >= w.End {
			if ok = !d.full || h.class != schema.Division; !ok {
				break
			}
			for i > 0 && s.words[i].Start > d.Start {
				i--
			}
			lo = i
			n += runes(d.In(s.text))
			continue
		}
		if w.has(mark) {
			open := s.opening(i, h)
			if open < 0 {
				break
			}
			ev.quote = ev.quote || s.in(i) == "”" || s.in(i) == `"`
			if ev.quote && b-w.End <= 3*len("治理格") {
				ev.nearQuote = true
			}
			n += runes(s.text[s.words[open].Start:w.End])
			i = open
			lo = i
			continue
		}
		if w.has(number) {
			ok, counted := s.numberInName(i, h)
			if !ok {
				ev.counted = counted
				break
			}
			lo = i
			n += runes(s.in(i))
			continue
		}
		if w.has(counter) && i > 0 && s.words[i-1].has(number) && !(h.class == schema.Project && s.r.capacities.Has(s.in(i))) {
			if s.in(i) != "级" && s.in(i) != "号" && s.in(i) != "期" {
				ev.counted = true
				break
			}
		}
		if w.has(boundary) && !w.has(inside) && !s.joinsPlaces(i, h) && !s.joinsEvent(i, h) && !s.joinsWorks(i, h) && !s.sideOfVillage(i, h) && !s.middle(i) || w.has(verbal) && !s.allowsVerb(h, b, n) {
			break
		}
		if h.class == schema.Enterprise && s.r.appositives.Suffix(s.in(i)) != "" {
			break // 世界500强企业|吉利控股集团
		}
		if (h.class == schema.Road || h.class == schema.Place) && h.mode == needsShort && n > 0 && s.r.roadEnds.Suffix(s.in(i)) != "" {
			break // 华远路|前进大街
		}
		lo = i
		n += runes(s.in(i))
		if s.cutFront(i) > w.Start {
			break
		}
	}
	s.trim(&ev, lo, b, h)
	return ev
}

// allowsVerb reports whether a verb may stand in a name of the head at byte b,
// with n characters between it and the head: 根治|欠薪行动, 前进|大街.
func (s *sentence) allowsVerb(h head, b, n int) bool {
	switch h.class {
	case schema.Event:
		return true
	case schema.Program:
		return s.r.deeds.Prefix(s.rest(b)) != ""
	case schema.Road, schema.Place, schema.Division, schema.School, schema.Project:
		return n == 0
	}
	return false
}

// joinsPlaces reports whether word i is the 至 between the two ends of a road.
func (s *sentence) joinsPlaces(i int, h head) bool {
	if s.in(i) != "至" || i == 0 || h.class != schema.Road && h.class != schema.Project {
		return false
	}
	_, ok := s.divisionEnding(s.words[i].Start)
	return ok || s.words[i-1].Tag == "ns" || s.words[i-1].has(proper)
}

// joinsEvent reports whether word i is the 与 inside the name of a numbered
// event: 第四届建筑遗产保护与修复|博览会.
func (s *sentence) joinsEvent(i int, h head) bool {
	if h.class != schema.Event || !s.r.conjunctions.Has(s.in(i)) {
		return false
	}
	for j := i - 1; j >= 0 && j > i-10; j-- {
		w := s.words[j]
		if w.has(number) && strings.HasPrefix(s.in(j), "第") {
			return true
		}
		if w.has(mark) || w.has(boundary) && !w.has(inside) {
			return false
		}
	}
	return false
}

// joinsWorks reports whether word i is the 及 between two works of one project:
// 精深加工|及|保健食品|生产线.
func (s *sentence) joinsWorks(i int, h head) bool {
	return h.class == schema.Project && s.in(i) == "及" && i > 0 && s.words[i-1].has(inside|generic) && i+1 < len(s.words) && !s.words[i+1].has(proper|boundary)
}

// sideOfVillage reports whether word i is a direction that the name of a
// village has: 西|上|碾头村.
func (s *sentence) sideOfVillage(i int, h head) bool {
	return h.class == schema.Division && s.words[i].has(single) && strings.Contains("上下中前后里外", s.in(i)) &&
		(i == 0 || s.words[i-1].has(mark|single))
}

// middle reports whether word i is the 中 of a region: 滇|中|经济技术开发区.
func (s *sentence) middle(i int) bool {
	return s.in(i) == "中" && i > 0 && s.words[i-1].has(single) && !s.words[i-1].has(mark|boundary|number|counter) && s.words[i-1].End == s.words[i].Start
}

// knownEnding returns the index of the word with which a name of the lexicon
// begins that ends at byte b, or -1.
func (s *sentence) knownEnding(b int) int {
	for _, k := range s.knowns {
		if k.End == b {
			return s.wordAt(k.Start)
		}
	}
	return -1
}

// opening returns the index of the word that opens the quotation or bracket
// which word i closes, or -1 where i is another mark or the name cannot hold it.
func (s *sentence) opening(i int, h head) int {
	var open string
	switch s.in(i) {
	case "”":
		open = "“"
	case `"`:
		if strings.Count(s.text[s.Start:s.words[i].Start], `"`)%2 == 0 {
			return -1
		}
		open = `"`
	case ")":
		open = "("
	case "）":
		open = "（"
	case "》":
		open = "《"
	case "·", "•", "-", "－", "—", "+", "&", "＋":
		if i > 0 && i+1 < len(s.words) && s.words[i-1].End == s.words[i].Start && !s.words[i-1].has(mark) && !s.words[i+1].has(mark) {
			return i
		}
		return -1
	default:
		return -1
	}
	for j, n := i-1, 0; j >= 0 && n < 22; j-- {
		if s.in(j) == open {
			if (open == "(" || open == "（") && (n > 8 || s.words[i-1].has(number) && i-j == 2) {
				return -1
			}
			return j
		}
		if strings.ContainsAny(s.in(j), "。；！？”") {
			return -1
		}
		n += runes(s.in(j))
	}
	return -1
}

// numberInName reports whether the number that word i is may stand in a name
// of the head, and if not, whether it counts what follows.
func (s *sentence) numberInName(i int, h head) (ok, counted bool) {
	text := s.in(i)
	next := ""
	if i+1 < len(s.words) {
		next = s.in(i + 1)
	}
	switch {
	case h.class == schema.School && !strings.ContainsAny(text, "年月日万亿个两") && i+1 < len(s.words) && s.r.heads.words.Prefix(next) != "" && (runes(text) > 1 || next == "中"):
		return true, false // 一〇八|初中
	case h.class == schema.Project && (s.r.capacities.Has(text) || s.r.capacities.Has(next)):
		return true, false // 15万吨
	case strings.HasPrefix(text, "第") || strings.HasSuffix(text, "届") && runes(text) > 1:
		return true, false
	case i > 0 && s.in(i-1) == "第" && s.words[i-1].End == s.words[i].Start:
		return true, false
	case next == "国道" || next == "省道" || next == "县道" || next == "号" || next == "期" || next == "级" || next == "号线" || next == "中":
		return true, false
	case strings.HasPrefix(text, "百") || strings.HasPrefix(text, "千") || strings.HasPrefix(text, "万"):
		return runes(text) > 1 && !s.r.measures.In(text), false
	case s.r.dates.Has(text):
		return true, false
	case runes(text) == 1 && strings.ContainsAny(text, "一二三四五六七八九十") && s.r.numbered.Has(next):
		return true, false
	case text == "首批" || text == "首届" || text == "一期" || text == "二期" || text == "三期" || text == "四期":
		return true, false
	case strings.HasSuffix(text, "年") && runes(text) < 4: // 三年
		return true, false
	case next == "年" || text == "年" || strings.HasSuffix(text, "年"):
		return false, false
	}
	r, _ := utf8.DecodeRuneInString(text)
	return false, r < utf8.RuneSelf || strings.ContainsRune("一二三四五六七八九十两数多几", r)
}

// trim cuts from the front of the words from lo to the head at byte b what only
// describes, and weighs the rest.
func (s *sentence) trim(ev *evidence, lo, b int, h head) {
	for ; lo < len(s.words) && s.words[lo].Start < b; lo++ {
		w := s.words[lo]
		if !w.has(lead) && !(w.has(inside) && w.has(boundary)) {
			break
		}
		if w.has(number) {
			break
		}
	}
	if lo >= len(s.words) {
		ev.start = b
		return
	}
	ev.start = min(s.cutFront(lo), b)
	ev.start = s.atDivision(s.wholeDivision(ev.start, h), b, h)
	ev.owned = h.class == schema.Project && strings.HasSuffix(s.text[s.Start:ev.start], "的") && s.ownerBefore(ev.start-len("的"))
	if d, ok := s.divisionOver(ev.start); ok && d.Start == ev.start {
		ev.division = true
		ev.bare = s.divisionChainEnd(d) == b
	}
	ev.level = !ev.division && s.levelAt(ev.start)
	s.weigh(ev, b, h)
}

// wholeDivision moves the start of a company's name to the left where the
// segmenter has cut the name of a province or city in two: 上|海瑞达.
func (s *sentence) wholeDivision(start int, h head) int {
	if h.class != schema.Enterprise && h.class != schema.Organization || start <= s.Start {
		return start
	}
	from := s.back(start, 1)
	first := s.after(start, 1)
	for _, d := range s.r.lex.Divisions.Named(s.text[from:start] + first) {
		if d.Level <= lexicon.City && !d.Abolished {
			return from
		}
	}
	return start
}

// levelAt reports whether the word for a level stands for the district at byte
// b, where a name begins: 区|图书馆, 县|一中.
func (s *sentence) levelAt(b int) bool {
	i := s.wordAt(b)
	l := s.r.levels.Prefix(s.in(i))
	return l != "" && s.words[i].Start == b && (len(l) == s.words[i].Len() || s.r.heads.words.Suffix(s.in(i)) != "") && s.opensName(b)
}

// ownerBefore reports whether the name of a company ends at byte b.
func (s *sentence) ownerBefore(b int) bool {
	word, h := s.r.heads.ending(s.text[s.Start:b])
	return word != "" && h.class == schema.Enterprise || s.knownEnding(b) >= 0
}

// divisionChainEnd returns where the chain of divisions ends that d begins.
func (s *sentence) divisionChainEnd(d division) int {
	end := d.End
	for _, e := range s.divs {
		if e.Start == end {
			end = e.End
		}
	}
	return end
}

// cutFront returns where word i begins, or after the function word that the
// segmenter took for the beginning of an unknown word: 由|国采.
func (s *sentence) cutFront(i int) int {
	w := s.words[i]
	if w.Tag != "x" || w.has(mark) || w.has(common) {
		return w.Start
	}
	text := s.in(i)
	_, size := utf8.DecodeRuneInString(text)
	if size < len(text) && s.r.clitics.Has(text[:size]) {
		return w.Start + size
	}
	return w.Start
}

// atDivision moves the start of a name to the first division in it, where what
// stands before is no name of its own: 对接|南关区商务局.
func (s *sentence) atDivision(start, b int, h head) int {
	for _, d := range s.divs {
		if h.class == schema.Division && d.full && d.End > start && d.End <= b {
			start = d.End // 大庄镇|曙光村: each is a name of its own
			continue
		}
		if d.Start <= start || d.chain < start || d.End > b || !d.full && !s.plainBetween(start, d.chain) {
			continue
		}
		if h.class == schema.Project || h.class == schema.Event {
			continue
		}
		if h.class == schema.Program && strings.HasPrefix(s.text[d.End:b], "“") {
			return d.End
		}
		if h.class == schema.Program {
			continue
		}
		if front := s.text[start:d.chain]; s.r.heads.words.Suffix(front) == "" && len(s.r.lex.Lookup(front)) == 0 {
			return d.chain
		}
	}
	return start
}

// plainBetween reports whether only words that describe or tell nothing stand
// between two bytes.
func (s *sentence) plainBetween(from, to int) bool {
	for i := s.wordAt(from); i < len(s.words) && s.words[i].Start < to; i++ {
		if !s.words[i].has(generic | lead | inside | verbal) {
			return false
		}
	}
	return true
}

// weigh counts what in the name before its head at byte b tells it from others.
func (s *sentence) weigh(ev *evidence, b int, h head) {
	singles, divisions := 0, 0
	for i := s.wordAt(ev.start); i < len(s.words) && s.words[i].Start < b; i++ {
		w := s.words[i]
		text := s.text[max(w.Start, ev.start):min(w.End, b)]
		if w.End > b { // the head is the end of the word: 住宅|小区
			w.flags = s.r.flags.of(text, "n") | w.flags&(generic|common)
		}
		if w.has(mark) {
			if text == "“" {
				ev.quote = true
			}
			singles = 0
			continue
		}
		if d, ok := s.divisionOver(w.Start); ok && w.End <= d.End {
			ev.proper = true
			singles = 0
			if divisions++; !d.full && (divisions > 1 || h.class != schema.Project && h.class != schema.Program) || h.class == schema.Event {
				ev.content += runes(text)
			}
			continue
		}
		if w.has(number) && strings.HasSuffix(text, "年") {
			ev.content++
		}
		if w.has(number) && strings.HasPrefix(text, "第") {
			ev.ordinal = true
		}
		if w.has(inside) && !w.has(single) && s.r.systems.Prefix(s.text[b:s.End]) != "" {
			continue // 运营|模式 says no more than 模式
		}
		if !w.has(generic) && !w.has(lead) {
			ev.content += runes(text)
		}
		if w.has(proper) && w.End <= b {
			ev.proper = true
		}
		if w.has(single) && !w.has(generic) && !w.has(number) && !w.has(boundary) {
			if singles++; singles > 1 {
				ev.proper = true
			}
		} else {
			singles = 0
		}
		if entries, end := s.r.lex.Longest(s.text[:b], w.Start); entries != nil && end >= w.End && runes(s.text[w.Start:end]) > 1 {
			ev.proper = true
		}
	}
}
