package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// rank reads a position: 位列全市第二. Names that 、 joins share it.
func (r *reader) rank(c *clause, i int, left string) {
	n := &c.numbers[i]
	n.unit = ""
	words := r.ranked(left)
	if i > 0 && c.numbers[i-1].yearsRun { // X连续两年全省第一
		words = r.ranked(strings.TrimSuffix(c.before(i-1), "连续") + words)
	}
	if i > 0 && r.scopeCount(c, i-1) { // 列全市6个县区第2位
		words = r.ranked(c.before(i - 1))
	}
	if r.rankEach(c, n, words) {
		return
	}
	names := []string{r.clean(words)}
	if names[0] == "" {
		names[0] = r.chart(left)
	}
	if strings.Contains(words, "、") {
		if parts := r.parted(words, 0); len(parts) > 1 {
			if names = parts; !pronoun(parts[0]) {
				names = r.headed(parts)
			}
		}
	}
	if parts := cutAll(names[0], []string{"和", "与", "、"}); len(parts) > 1 && pronouns(parts) {
		names = parts
	}
	last := r.passage.last
	for k, name := range names {
		if names[k] = r.pointed(name); pronoun(name) && last != "" {
			names[k] = last + growthWord(name)
		}
	}
	for k, name := range names {
		if name != "" {
			names[k] = r.complete(name, n)
		}
	}
	if names[0] == "" {
		names = []string{r.passage.last}
	}
	for _, name := range names {
		if name == "" || utf8.RuneCountInString(name) < 2 {
			r.skip(n, "nothing names what is ranked")
			continue
		}
		r.add(c, n, find{name: name, measure: schema.Rank, rule: "rank"})
		r.passage.last, r.passage.lastFig = name, -1
	}
}

// chart is the list of the best that a rank is on, where nothing else is named
// that is ranked: 位列“全国百强县”|第29位, 全国百强区排名|第55位.
func (r *reader) chart(left string) string {
	left = strings.TrimSpace(left)
	for _, mark := range []string{"，", ",", "；", "。"} {
		if i := strings.LastIndex(left, mark); i >= 0 {
			left = left[i+len(mark):]
		}
	}
	if _, n := r.ranking.last(left); n > 0 {
		left = left[:len(left)-n]
	}
	if at := r.placedAt(left); at >= 0 {
		left = left[at:]
		for i := range left {
			if _, n := r.ranking.last(left[:i]); n > 0 && n == i {
				left = left[i:]
				break
			}
		}
	}
	left = strings.Trim(left, "“”")
	if !hasAny(left, "百强", "十强", "千强", "强县", "强区", "强市", "榜") || utf8.RuneCountInString(left) > widest {
		return ""
	}
	return left
}

// pronouns reports whether all names stand for others: 总量和增幅.
func pronouns(names []string) bool {
	for _, name := range names {
		if !pronoun(name) {
			return false
		}
	}
	return true
}

// growthWord is what a pronoun of growth adds to the name before it.
func growthWord(pronoun string) string {
	if hasAny(pronoun, "速", "增长") {
		return "增速"
	}
	if hasAny(pronoun, "幅") {
		return pronoun
	}
	return ""
}

// scopeCount reports whether number i says among how many the rank behind it is.
func (r *reader) scopeCount(c *clause, i int) bool {
	if i+1 >= len(c.numbers) || !c.numbers[i+1].rank || !r.counting(&c.numbers[i]) {
		return false
	}
	between := strings.TrimSpace(c.after(i))
	_, n := r.scopes.last(between)
	return n > 0 && n == len(between) || hasAny(between, "县", "区", "市", "旗", "镇") && utf8.RuneCountInString(between) < 8
}

// rankEach reads 数量均位列第一: a rank of each count of the sentence.
func (r *reader) rankEach(c *clause, n *numbered, words string) bool {
	name := r.clean(strings.TrimSuffix(strings.TrimSuffix(words, "均"), "都"))
	if name != "数量" && name != "总量" && name != "规模" || len(r.passage.levels) < 2 || !strings.Contains(c.words(c.Span), "均") {
		return false
	}
	for _, fig := range r.passage.levels {
		if x := r.figures[fig]; x.Unit != "%" {
			r.add(c, n, find{name: x.Indicator + name, measure: schema.Rank, rule: "rank-each"})
		}
	}
	return true
}

// ranked takes the verb and the scope of a rank off the end of the words
// before it, in any order.
func (r *reader) ranked(s string) string {
	for {
		t := strings.TrimRight(s, " 的中里")
		t = strings.TrimSuffix(t, "综合")
		if _, n := r.ranking.last(t); n > 0 && !strings.HasSuffix(t, "增速") {
			t = t[:len(t)-n]
		} else if _, n := r.scopes.last(t); n > 0 {
			t = t[:len(t)-n]
		} else if name := r.endsDivision(t); name != "" {
			t = strings.TrimSuffix(t, name)
		} else if at := r.placedAt(t); at >= 0 {
			t = t[:at]
		} else if strings.HasSuffix(t, "均") || strings.HasSuffix(t, "在") && len(t) > 3 {
			t = t[:len(t)-3]
		}
		if t == s {
			return r.unrun(s)
		}
		s = t
	}
}

// endsDivision returns the name of a division that s ends with, or "".
func (r *reader) endsDivision(s string) string {
	_, n := r.places.last(s)
	return s[len(s)-n:]
}

// unrun takes 连续两年 off: its number is a figure of its own.
func (r *reader) unrun(s string) string {
	s = strings.TrimRight(s, " ")
	for _, from := range []string{"由第", "从第", "由的第", "从的第", "由倒数", "从倒数", "由全市", "由全省", "由全州", "从全市", "从全省"} {
		if i := strings.Index(s, from); i >= 0 {
			s = s[:i]
		}
	}
	s = strings.TrimSuffix(s, "连续")
	s, _ = r.compared(s)
	return s
}

// spared reports whether words tell of what was kept from happening, of which
// the years are the measure: “零火点”, 未发生较大事故.
func spared(words string) bool {
	words = strings.TrimPrefix(strings.TrimLeft(words, " "), "保持")
	if quoted, _, ok := strings.Cut(words, "”"); ok && strings.HasPrefix(quoted, "“") {
		return hasAny(quoted, "零", "无", "不", "未")
	}
	return hasPrefixOf(words, []string{"零", "无", "未", "没有", "实现零", "实现“零"})
}

// yearsRun reads 连续7年: how long what the clause says has held.
func (r *reader) yearsRun(c *clause, i int, left string) {
	n := &c.numbers[i]
	if !spared(c.after(i)) && !(i+1 < len(c.numbers) && c.numbers[i+1].rank) {
		r.skip(n, "a run of years is told beside what it is a run of")
		return
	}
	name := r.clean(strings.TrimSuffix(left, "连续"))
	after := r.clean(r.ranked(c.after(i)))
	if name == "" && after == "" {
		r.skip(n, "nothing names what lasts")
		return
	}
	r.add(c, n, find{name: name + after + "连续年数", measure: schema.Level, rule: "years-running"})
}
