package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// perHousehold returns the words with which an indicator says of how many
// households or people something is owned, which hold for the rest of a list:
// 每百户农民家庭拥有|彩电46台、摩托车8辆.
func perHousehold(name string) string {
	if !hasPrefixOf(name, []string{"每百户", "平均每百户", "每百人", "每千人", "每万人", "平均每百人", "每户", "平均每户", "户均"}) {
		return ""
	}
	for _, w := range []string{"拥有", "有"} {
		if i := strings.Index(name, w); i > 0 && i+len(w) < len(name) {
			return name[:i+len(w)]
		}
	}
	return ""
}

// spreadFormer reads what several levels told one after the other were before:
// 彩电46台、摩托车8辆，上年则为|38台、6辆.
func (r *reader) spreadFormer(c *clause, words string) bool {
	k := len(c.numbers)
	told := strings.TrimLeft(strings.TrimSpace(words), "则分别")
	if k < 2 || told != "为" && told != "是" || len(r.passage.levels) < k || !r.values(c) {
		return false
	}
	levels := r.passage.levels[len(r.passage.levels)-k:]
	for i, fig := range levels {
		if r.figures[fig].Unit != c.numbers[i].unit {
			return false
		}
	}
	names := r.lastNames(k)
	for i := range c.numbers {
		r.add(c, &c.numbers[i], find{name: names[i], measure: schema.Level, rule: "each-former"})
	}
	return true
}

// spreadBefore are the names that 分别 gives values to where the clause before
// names them and says what is so of all: 菱镁、纺织产值均突破百亿元，|分别达到….
func (r *reader) spreadBefore(k int) []string {
	words := r.passage.clauseBefore
	for _, w := range []string{"均", "都", "双双"} {
		if i := strings.Index(words, w); i > 0 {
			for depth := range separators {
				if names := r.parted(words[:i], depth); len(names) == k && k > 1 {
					return r.headed(names)
				}
			}
		}
	}
	return nil
}

// plannedSum names a sum of money of which a clause only says that it is planned
// or done: 重点项目14宗，|计划44亿元，|完成26亿元.
func (r *reader) plannedSum(words string) string {
	last := r.passage.last
	if last == "" || utf8.RuneCountInString(last) > 20 {
		return ""
	}
	base := last
	if of, ok := strings.CutSuffix(last, "投资"); ok {
		base = of
		for _, w := range []string{"总", "计划", "年度", "完成", "协议", "年", "概算"} {
			base = strings.TrimSuffix(base, w)
		}
	}
	switch strings.TrimSpace(words) {
	case "计划", "年度计划", "年计划", "计划完成":
		if _, n := r.acts.first(base); n == 0 && base != "" {
			return base + "年度计划投资"
		}
	case "完成", "已完成", "累计完成", "实际完成":
		if base != last || strings.HasSuffix(last, "重点") || strings.HasSuffix(last, "项目") {
			return base + "完成投资"
		}
	}
	return ""
}
