package figure

import (
	"strings"
	"unicode/utf8"
)

// following returns the noun that stands right after a number and the
// predicate behind it.
func (r *reader) following(c *clause, i int, left string) (noun, predicate string) {
	words := c.after(i)
	last := i+1 == len(c.numbers)
	if strings.TrimSpace(words) == "" && !last && r.adjacent(c, i) { // 5宗289.2亩土地出让
		return r.following(c, i+1, left)
	}
	if !last && strings.Trim(words, " 、和及") == "" && (c.numbers[i].kind == kindWhole || strings.HasSuffix(strings.TrimRight(c.before(i), " "), "的")) && r.counting(&c.numbers[i+1]) {
		return r.following(c, i+1, left) // 45个方面、89项任务
	}
	rest := strings.TrimPrefix(strings.TrimLeft(words, " "), "的")
	if rest == "" || joins(rest) || r.turns(rest) || among(rest) {
		return "", ""
	}
	if n := r.stateAt(rest, 0); n > 0 && !gives(left) {
		return "", ""
	}
	if left != "" && !r.verbal(left) && r.verbToken(c.numbers[i].End) {
		return "", ""
	}
	if _, n := r.acts.first(rest); n > 0 && left != "" && !r.modifies(rest[n:]) && !r.counting(&c.numbers[i]) && !gives(left) {
		return "", ""
	}
	noun, predicate = r.nounOf(rest, last)
	if !last && predicate == "" {
		noun += r.sharedTail(c, i)
	}
	if !last && left == "" && predicate == "" && r.counting(&c.numbers[i]) && c.numbers[i+1].kind == kindMoney {
		noun = r.withoutSum(noun)
	}
	if !last && left != "" && !r.verbal(left) {
		if head, _ := r.headOf(noun); head != "" && noun == strings.TrimSpace(rest) && !r.listed(left) {
			return "", "" // 项目102个总投资50亿元
		}
	}
	return strings.TrimSpace(noun), predicate
}

// withoutSum takes the name of the sum of money that follows off the noun of
// a count: 12个|项目|总投资62.9亿元.
func (r *reader) withoutSum(noun string) string {
	rest := strings.TrimSpace(noun)
	for _, w := range []string{"投资", "投资额", "产值", "资金"} {
		if of, ok := strings.CutSuffix(rest, w); ok && of != "" {
			for again := true; again; {
				again = false
				for _, lead := range []string{"年度", "计划", "协议", "累计", "合计", "完成", "总", "预计", "实现", "意向"} {
					if t, ok := strings.CutSuffix(of, lead); ok && t != "" {
						of, again = t, true
					}
				}
			}
			return of
		}
	}
	return noun
}

// among reports whether words begin with 中 for "of these", and not a noun.
func among(words string) bool {
	rest, ok := strings.CutPrefix(words, "中")
	return ok && !hasPrefixOf(rest, []string{"小", "型", "学", "心", "央", "药", "医", "等", "高", "低", "国", "华", "职", "欧", "老年", "专", "试", "外", "介", "巴", "餐", "成药"})
}

// verbToken reports whether the segmenter takes the word at byte offset at for
// a verb that modifies no noun.
func (r *reader) verbToken(at int) bool {
	words := r.doc.Words
	return words.Tagged(at, 'v') && !r.modifies(r.doc.Text[words.End(at):])
}

// sharedTail is what the noun of a later number says after 的, where it holds
// of this one too: 35条街路和38个小区的|架空线缆改造.
func (r *reader) sharedTail(c *clause, i int) string {
	words := strings.TrimRight(c.after(i), " ")
	for i++; i < len(c.numbers); i++ {
		if !strings.HasSuffix(words, "、") && !strings.HasSuffix(words, "和") && !strings.HasSuffix(words, "及") {
			return ""
		}
		words = strings.TrimRight(c.after(i), " ")
	}
	noun, _ := r.nounOf(words, true)
	if k := strings.Index(noun, "的"); k > 0 && !strings.ContainsAny(noun[:k], "、") {
		return noun[k+len("的"):]
	}
	return ""
}

// listed reports whether a name is a list of things that the noun sums up.
func (r *reader) listed(name string) bool {
	return strings.Contains(name, "、") || strings.HasSuffix(name, "等")
}

// adjacent reports whether number i+1 stands right after number i.
func (r *reader) adjacent(c *clause, i int) bool {
	return c.numbers[i+1].Start-c.numbers[i].End <= 1
}

// turns reports whether words go on with a comparison or a direction.
func (r *reader) turns(words string) bool {
	if r.thanOnly(words) {
		return true
	}
	for _, w := range []string{"增长", "增加", "增至", "增幅", "增速", "增到", "降低", "降至", "降到", "降幅", "下降", "下滑", "下跌", "升至", "升到", "发展到", "发展至", "扩展到", "调整为", "调整到", "减少", "减至", "上升", "提高", "提升", "回落", "收窄", "缩短", "缩减", "缩小", "压缩", "压减", "压降", "扩大", "比", "较", "低于", "高于", "占", "以上", "左右", "大关"} {
		if strings.HasPrefix(words, w) {
			return !strings.HasPrefix(words, "下岗") && !strings.HasPrefix(words, "比赛")
		}
	}
	return false
}

// modifies reports whether the words after a verb make it part of a noun:
// 签约|项目, 改造|工程.
func (r *reader) modifies(after string) bool {
	for _, w := range []string{"项目", "工程", "企业", "活动", "任务", "事项", "工作", "人员", "小区", "面积", "户", "点", "站", "中心", "平台", "基地", "学校", "案件", "机构", "公园", "道路", "线路", "服务", "资金", "岗位", "课程", "车", "村", "设施", "设备", "产品", "协议", "合同", "措施", "机制", "率", "额", "量", "者", "员", "人", "家", "单位", "用地", "地块", "楼", "厂", "店", "园", "示范", "试点", "标准", "器", "网点", "主体", "团队", "班", "会", "类", "性", "型", "路", "社区", "街", "管", "券", "款", "品", "专项", "品牌", "院", "室", "馆"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}

// nounOf parts the words after a number into a noun and a predicate. Where
// another number follows, the noun ends at a conjunction.
func (r *reader) nounOf(words string, last bool) (noun, predicate string) {
	quoted := false
	for i, c := range words {
		if c == '“' || c == '”' {
			quoted = c == '“'
		}
		if i == 0 || quoted {
			continue
		}
		rest := words[i:]
		if !last && (c == '、' || strings.HasPrefix(rest, "和") && !strings.HasPrefix(rest, "和地区") && utf8.RuneCountInString(rest) > 0) {
			return words[:i], ""
		}
		if !r.lists.than.starts.has(c) && !r.states.starts.has(c) || strings.HasSuffix(words[:i], "在") {
			continue
		}
		if r.thanOnly(rest) {
			return words[:i], ""
		}
		if n := r.stateAt(words, i); n > 0 {
			return words[:i], r.predicate(rest, n)
		}
	}
	return words, ""
}

// stateAt returns the length of the predicate verb that stands at i, or 0: one
// that is part of a longer word or of a noun is none.
func (r *reader) stateAt(words string, i int) int {
	_, n := r.states.first(words[i:])
	if n == 0 || r.modifies(words[i+n:]) || strings.HasPrefix(words[i+n:], "的问题") {
		return 0
	}
	if lead, k := r.lead.first(words[i:]); k > n && !lead {
		return 0
	}
	if _, k := r.idioms.first(words[i:]); k > n {
		return 0
	}
	if i > 0 && r.inWord(words, i) {
		return 0
	}
	return n
}

// inWord reports whether the verb that was found at i is the middle of a
// longer word that the lists know.
func (r *reader) inWord(words string, i int) bool {
	for k := i - 1; k >= max(0, i-12); k-- {
		if !utf8.RuneStart(words[k]) {
			continue
		}
		if lead, n := r.lead.first(words[k:]); n > i-k && !lead {
			return true
		}
		if _, n := r.acts.first(words[k:]); n > i-k {
			return true
		}
		if _, n := r.idioms.first(words[k:]); n > i-k {
			return true
		}
	}
	return false
}

// maxPredicate is how many characters of a predicate go into an indicator.
const maxPredicate = 16

// predicate returns a verb with its object, without adverbs: of 顺利开工建设 only the verb.
func (r *reader) predicate(words string, verb int) string {
	p := r.trimLead(strings.TrimPrefix(words, "进行"))
	if p == "" || p == words && verb == 0 {
		return ""
	}
	if i := strings.IndexAny(p, "，。；"); i >= 0 {
		p = p[:i]
	}
	p = strings.TrimRight(p, "、和及与 ")
	if _, n := r.states.first(p); n == 0 {
		if _, n := r.acts.first(p); n == 0 {
			return ""
		}
	}
	if utf8.RuneCountInString(p) > maxPredicate {
		return string([]rune(p)[:maxPredicate])
	}
	return p
}
