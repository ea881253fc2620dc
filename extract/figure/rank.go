package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// ordinal reads 第三, 第2位 and 前十. Where it is a rank it becomes a number.
func (s *scanner) ordinal(rest string, size int) {
	n, ok := s.numeral(rest[size:], "")
	if !ok {
		s.at += size
		return
	}
	length := size + n.length
	if n.value.IntPart() < 1 || n.value.IntPart() > 3000 || n.point {
		s.at += length
		return
	}
	for _, w := range []string{"位", "名", "强"} {
		if strings.HasPrefix(rest[length:], w) {
			length += len(w)
			break
		}
	}
	if s.ranked(rest[length:]) {
		s.rank(length, n.value)
		return
	}
	s.at += length
}

// position reads 首位 and other words that say rank 1.
func (s *scanner) position(rest string, n int) {
	if s.ranked(rest[n:]) {
		s.rank(n, decimal.NewFromInt(1))
		return
	}
	s.at += n
}

func (s *scanner) rank(n int, value decimal.Decimal) {
	s.add(number, n, quantity{Span: schema.Span{Start: s.at, End: s.at + n}, value: value, high: value, rank: true}, period{})
}

// ranked reports whether the words around an ordinal make it a rank: it must
// follow a verb or a scope and end its phrase.
func (s *scanner) ranked(next string) bool {
	if !phraseEnd(next) && !hasPrefixOf(next, rises[:]) {
		return false
	}
	prev := strings.TrimRight(s.text[s.start:s.at], " 的")
	prev = strings.TrimSuffix(prev, "总分")
	if _, n := s.ranking.last(prev); n > 0 || risen(prev, next) {
		return true
	}
	if _, n := s.scopes.last(prev); n > 0 {
		return true
	}
	if k := len(s.marks); k > 0 && s.marks[k-1].sort == number && s.marks[k-1].q.rank { // 第一、第二
		between := s.text[s.marks[k-1].End:s.at]
		return between == "、" || between == "和"
	}
	return false
}

// rises are the verbs that lead from one rank to another.
var rises = [...]string{"前移", "上升", "升至", "升到", "提升", "跃升", "跃居", "进位", "下降", "前进", "晋升", "后移", "降至"}

// risen reports whether words stand between two ranks, or before the first of
// them: 由2019年的|第60位|前移到|第35位.
func risen(prev, next string) bool {
	if year, ok := strings.CutSuffix(prev, "年"); ok && hasPrefixOf(next, rises[:]) {
		prev = strings.TrimRight(year, "0123456789上去")
	}
	return strings.HasSuffix(prev, "由") || strings.HasSuffix(prev, "从") || hasSuffixOf(prev, []string{"前移到", "前进到", "提高到", "下降到", "后移到", "降至", "进至"})
}

// phraseEnd reports whether next does not go on with the noun that an ordinal
// counts (第一批, 第三方).
func phraseEnd(next string) bool {
	if next == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(next)
	if strings.ContainsRune("，。；、！,;)）!和及与并而且!：”\"", r) || r == ' ' || r == '\n' {
		return true
	}
	for _, w := range []string{"的好成绩", "的成绩", "位次", "，"} {
		if strings.HasPrefix(next, w) {
			return true
		}
	}
	return false
}
