package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// evidence is what a walk to the left found before a head.
type evidence struct {
	start     int  // byte where the name begins
	content   int  // characters that are neither generic nor cut
	proper    bool // something that looks like a proper name
	division  bool // the name begins with a division
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
		if i+1 < len(s.words) && w.End < s.words[i+1].Start {
			break // white space
		}
		if w.has(mark) {
			open := s.opening(i, h)
			if open < 0 {
				break
			}
			ev.quote = ev.quote || strings.HasPrefix(s.in(i), "”")
			if ev.quote && b-w.End <= 3*len("治理格") {
				ev.nearQuote = true
			}
			n += runes(s.text[s.words[open].Start:w.End])
			i = open
			lo = i
			continue
		}
		if w.has(number) {
			ok, counted := s.numberInName(i, b)
			if !ok {
				ev.counted = counted
				break
			}
			lo = i
			n += runes(s.in(i))
			continue
		}
		if w.has(counter) && i > 0 && s.words[i-1].has(number) {
			if s.in(i) != "级" && s.in(i) != "号" && s.in(i) != "期" {
				ev.counted = true
				break
			}
		}
		if w.has(boundary) && !w.has(inside) {
			break
		}
		lo = i
		n += runes(s.in(i))
	}
	s.trim(&ev, lo, b, h)
	return ev
}

// opening returns the index of the word that opens the quotation or bracket
// which word i closes, or -1 where i is another mark or the name cannot hold it.
func (s *sentence) opening(i int, h head) int {
	var open string
	switch s.in(i) {
	case "”":
		open = "“"
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
// whose head begins at byte b, and if not, whether it counts what follows.
func (s *sentence) numberInName(i, b int) (ok, counted bool) {
	text := s.in(i)
	next := ""
	if i+1 < len(s.words) {
		next = s.in(i + 1)
	}
	switch {
	case strings.HasPrefix(text, "第") || strings.HasSuffix(text, "届") && runes(text) > 1:
		return true, false
	case i > 0 && s.in(i-1) == "第" && s.words[i-1].End == s.words[i].Start:
		return true, false
	case next == "号" || next == "期" || next == "级" || next == "号线" || next == "中":
		return true, false
	case strings.HasPrefix(text, "百") || strings.HasPrefix(text, "千") || strings.HasPrefix(text, "万"):
		return runes(text) > 1, false
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
	ev.start = s.atDivision(ev.start, b, h)
	if d, ok := s.divisionOver(ev.start); ok && d.Start == ev.start {
		ev.division = true
	}
	s.weigh(ev, b)
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
		if d.Start <= start || d.chain < start || d.End > b || !d.full {
			continue
		}
		if h.class == schema.Project || h.class == schema.Program || h.class == schema.Honor || h.class == schema.Event {
			continue
		}
		if front := s.text[start:d.chain]; s.r.heads.words.Suffix(front) == "" && len(s.r.lex.Lookup(front)) == 0 {
			return d.chain
		}
	}
	return start
}

// weigh counts what in the name before its head at byte b tells it from others.
func (s *sentence) weigh(ev *evidence, b int) {
	singles := 0
	for i := s.wordAt(ev.start); i < len(s.words) && s.words[i].Start < b; i++ {
		w := s.words[i]
		text := s.text[max(w.Start, ev.start):min(w.End, b)]
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
			continue
		}
		if w.has(number) && strings.HasPrefix(text, "第") {
			ev.ordinal = true
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
