package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// described returns the thing whose size the number at i tells, where it
// stands right behind it: 总投资21亿元的X项目, 8.7万平方米九策广场.
func (r *reader) described(n *numbered, c *clause) *holder {
	if n.kind != kindMoney && n.kind != kindAmount {
		return nil
	}
	at := n.End
	if n.kind == kindMoney {
		at += building(c.text[at:c.End])
	}
	if strings.HasPrefix(c.text[at:c.End], "的") {
		at += len("的")
	}
	if strings.HasPrefix(c.text[at:c.End], "“") && r.mentionAt(at, c.End) == nil {
		at += len("“")
	}
	h := r.mentionAt(at, c.End)
	if h == nil {
		return r.describedFurther(n.End)
	}
	if h.id == r.subject {
		return nil
	}
	if n.kind == kindMoney && h.class == schema.Enterprise && strings.HasPrefix(c.text[n.End:c.End], "的") {
		return h
	}
	if thing(h.class) || h.class == schema.Program && strings.HasSuffix(h.name, "工程") {
		return h
	}
	return nil
}

// further is what a second size of a thing is called that stands between the first and
// the thing: 总投资104亿元、|占地|22平方公里的X项目.
var further = [...]string{"总占地面积", "占地面积", "总占地", "占地", "总建筑面积", "建筑面积", "规划面积", "规划用地", "总面积", "面积", "用地", "总投资", "计划总投资", "计划投资", "投资"}

// maxFurther bounds the characters of the second size with its unit.
const maxFurther = 14

// describedFurther returns the thing whose size stands before byte b, where another size
// of it stands between.
func (r *reader) describedFurther(b int) *holder {
	end := min(len(r.doc.Text), b+2*maxQuote)
	rest := r.doc.Text[b:end]
	rest, ok := strings.CutPrefix(rest, "、")
	if !ok {
		if rest, ok = strings.CutPrefix(rest, "，"); !ok {
			return nil
		}
	}
	for _, w := range further {
		size, found := strings.CutPrefix(rest, w)
		if !found {
			continue
		}
		words, _, found := strings.Cut(strings.TrimLeft(size, "约近超达逾"), "的")
		if !found || !leadsDigit(words) || utf8.RuneCountInString(words) > maxFurther || strings.ContainsAny(words, "，。；、") {
			return nil
		}
		at := end - len(size) + strings.Index(size, "的") + len("的")
		if strings.HasPrefix(r.doc.Text[at:end], "“") {
			at += len("“")
		}
		if h := r.mentionAt(at, end); h != nil && h.id != r.subject && thing(h.class) {
			return h
		}
		return nil
	}
	return nil
}

// builders are the verbs between what is paid and what it is paid for.
var builders = [...]string{"建设", "兴建", "新建", "建成", "建造", "修建", "打造", "实施", "改造", "扩建", "开发", "启动", "引进", "迁建", "开工建设", "规划建设", "投资建设", "动工建设"}

// building returns the length of the verb that s begins with, if it leads from
// what is paid to what it is paid for: 投资2亿元|建设的|东湖工业园.
func building(s string) int {
	best := 0
	for _, w := range builders {
		if strings.HasPrefix(s, w) {
			best = max(best, len(w))
		}
	}
	if best == 0 {
		return 0
	}
	for _, w := range []string{"的", "了"} {
		if strings.HasPrefix(s[best:], w) {
			return best + len(w)
		}
	}
	return best
}

// size is what a thing's size is called by the kind of unit, where the text
// gives no name.
func (n *numbered) size() string {
	switch {
	case n.kind == kindMoney:
		return "投资"
	case !strings.HasPrefix(n.unit, "平方") && strings.HasSuffix(n.unit, "里") || n.unit == "米":
		return "长度"
	}
	return "面积"
}

// reduced returns what a rate tells the fall of, where the verb of the fall stands before
// it (压缩|办理时限60%), or "". Of what is a rate itself it tells the value.
func reduced(name string, n *numbered) string {
	if n.unit != "%" {
		return ""
	}
	for _, verb := range [...]string{"压缩", "压减", "缩短", "缩减", "精简", "削减", "减少", "降低"} {
		_, of, ok := strings.Cut(name, verb)
		if ok && utf8.RuneCountInString(of) > 1 && !hasSuffixOf(of, []string{"率", "比重", "占比", "比例", "以上", "左右", "至", "到"}) {
			return of
		}
	}
	return ""
}
