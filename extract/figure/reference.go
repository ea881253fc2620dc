package figure

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A reference is a common noun by which a text takes up again what it named:
// 该项目, 产业园, 合作社.
type reference struct {
	word  string
	class schema.Class // what it means, "" for a thing whose name ends with the word
}

// references are searched in order: longer words stand before those that they begin with.
var references = [...]reference{
	{"公司", schema.Enterprise}, {"企业", schema.Enterprise}, {"集团", schema.Enterprise}, {"厂", schema.Enterprise},
	{"项目", schema.Project}, {"工程", schema.Project},
	{"产业园区", ""}, {"产业园", ""}, {"工业园", ""}, {"物流园", ""}, {"科技园", ""}, {"创业园", ""}, {"园区", schema.Zone}, {"开发区", ""}, {"高新区", ""}, {"经开区", ""}, {"基地", ""},
	{"管委会", schema.Zone}, {"合作社", ""}, {"银行", ""}, {"酒店", ""}, {"商场", ""}, {"广场", ""}, {"市场", ""}, {"景区", ""}, {"公园", ""}, {"博物馆", ""}, {"图书馆", ""}, {"体育馆", ""}, {"体育场", ""}, {"文化馆", ""}, {"展览馆", ""}, {"展馆", ""}, {"小镇", ""}, {"古镇", ""}, {"庄园", ""}, {"农场", ""}, {"水库", ""}, {"大桥", ""}, {"隧道", ""}, {"大厦", ""}, {"电站", ""}, {"电厂", ""}, {"泵站", ""}, {"污水处理厂", ""},
	{"医院", schema.Hospital}, {"卫生院", ""}, {"学校", schema.School}, {"学院", ""}, {"幼儿园", ""},
	{"活动", schema.Event}, {"大会", ""}, {"展会", ""}, {"博览会", ""}, {"文化节", ""}, {"旅游节", ""}, {"艺术节", ""}, {"签约仪式", ""}, {"仪式", ""}, {"赛事", schema.Event}, {"比赛", schema.Event},
	{"街道", ""}, {"社区", ""}, {"村", ""}, {"镇", ""}, {"乡", ""},
}

// acts reports whether what a reference means does things by itself: 公司|推出….
func (x reference) acts() bool {
	switch x.word {
	case "公司", "集团", "管委会", "合作社", "医院", "学校":
		return true
	}
	return false
}

// pointers stand before a noun that means something named before.
var pointers = [...]string{"该", "这个", "这家", "这座", "这条", "这片", "这所", "这处", "本届", "本次", "此次", "这次", "这场", "本", "我们", "咱们", "咱"}

// farthest is how many bytes before it a reference may mean something.
const farthest = 900

// taken returns the entity that the words at start refer to by a common noun,
// and the length of those: of a feature, or with a word that points back.
func (r *reader) taken(start, end int) (h *holder, length int) {
	words := r.doc.Text[start:end]
	pointed := 0
	for _, w := range pointers {
		if strings.HasPrefix(words, w) && len(w) > pointed {
			pointed = len(w)
		}
	}
	words = words[pointed:]
	for _, x := range references {
		rest, ok := strings.CutPrefix(words, x.word)
		if !ok {
			continue
		}
		at := start + pointed + len(x.word)
		if pointed == 0 && !(r.tellsOn(rest) && (r.feature() || x.class == schema.Project)) && !(x.acts() && r.feature() && r.verbToken(at)) {
			return nil, 0
		}
		return r.latest(x, start, pointed > 0 || x.acts()), pointed + len(x.word)
	}
	h, length = r.abridged(words, start, pointed > 0)
	return h, pointed + length
}

// leastTail is how many characters of the end of a name mean its entity again:
// 本届|茶花节.
const leastTail = 2

// abridged returns the entity named before start whose name ends as words
// begin.
func (r *reader) abridged(words string, start int, pointed bool) (h *holder, length int) {
	least := leastTail
	if !pointed {
		if !r.feature() {
			return nil, 0
		}
		least++
	}
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start >= start })
	for i--; i >= 0 && r.held[i].Start > start-farthest; i-- {
		h := &r.held[i]
		if h.id == r.subject || h.End > start || !figured(h.class) || h.class == schema.Division {
			continue
		}
		tail := tailOf(h.name, least)
		for at := range tail {
			rest, ok := strings.CutPrefix(words, tail[at:])
			if ok && utf8.RuneCountInString(tail[at:]) >= least && (pointed || r.tellsOn(rest)) {
				return h, len(tail) - at
			}
		}
	}
	return nil, 0
}

// tailOf is the end of a name that is not all of it.
func tailOf(name string, least int) string {
	if utf8.RuneCountInString(name) <= least {
		return ""
	}
	_, size := utf8.DecodeRuneInString(name)
	return name[size:]
}

// tellsOn reports whether words go on with what the thing before them has or does.
func (r *reader) tellsOn(words string) bool {
	return r.attribute(words) && !leadsDigit(words) || hasPrefixOf(words, []string{"由", "将", "于", "已", "共", "位于", "坐落", "现有", "目前", "拥有", "采用", "规划", "建成", "投产", "全部", "全面", "今年", "去年", "里", "内", "党", "董事长", "总经理", "负责人", "副总", "创始人", "，", "二期", "一期", "每年", "年"})
}

// placing returns the entity that a clause says things are at, which those behind it
// tell of: 在东湖项目现场，|200名工人…. It is nil where the clause says more.
func (r *reader) placing(start, end int) *holder {
	rest, ok := strings.CutPrefix(r.doc.Text[start:end], "在")
	if !ok || !r.feature() {
		return nil
	}
	h := r.mentionAt(end-len(rest), end)
	if h == nil {
		return nil
	}
	h = r.innermost(h, end)
	tail := strings.Trim(r.doc.Text[h.End:end], " ”\"")
	switch tail {
	case "", "现场", "项目现场", "施工现场", "建设现场", "内", "里", "中", "境内", "车间", "生产车间", "的车间", "厂区", "园区":
	default:
		return nil
	}
	if h.class == schema.Enterprise || h.class == schema.Event || !r.owns(h) {
		return nil
	}
	return h
}

// latest returns the entity last named before start that a reference can mean.
func (r *reader) latest(x reference, start int, pointed bool) *holder {
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start >= start })
	for i--; i >= 0 && r.held[i].Start > start-farthest; i-- {
		h := &r.held[i]
		switch {
		case h.id == r.subject || h.End > start || h.class == schema.Division && r.contains(h.name):
		case x.class != "" && h.class == x.class, x.class == "" && strings.HasSuffix(h.name, x.word) && len(h.name) > len(x.word) && figured(h.class):
			if pointed || r.sameParagraph(h.End, start) {
				return h
			}
			return nil
		}
	}
	return nil
}

// sameParagraph reports whether no line ends between two places.
func (r *reader) sameParagraph(from, to int) bool {
	return strings.IndexByte(r.doc.Text[from:to], '\n') < 0
}

// figured reports whether entities of a class have figures of their own.
func figured(class schema.Class) bool {
	switch class {
	case schema.Enterprise, schema.Organization, schema.Event, schema.Division:
		return true
	}
	return thing(class)
}
