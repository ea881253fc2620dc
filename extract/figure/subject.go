package figure

import (
	"sort"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// An about is the entity that a sentence is about.
type about struct {
	id    string // "" for the document's subject
	firm  bool   // its clause has numbers, or it is a division: all that follows is its own
	town  bool   // a division
	agent bool   // it can do things: a company, a school
	event bool   // only its own clause is about it
}

// figureSubject is the entity that a figure is about. One that an earlier
// clause named holds what can only be its own, such as an area.
func (r *reader) figureSubject(f find) string {
	a := r.passage.about
	switch {
	case f.about != "":
		return f.about
	case a.id != "" && a.event && r.passage.holding != r.passage.clause:
	case a.id != "" && (a.town || a.firm && (r.passage.holding == r.passage.clause || a.agent && r.startsVerb(f.name)) || r.attribute(f.name)):
		return a.id
	}
	return r.subject
}

// attributes are what a thing has or does, rather than its district.
var attributes = [...]string{"占地", "建筑面积", "总建筑面积", "总投资", "投资", "注册企业", "接待", "吸引", "入驻", "集聚", "形成", "可容纳", "容纳", "设有", "床位", "编制床位", "开放床位", "全长", "总长",
	"资产", "年产", "年产值", "年产能", "日均", "日处理", "员工", "职工", "就业", "提供", "可提供", "预计年", "达产后", "设置", "新增床位", "开设", "营业收入", "实现产值", "年销售", "年营业", "年税收", "利税", "拟投", "计划投资", "计划总投资", "累计投资", "完成投资", "年接待", "面积", "客流"}

// attribute reports whether an indicator is one that a thing has of its own.
func (r *reader) attribute(name string) bool {
	head, bare := r.headOf(name)
	if bare && head == name {
		return true
	}
	for _, a := range attributes {
		if strings.HasPrefix(name, a) {
			return true
		}
	}
	return false
}

// back are the words that take a sentence back to the district.
var back = [...]string{"全区", "全县", "全市", "全旗", "我区", "我县", "我市", "我旗", "全年", "全镇"}

// again are the words that mean the division or thing spoken of before.
var again = [...]struct {
	word string
	town bool
}{
	{"街道", true}, {"该街道", true}, {"该镇", true}, {"该乡", true}, {"镇里", true}, {"镇上", true}, {"该区", true},
	{"该园", false}, {"该项目", false}, {"该企业", false}, {"该公司", false}, {"公司", false}, {"项目", false}, {"景区", false}, {"园区", false}, {"医院", false}, {"学校", false},
}

// subjectOf takes note of the entity that a clause begins with, if it can have
// figures of its own, and of words that give the word back to the district.
func (r *reader) subjectOf(c *clause) {
	if c.fresh && !r.passage.about.town {
		r.passage.about = about{}
	}
	start := c.Start + leading(c.text[c.Start:c.End])
	words := c.text[start:c.End]
	for _, w := range back {
		if strings.HasPrefix(words, w) {
			r.passage.about = about{}
			return
		}
	}
	h := r.mentionAt(start, c.End)
	if h == nil {
		h = r.modified(start, c.End)
	}
	switch {
	case h == nil:
		r.sameAgain(words)
	case h.id == r.subject:
		r.passage.about = about{}
	case r.holds(h, c):
		agent := h.class == schema.Enterprise || h.class == schema.School || h.class == schema.Hospital || h.class == schema.Organization
		r.take(about{h.id, len(c.numbers) > 0, h.class == schema.Division, agent, h.class == schema.Event}, c, h.name)
	}
}

// take makes an entity what the clause is about.
func (r *reader) take(a about, c *clause, name string) {
	a.firm = a.firm || a.town
	r.passage.about = a
	r.passage.holder, r.passage.holding = name, c.Start
	r.passage.abouts = append(r.passage.abouts, a.id)
	if a.town {
		r.passage.town = a
	} else {
		r.passage.before = a
	}
}

// sameAgain takes up the entity that the paragraph was about before.
func (r *reader) sameAgain(words string) {
	if r.passage.about.id != "" {
		return
	}
	for _, w := range again {
		if strings.HasPrefix(words, w.word) {
			if w.town {
				r.passage.about = r.passage.town
			} else {
				r.passage.about = r.passage.before
			}
			return
		}
	}
}

// leading returns the length of what may stand before a clause's subject.
func leading(s string) int {
	n := 0
	for {
		rest := s[n:]
		k := len(rest) - len(strings.TrimLeft(rest, " 　\t“\"—"))
		for _, w := range []string{"其中", "目前", "此外", "同时", "，", ",", "走进"} {
			if strings.HasPrefix(rest[k:], w) {
				k += len(w)
			}
		}
		if k == 0 {
			return n
		}
		n += k
	}
}

// mentionAt returns the longest mention that begins at start and ends by end.
func (r *reader) mentionAt(start, end int) *holder {
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start >= start })
	for ; i < len(r.held) && r.held[i].Start == start; i++ {
		if r.held[i].End <= end {
			return &r.held[i]
		}
	}
	return nil
}

// modified returns the mention that a short modifier stands before at the
// start of a clause: 位于X镇的|Y公司.
func (r *reader) modified(start, end int) *holder {
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start > start })
	for ; i < len(r.held) && r.held[i].End <= end && r.held[i].Start-start < 45; i++ {
		words := r.doc.Text[start:r.held[i].Start]
		if strings.HasSuffix(words, "的") && !strings.ContainsAny(words, "0123456789、") && r.held[i].class != schema.Division {
			return &r.held[i]
		}
	}
	return nil
}

// holds reports whether the mention at the start of a clause is its subject:
// it is followed by a verb or an attribute, not by a list.
func (r *reader) holds(h *holder, c *clause) bool {
	after := strings.TrimLeft(c.text[h.End:c.End], "”\"")
	for _, w := range []string{"、", "等", "和", "与", "及", "以外", "除外"} {
		if strings.HasPrefix(after, w) {
			return false
		}
	}
	switch h.class {
	case schema.Project, schema.Zone, schema.Place, schema.Hospital, schema.School, schema.Enterprise, schema.Road, schema.Organization, schema.Event:
		return true
	case schema.Division:
		return r.own != nil && !r.contains(h.name)
	}
	return false
}

// contains reports whether a division's name is that of one above the
// document's subject: 长春市 in 长春市南关区.
func (r *reader) contains(name string) bool {
	for _, own := range r.own {
		if strings.HasPrefix(own, name) {
			return true
		}
	}
	return strings.HasSuffix(name, "省") || strings.HasSuffix(name, "自治区") || strings.HasSuffix(name, "市")
}

// described returns the thing whose size the number at i tells, where it
// stands right behind it: 总投资21亿元的X项目, 8.7万平方米九策广场.
func (r *reader) described(n *numbered, c *clause) *holder {
	if n.kind != kindMoney && n.kind != kindAmount {
		return nil
	}
	at := n.End
	if strings.HasPrefix(c.text[at:c.End], "的") {
		at += len("的")
	}
	h := r.mentionAt(at, c.End)
	if h == nil || h.id == r.subject {
		return nil
	}
	switch h.class {
	case schema.Project, schema.Zone, schema.Place, schema.Hospital, schema.School, schema.Road:
		return h
	}
	return nil
}

// sizes are what a thing's size is called by kind of unit, where the text
// gives no name.
func (n *numbered) size() string {
	switch {
	case n.kind == kindMoney:
		return "投资"
	case strings.HasSuffix(n.unit, "里") || n.unit == "米":
		return "长度"
	}
	return "面积"
}
