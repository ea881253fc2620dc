package figure

import (
	"strings"
	"unicode/utf8"
)

// timed names a length of time by what took it: 签约开工不到90天.
func (r *reader) timed(c *clause, i int, op operator, name string) string {
	left := r.clean(op.name)
	if left == "" && op.reached {
		left = r.passage.last
	}
	if utf8.RuneCountInString(left) < 2 && strings.HasSuffix(strings.TrimRight(c.before(i), " "), "为期") {
		return "为期"
	}
	after := strings.TrimSpace(c.after(i))
	if joins(after) || r.turns(after) {
		after = ""
	}
	after = strings.TrimPrefix(strings.TrimPrefix(after, "即"), "就")
	if left == "" && utf8.RuneCountInString(after) <= 10 {
		return after
	}
	if _, n := r.acts.first(after); n > 0 {
		after = after[:n]
	} else if _, n := r.states.first(after); n > 0 {
		after = after[:n]
	} else if utf8.RuneCountInString(after) > 6 {
		after = ""
	}
	if strings.HasSuffix(left, "历时") || strings.HasSuffix(left, "用时") {
		return after + left
	}
	if after == "" {
		return left
	}
	return left + after
}

// told reports whether words tell the value of what was named before: 达到, 为.
func told(words string) bool {
	words = strings.TrimRight(words, " ")
	for _, w := range []string{"达", "达到", "为", "是", "合", "共计", "合计", "总计", "于", "折合", "相当于", "控制在", "保持在", "稳定在", "维持在"} {
		if strings.HasSuffix(words, w) {
			return true
		}
	}
	return false
}
