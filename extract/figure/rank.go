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
	if s.placedAt(prev) >= 0 {
		return true
	}
	if k := len(s.marks); k > 0 && s.marks[k-1].sort == number && s.marks[k-1].q.rank { // 第一、第二
		between := s.text[s.marks[k-1].End:s.at]
		return between == "、" || between == "和"
	}
	return false
}

// widest is how many characters of a scope may stand between the verb of a rank
// and the rank.
const widest = 22

// placedAt returns where the verb of a rank stands in the clause that s ends
// with, where only those among whom the rank is stand behind it: 跃居|全省内河港口,
// 居|宜安市, 蝉联|“全国工业百强区”. It is -1 where there is none.
func (l *lists) placedAt(s string) int {
	end := len(s)
	for runes := 0; runes <= widest && end > 0; runes++ {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		if strings.ContainsRune("，。；,;\n", r) {
			return -1
		}
		if verb, n := l.ranking.last(s[:end]); verb && n > 0 && strings.ContainsAny(s[end-n:end], "居列排位升联登") && l.amongWhom(s[end:]) {
			return end - n
		}
		end -= size
	}
	return -1
}

// amongWhom reports whether words are those among whom something has a rank.
func (l *lists) amongWhom(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "于"), "在")
	n := utf8.RuneCountInString(s)
	if n < 2 || n > widest {
		return false
	}
	if strings.HasPrefix(s, "“") {
		return strings.HasSuffix(s, "”") || strings.Contains(s, "”排名")
	}
	if strings.ContainsAny(s, "0123456789、，") {
		return false
	}
	for i := range s {
		if _, k := l.scopes.last(s[:i]); i > 0 && k == i {
			return true
		}
	}
	return hasPrefixOf(s, []string{"各", "同类", "同", "郊区", "我国", "我省", "我市", "中国", "亚洲", "沿海", "内陆", "山区", "平原"}) ||
		n > 2 && n < 7 && strings.ContainsAny(lastRune(s), "省市州区县盟旗")
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

// placed reports whether a number of 位 is a rank without 第: the first of a move
// that a noun of ranks begins, or the one behind it: 排名由|41位|上升到|37位.
func (s *scanner) placed(prev, next string) bool {
	if k := len(s.marks); k > 0 && s.marks[k-1].sort == number && s.marks[k-1].q.rank {
		between := s.text[s.marks[k-1].End:s.at]
		return utf8.RuneCountInString(between) < 6 && hasPrefixOf(between, rises[:])
	}
	prev = strings.TrimRight(prev, " 的")
	if !hasPrefixOf(next, rises[:]) || !risen(prev, next) {
		return false
	}
	noun := strings.TrimRight(strings.TrimRight(prev, "由从年上去"), "0123456789")
	return hasSuffixOf(strings.TrimRight(noun, "由从"), []string{"排名", "位次", "名次", "排位"})
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
