package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// chineseCounts reports whether a number in Chinese numerals is one: its unit
// must be fit for them, and 一 is an article.
func (s *scanner) chineseCounts(q *quantity, prev, next string) bool {
	one := q.value.Equal(decimal.NewFromInt(1)) && strings.HasPrefix(s.text[q.Start:q.End], "一")
	if r, _ := utf8.DecodeLastRuneInString(prev); chineseNumeral(r) || r == '第' || r == '每' || r == '这' || r == '那' || r == '同' {
		return false
	}
	written := s.text[q.Start:q.End]
	if q.value.IsZero() || guessed(written) || admitted(written, next) { // 零件
		return false
	}
	scaled := strings.ContainsAny(written, "百千万亿")
	if scaled && strings.HasPrefix(next, "大关") {
		return true
	}
	if q.unit == "大" {
		return s.bigOnes(next)
	}
	switch q.kind {
	case kindNone:
		return false
	case kindRatio:
		return true
	case kindWhole:
		return q.unit != "级" && !one
	case kindAmount, kindMoney, kindPerson, kindCount:
		if !one {
			return true
		}
		return (next == "" || strings.ContainsRune("，。；、,;", firstRune(next))) && q.kind != kindPerson && s.acted(prev)
	}
	return false
}

// bigOnes reports whether 六大X counts things, rather than being a slogan.
func (s *scanner) bigOnes(next string) bool {
	for _, w := range []string{"产业园区", "园区", "领域", "方面", "片区", "板块", "基地", "项目", "集团", "市场", "产业集群", "集群", "商圈", "景区", "公园", "平台", "中心", "产业"} {
		if strings.HasPrefix(next, w) {
			return true
		}
	}
	return false
}

// acted reports whether the clause before the number has a verb of doing: 新建学校一所.
func (s *scanner) acted(prev string) bool {
	if i := strings.LastIndexAny(prev, "，。；,;"); i >= 0 {
		_, size := utf8.DecodeRuneInString(prev[i:])
		prev = prev[i+size:]
	}
	_, at, _ := s.acts.search(prev)
	return at >= 0 && !strings.HasSuffix(prev, "了")
}

// guessed reports whether a numeral is a guess at a small number, which tells
// of people in a story and measures nothing: 十几位, 五六个.
func guessed(written string) bool {
	if strings.Contains(written, "几") {
		return !strings.ContainsAny(written, "百千万亿")
	}
	before := int64(-1)
	for _, r := range written {
		d, ok := chineseDigit(r)
		if ok && before > 0 && d == before+1 {
			return true
		}
		if before = -1; ok {
			before = d
		}
	}
	return false
}

// admitted reports whether a numeral names the schools that an examination
// opens, and counts no books: 二本|以上上线386人.
func admitted(written, next string) bool {
	if strings.HasPrefix(written, "一本") || strings.HasPrefix(written, "二本") || strings.HasPrefix(written, "三本") {
		return strings.HasSuffix(written, "以上") || hasPrefixOf(next, []string{"上线", "率", "线", "批", "达线", "院校", "录取", "及以上", "人数", "（含", "(含"})
	}
	return false
}
