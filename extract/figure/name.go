package figure

import (
	"strings"
	"unicode/utf8"
)

// maxName is how many characters an indicator may have before it is cut to
// what its last verb governs.
const maxName = 28

// clean makes an indicator of the words before a number: without what leads
// to it (全年, 积极), what tells the value (达到), verbs of reaching (完成) and
// the members of lists (A、B等).
func (r *reader) clean(s string) string {
	s = withoutHeading(strings.TrimSpace(s))
	for {
		t := r.trimLead(s)
		t = r.trimTail(t)
		if t == s {
			break
		}
		s = t
	}
	s = r.withoutInner(withoutSite(s))
	s = r.fromVerb(s)
	s = r.withoutList(s)
	s = r.withoutMembers(r.withoutCover(s))
	s = strings.Trim(s, " 　\t:：,，、;；.。-—*#·…")
	if t := r.trimTail(r.trimLead(s)); t != "" {
		s = t
	}
	return r.shortened(balanced(r.unlabelled(s)))
}

// withoutHeading drops the heading of a section that only a blank parts from
// its first line: 三、工业 |全县完成工业总产值.
func withoutHeading(s string) string {
	rest := strings.TrimLeftFunc(strings.TrimLeft(s, "（("), chineseNumeral)
	if rest == s || !hasPrefixOf(rest, []string{"、", "）", ")"}) {
		return s
	}
	if at := strings.IndexAny(rest, " 　"); at > 0 && utf8.RuneCountInString(rest[:at]) <= 12 {
		return strings.TrimLeft(rest[at:], " 　")
	}
	return s
}

// unlabelled joins a label to what it is the label of (粮食：总产), and drops the
// one before a name that is whole (工作安排：地区生产总值).
func (r *reader) unlabelled(s string) string {
	i := max(strings.LastIndex(s, "："), strings.LastIndex(s, ":"))
	if i < 0 {
		return s
	}
	name := strings.TrimLeft(s[i:], "：: ")
	if _, n := r.lead.first(name); n > 0 && n < len(name) {
		name = r.trimLead(name)
	}
	if head, bare := r.headOf(name); head != "" && !(bare && head == name) && r.trimTail(name) == name {
		return name
	}
	return colons.Replace(s)
}

// colons joins a label to what it is the label of: 粮食：总产.
var colons = strings.NewReplacer("：", "", ":", "")

// trimLead takes words that lead to an indicator off its start, and the name
// of the document's subject.
func (r *reader) trimLead(s string) string {
	for {
		if strings.HasPrefix(s, "“") && !strings.Contains(s, "”") {
			s = s[len("“"):]
		}
		s = strings.TrimLeftFunc(withoutLabel(s), besideLead)
		for _, name := range r.own {
			if rest, ok := strings.CutPrefix(s, name); ok && rest != "" {
				s = rest
			}
		}
		s = s[itemMark(s):]
		if p, n := r.when(s); n > 0 && p.year > 0 {
			s = s[n:]
		}
		if h := r.passage.holder; h != "" && r.passage.holding == r.passage.clause {
			if _, rest, ok := strings.Cut(s, h); ok && utf8.RuneCountInString(rest) > 1 {
				s = strings.TrimLeft(rest, "”\"")
			}
		}
		lead, n := r.lead.first(s)
		if _, act := r.acts.first(s); n == 0 || !lead || act > n {
			return s
		}
		s = s[n:]
	}
}

// withoutLabel drops a label in brackets that tells who speaks (【解说】), and
// 的 that only ties a name to the number before it.
func withoutLabel(s string) string {
	if rest, ok := strings.CutPrefix(s, "【"); ok {
		if _, after, ok := strings.Cut(rest, "】"); ok {
			return after
		}
	}
	if rest, ok := strings.CutPrefix(s, "的"); ok && utf8.RuneCountInString(rest) > 3 && !strings.HasPrefix(rest, "士") {
		return rest
	}
	return s
}

// itemMark returns the length of the number of a list's item at the start of
// s (1. 2、 3） (4) ⑤), 0 where there is none.
func itemMark(s string) int {
	if c, size := utf8.DecodeRuneInString(s); c >= '①' && c <= '⑳' {
		return size
	}
	marks := []string{".", "．", "、", ")", "）"}
	in := strings.TrimLeft(s, "(（")
	if len(in) < len(s) {
		marks = []string{")", "）"}
	}
	_, n := digitsAt(in, 2)
	if n == 0 {
		return 0
	}
	for _, mark := range marks {
		if rest, ok := strings.CutPrefix(in[n:], mark); ok && !leadsDigit(rest) {
			return len(s) - len(rest)
		}
	}
	return 0
}

// besideTail reports whether r is a mark that stands beside words of value.
func besideTail(r rune) bool {
	switch r {
	case ' ', '　', '\t', ':', '：', ',', '，', '、', ';', '；', '—', '-', '“', '（', '(':
		return true
	}
	return false
}

// besideLead reports whether r is a mark that stands beside words that lead to an indicator.
func besideLead(r rune) bool {
	switch r {
	case ' ', '　', '\t', ':', '：', ',', '，', '、', ';', '；', '。', '—', '-', '”', '）', ')', '*', '#', '·', '"':
		return true
	}
	return false
}

// trimTail takes words that tell a value off the end of an indicator.
func (r *reader) trimTail(s string) string {
	for {
		s = strings.TrimRightFunc(s, besideTail)
		tail, n := r.tail.last(s)
		if n == 0 || !tail {
			return s
		}
		s = s[:len(s)-n]
	}
}

// withoutInner takes 完成 and 实现 out.
func (r *reader) withoutInner(s string) string {
	_, at, n := r.inner.search(s)
	if at < 0 || at+n >= len(s) || strings.HasPrefix(s[at:], "完成率") {
		return s
	}
	return s[:at] + r.withoutInner(s[at+n:])
}

// fromVerb drops a long subject before 已, 共 and a verb: 共建的软件园已|入驻企业.
func (r *reader) fromVerb(s string) string {
	for _, w := range []string{"已经", "已", "还", "共", "先后", "累计"} {
		i := strings.Index(s, w)
		if i < 15 && !(i > 0 && w == "还") || i < 0 {
			continue
		}
		rest := s[i+len(w):]
		if _, n := r.acts.first(rest); n > 0 && n < len(rest) {
			return rest
		}
	}
	return s
}

// listEnds are the words in which 等 does not end a list.
var notListEnds = [...]string{"等级", "等次", "等额", "等于", "等待", "等教育", "等学校", "等候", "等一", "等奖", "等功", "等院校", "等职业", "等专业", "等师范"}

// listEnd returns where 等 ends a list in s, or -1.
func listEnd(s string) int {
	end := -1
	for i, c := range s {
		if c != '等' || i == 0 {
			continue
		}
		word := false
		for _, w := range notListEnds {
			word = word || strings.HasPrefix(s[i:], w)
		}
		prev, _ := utf8.DecodeLastRuneInString(s[:i])
		if !word && !strings.ContainsRune("高中初平同优均对一二三上下劣甲乙特减", prev) {
			end = i
		}
	}
	return end
}

// withoutList drops the members of a list that 等 ends and keeps its verb:
// 引进A、B等科技企业 is 引进科技企业.
func (r *reader) withoutList(s string) string {
	end := listEnd(s)
	if end < 0 {
		return s
	}
	rest := strings.TrimLeft(s[end+len("等"):], " 的")
	if rest == "" {
		return s[:end]
	}
	return r.listVerb(s[:end]) + rest
}

// withoutMembers keeps of a list of three things or more with a bare head at
// its end only the head: what the number measures is of all of them.
func (r *reader) withoutMembers(s string) string {
	if strings.Count(s, "、") < 2 || utf8.RuneCountInString(s) < 16 {
		return s
	}
	head, bare := r.headOf(s)
	if bare && head != s && !strings.HasSuffix(s, "、"+head) {
		return head
	}
	return s
}

// listVerb returns the verb before a list: the first one, where it is near the start.
func (r *reader) listVerb(list string) string {
	for i := range list {
		if i > 24 {
			break
		}
		if _, n := r.idioms.first(list[i:]); n > 0 {
			break
		}
		if _, n := r.acts.first(list[i:]); n > 0 && (i == 0 || !strings.ContainsAny(list[:i], "、“")) && i+n < len(list) {
			return list[i : i+n]
		}
	}
	return ""
}

// covers are the words that open a phrase of means, place or manner, and those
// that end it.
var covers = [...]string{"通过", "围绕", "聚焦", "针对", "按照", "依托", "根据", "借助", "利用", "随着", "结合", "以", "在", "对", "为", "与", "向", "从", "由", "将", "把", "面向", "沿", "受", "经", "走进"}

var coverEnds = [...]string{"等方式", "的方式", "方式", "等形式", "形式", "等手段", "手段", "等途径", "途径", "模式", "等举措", "等措施", "机制",
	"为代表的", "为主的", "为重点的", "为核心的", "为龙头的", "为引领的", "为依托的", "为目标", "为抓手", "为主体的", "为支撑的", "基础上", "过程中", "方面", "领域", "期间"}

// withoutCover drops a phrase of means or manner from the start of s.
func (r *reader) withoutCover(s string) string {
	for _, c := range covers {
		rest, ok := strings.CutPrefix(s, c)
		if !ok || r.guardedLead(s, len(c)) {
			continue
		}
		for _, e := range coverEnds {
			if i := strings.Index(rest, e); i > 0 && i+len(e) < len(rest) {
				return r.trimLead(rest[i+len(e):])
			}
		}
		if _, at, n := r.acts.search(rest); at > 0 && at+n < len(rest) && !strings.Contains(rest[:at], "的") {
			return rest[at:]
		}
		return rest
	}
	return s
}

func (r *reader) guardedLead(s string, n int) bool {
	if lead, length := r.lead.first(s); length > n && !lead {
		return true
	}
	_, act := r.acts.first(s)
	_, name := r.lists.names.first(s)
	return act > n || name > n
}

// balanced drops a bracket or quotation mark whose partner was cut off.
func balanced(s string) string {
	for _, pair := range []string{"()", "（）", "“”", "《》", "‘’"} {
		open, shut := pair[:len(pair)/2], pair[len(pair)/2:]
		if strings.Count(s, open) != strings.Count(s, shut) {
			s = strings.NewReplacer(open, "", shut, "").Replace(s)
		}
	}
	return s
}

// shortened cuts a long indicator to what its last verb governs.
func (r *reader) shortened(s string) string {
	if utf8.RuneCountInString(s) <= maxName {
		return s
	}
	best := -1
	for i := range s {
		left := utf8.RuneCountInString(s[i:])
		if left < 5 {
			break
		}
		if _, n := r.acts.first(s[i:]); n > 0 && left <= maxName {
			best = i
			break
		}
	}
	if best >= 0 {
		return s[best:]
	}
	runes := []rune(s)
	return string(runes[len(runes)-maxName:])
}

// closes reports whether r closes brackets or a quotation.
func closes(r rune) bool { return r == ')' || r == '）' || r == '”' }

// headOf returns the noun of measuring that an indicator ends with, and
// whether it says too little alone.
func (l *lists) headOf(name string) (head string, bare bool) {
	trimmed := strings.TrimRightFunc(name, closes)
	bare, n := l.heads.last(trimmed)
	if n == 0 {
		return "", false
	}
	return trimmed[len(trimmed)-n:], bare
}
