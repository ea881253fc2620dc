package entity

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// maxWorks bounds the characters of the name of works.
const maxWorks = 30

// signsRun is the most that the words around an item are worth as signs that it
// is a name of works.
const signsRun = 3

// Signs are what an item itself tells.
type signs struct {
	name     bool // nothing in it says that it is no name
	proper   bool // something in it looks like a proper name, or it tells its site
	works    bool // it ends with a word for works
	capacity bool // it tells a capacity: 1000吨|碳纤维
	content  bool // three characters of it are not generic
	brand    bool // it ends as names of companies do
	amount   bool // an amount of it follows
	many     bool // a number of them follows: 蔬菜大棚|14座
}

// sure reports whether an item is a name by itself.
func (g signs) sure() bool { return g.proper && g.works }

// enough reports whether an item with the signs is a name in a run of a weight
// with so many sure items.
func (g signs) enough(weight, peers int) bool {
	if !g.name || g.many || g.amount && !g.proper {
		return false
	}
	n, need := weight, 5
	if g.proper || g.brand {
		n += 2
	} else if !g.capacity && peers < 2 {
		need = 6
	}
	if g.works {
		n += 2
	}
	if g.capacity {
		n++
	}
	if g.content {
		n++
	}
	if g.brand {
		n++
	}
	if peers > 1 || peers == 1 && !g.sure() {
		n++
	}
	return n >= need
}

// readRun proposes the items of a run that are names.
func (s *sentence) readRun(at run) {
	if at.Len() <= 0 {
		return
	}
	items := s.itemsOf(at)
	at.listed = len(items) > 1
	signs, peers := make([]signs, len(items)), 0
	for k, item := range items {
		cut, said := s.cutItem(item, k == 0 && at.opener == "", k == len(items)-1 && !at.summed)
		items[k] = cut
		signs[k] = s.signsOf(cut)
		signs[k].amount, signs[k].many = said.amount, said.many
		signs[k].brand = signs[k].brand && len(items) > 1
		at.built = at.built || said.built
	}
	for k, item := range items {
		if signs[k].sure() {
			peers++
		}
		if tail := s.r.workTails.Suffix(item.In(s.text)); signs[k].sure() && tail != "" {
			at.peers++
		}
	}
	if last := items[len(items)-1].In(s.text); len(items) > 1 && !at.summed && s.r.deedTails.Suffix(last) != "" {
		at.shared = strings.TrimSuffix(last, s.r.workTails.Suffix(last))
	}
	for k, item := range items {
		if !signs[k].enough(at.weight(), peers) {
			if s.doc.Traced() {
				s.reject(item, "works", fmt.Sprintf("too few signs of works: %+v, weight %d, peers %d", signs[k], at.weight(), peers))
			}
		} else if class := s.worksClass(item, signs[k], at); class != "" && !s.kindOnly(item.In(s.text), class) {
			s.propose(item, class, "works")
		}
	}
}

// weight tells how sure the words around a run say that its items are works.
func (at run) weight() int {
	n := 0
	switch at.opener {
	case "sure":
		n += 2
	case "worded", "brought", "open":
		n++
	}
	switch at.closer {
	case "begin", "built":
		n += 2
	case "going", "open", "landed":
		n++
	}
	if at.summed {
		n += 2
	}
	if at.built {
		n++
	}
	return min(n, signsRun)
}

// withoutBracket returns a name without the bracket that it ends with, which tells
// a section or an amount.
func withoutBracket(name string) string {
	if i := strings.LastIndexAny(name, "(（"); i > 0 && (strings.HasSuffix(name, ")") || strings.HasSuffix(name, "）")) {
		return name[:i]
	}
	return name
}

// signsOf returns the signs of an item.
func (s *sentence) signsOf(item schema.Span) (g signs) {
	text := withoutBracket(item.In(s.text))
	word, h := s.r.heads.ending(text)
	site := s.r.workTails.Suffix(text)
	soft, isSoft := strings.CutSuffix(text, "工程")
	if n := runes(text); n < 3 || n > maxWorks || len(word) == len(text) || len(site) == len(text) || s.r.notNames.Has(text) ||
		s.genericOnly(item) && !s.atSite(item) && !s.ofLevel(item) && !stageOfKind(item.In(s.text)) || s.oddIn(item) || s.r.plainWorks.Suffix(text) != "" && site == "" || s.r.plainWorks.Suffix(strings.TrimSuffix(strings.TrimSuffix(text, "项目"), "工程")) != "" && (site == "项目" || site == "工程") || isSoft && s.r.softWorks.Suffix(soft) != "" {
		return g
	}
	g.name = true
	g.brand = word == "" && s.branded(item, schema.Enterprise)
	g.proper = s.properIn(item) || s.divisionAt(item.Start) || s.levelAt(item.Start) || s.ofLevel(item) || s.namesSite(strings.TrimSuffix(text, site)) || stageOfKind(item.In(s.text))
	g.works = site != "" || strings.HasSuffix(text, "段")
	switch h.class {
	case schema.Project, schema.Road, schema.Place, schema.Zone:
		g.works = true
	}
	if at := s.capacityIn(item); at >= 0 {
		g.capacity = true
		g.works = g.works || at > item.Start && s.contentOf(schema.Span{Start: item.Start, End: at}) > 1
	}
	g.content = s.contentOf(item) >= 3
	return g
}

// stageOfKind reports whether a text is a kind of buildings, told by four characters or
// more, and a stage, which a place builds one of: 标准厂房|二期, 标准厂房|（二期）.
func stageOfKind(text string) bool {
	kind, staged := strings.CutSuffix(strings.TrimRight(text, ")）"), "期")
	number, size := utf8.DecodeLastRuneInString(kind)
	if !staged || !strings.ContainsRune("一二三四五六", number) {
		return false
	}
	kind = strings.TrimRight(kind[:len(kind)-size], "(（")
	return runes(kind) >= 4 && !strings.HasSuffix(kind, "项目") && !strings.HasSuffix(kind, "工程")
}

// atSite reports whether a school or a hospital begins an item that is more than
// it: 县医院|三期综合大楼.
func (s *sentence) atSite(item schema.Span) bool {
	for k := range s.found {
		c := &s.found[k]
		if c.Start == item.Start && c.End < item.End && (c.class == schema.School || c.class == schema.Hospital) {
			return true
		}
	}
	return false
}

// ofLevel reports whether an item is what a division has one of, said of the level of
// the division: 县|社会公共服务中心.
func (s *sentence) ofLevel(item schema.Span) bool {
	text := item.In(s.text)
	return (s.levelAt(item.Start) || strings.HasPrefix(text, "县城")) && s.r.ofLevels.Suffix(text) != ""
}

// oddIn reports whether a word in an item says that it is no name: a function
// word, a mark of a clause, a number of things.
func (s *sentence) oddIn(item schema.Span) bool {
	text := item.In(s.text)
	if strings.ContainsAny(text, "，；。：！？《》[]的了是我") || strings.HasPrefix(text, "”") || strings.HasPrefix(text, "“") || strings.HasPrefix(text, "各") || strings.HasPrefix(text, "全") || strings.HasPrefix(text, "至") || strings.HasPrefix(text, "等") {
		return true
	}
	if strings.Count(text, "“") != strings.Count(text, "”") || strings.Count(text, "（")+strings.Count(text, "(") != strings.Count(text, "）")+strings.Count(text, ")") {
		return true
	}
	if s.countsAt(item) || s.countsIn(item) {
		return true
	}
	deed := 0
	for i := s.wordAt(item.Start); i < len(s.words) && s.words[i].Start < item.End; i++ {
		w := s.words[i]
		deed = max(deed, s.deedAt(w.Start))
		if w.has(boundary) && !w.has(inside|single) && w.Tag != "a" && !s.capacityAt(w.End) && !s.r.workTails.Has(s.in(i)) && w.Start >= deed {
			return true
		}
	}
	return false
}

// countsAt reports whether an item begins with a number of things, and no
// capacity: 73条|街路.
func (s *sentence) countsAt(item schema.Span) bool {
	text := item.In(s.text)
	after := strings.TrimLeft(text, "0123456789.多余数几两")
	if len(after) == len(text) || s.r.capacities.Prefix(after) != "" {
		return false
	}
	_, size := utf8.DecodeRuneInString(after)
	return s.r.flags.words[after[:size]].has(counter) && after[:size] != "号"
}

// countsIn reports whether a number of more than one thing stands in an item, so that
// it sums up a list: 净溪、云岭|两个|三级渔港.
func (s *sentence) countsIn(item schema.Span) bool {
	for i := s.wordAt(item.Start); i < len(s.words) && s.words[i].End < item.End; i++ {
		w := &s.words[i]
		if !w.has(number) || w.Start <= item.Start || strings.HasPrefix(s.in(i), "一") || strings.HasPrefix(s.in(i), "第") || strings.HasSuffix(s.text[:w.Start], "第") || strings.Count(s.text[item.Start:w.Start], "“") > strings.Count(s.text[item.Start:w.Start], "”") {
			continue
		}
		last, size := utf8.DecodeLastRuneInString(s.in(i))
		if w.Len() > size && strings.ContainsRune("个条座处所", last) || strings.IndexAny(s.in(i+1), "个条座处所") == 0 && s.words[i+1].has(counter) {
			return true
		}
	}
	return false
}

// capacityAt reports whether a capacity stands at byte b: 50|万千瓦.
func (s *sentence) capacityAt(b int) bool {
	i := s.wordAt(b)
	if i >= len(s.words) || s.words[i].Start != b || !s.words[i].has(number) {
		return false
	}
	return s.r.capacities.Suffix(s.in(i)) != "" || i+1 < len(s.words) && s.r.capacities.Has(s.in(i+1))
}

// capacityIn returns where the first capacity in an item stands, or -1.
func (s *sentence) capacityIn(item schema.Span) int {
	for i := s.wordAt(item.Start); i < len(s.words) && s.words[i].End <= item.End; i++ {
		if s.capacityAt(s.words[i].Start) {
			return s.words[i].Start
		}
	}
	return -1
}

// contentOf returns how many characters of an item are not generic.
func (s *sentence) contentOf(item schema.Span) int {
	n := 0
	for i := s.wordAt(item.Start); i < len(s.words) && s.words[i].Start < item.End; i++ {
		if !s.words[i].has(generic | lead | mark | number | counter | inside) {
			n += runes(s.text[max(item.Start, s.words[i].Start):min(item.End, s.words[i].End)])
		}
	}
	return n
}

// worksClass returns the class of an item of a run: what is said of it decides
// whether it is works or the thing that was built; "" where other rules know
// better, or it is none.
func (s *sentence) worksClass(item schema.Span, g signs, at run) schema.Class {
	text := withoutBracket(item.In(s.text))
	word, h := s.r.heads.ending(text)
	site := s.r.workTails.Suffix(text)
	section := strings.HasSuffix(text, "段")
	switch {
	case routeNumber(text):
		return schema.Road
	case h.class == "" && !g.works && !g.capacity && (at.opener != "sure" && !at.buildsSum() && s.firmForm(item) || at.opener == "brought" && s.coinedItem(item)):
		return schema.Enterprise
	case at.shared != "" && site == "" && !g.capacity:
		return s.sharedClass(text, h, at)
	case g.amount && h.class == schema.Place:
		return "" // 滨河绿道|12公里
	case strings.HasSuffix(text, "期") && s.stageOfRoad(text):
		return schema.Road
	case at.done() && s.extends(text, site):
		return schema.Road
	case site != "" && (h.class == "" || h.class == schema.Project || !at.done() && len(site) >= len(word)), section && strings.Contains(text, "工程"):
		return schema.Project
	case h.class == "" && section && strings.ContainsAny(text, "河江溪渠") && !strings.ContainsAny(text, "路街线道桥速"):
		return "" // a section of a river
	case h.class == "" && (section || strings.Contains(text, "至") || s.r.longRoads.Suffix(text) != ""):
		return s.roadOrWorks(text, at)
	case h.class == "" && !g.capacity && (at.closer == "landed" || at.closer == "" && at.opener == "" && g.brand) && (!at.summed || g.brand) && !g.works:
		return schema.Enterprise
	case h.class == "" && !g.capacity && at.weight() < 2 && s.r.brandTails.Suffix(text) != "":
		if !g.proper {
			return "" // 经济社会|发展
		}
		return schema.Enterprise
	case h.class == "" && at.done() && !g.works, strings.HasSuffix(text, "分院"), strings.HasSuffix(text, "院区"):
		return ""
	}
	return s.builtClass(text, word, h, at)
}

// builtClass returns the class of an item whose head, which can be "", is no
// word for works: a place is what it is while it is being built too, but one that is
// begun or that the text calls a project, and a new house of a school or hospital,
// is works.
func (s *sentence) builtClass(text, word string, h head, at run) schema.Class {
	switch h.class {
	case schema.Project, "":
	case schema.Road:
		return s.roadOrWorks(text, at)
	case schema.Place:
		if at.done() || s.r.natural.Has(word) || strings.HasSuffix(word, "度假区") || strings.HasSuffix(word, "旅游区") || strings.HasSuffix(word, "风景区") || at.weight() < 2 && at.peers == 0 {
			return ""
		}
		if !at.summed && at.closer != "begin" && !s.houseOf(text) {
			return schema.Place
		}
	case schema.Zone:
		if !at.sumsWorks() && (s.r.builtZones.Suffix(text) == "" || at.opener != "sure" && at.closer != "begin") {
			return ""
		}
	default:
		return ""
	}
	return schema.Project
}

// sumsWorks reports whether the items of a run are summed up as projects, and a verb
// says that they are built: what is only brought or named stays what it is.
func (at run) sumsWorks() bool {
	return at.summed && (at.closer != "" || at.opener != "" && at.opener != "brought")
}

// buildsSum reports whether the items of a run are summed up as projects and said to be
// built, so that also what is named like a company is its works. Who lands a project
// is the company.
func (at run) buildsSum() bool { return at.sumsWorks() && at.closer != "landed" }

// houseOf reports whether a name is of a building of a school or hospital that it
// begins with: 县人民医院|新病房楼.
func (s *sentence) houseOf(text string) bool {
	if !strings.HasSuffix(text, "楼") && !strings.HasSuffix(text, "中心") {
		return false
	}
	for at := range text {
		if word, h := s.r.heads.ending(text[:at]); word != "" && len(word) < at && (h.class == schema.School || h.class == schema.Hospital) {
			return true
		}
	}
	return false
}

// done reports whether what is said of a run is that its items are in use: then
// they keep the class of what they are.
func (at run) done() bool {
	return at.closer == "open" || at.closer == "" && at.opener == "open"
}

// sharedClass returns the class of an item that shares the word for works of the
// last one: 春潮机械、华洲重工|技改.
func (s *sentence) sharedClass(text string, h head, at run) schema.Class {
	_, base := s.r.heads.ending(at.shared)
	switch {
	case h.class != "":
		return "" // its own head tells
	case base.class == schema.Enterprise, s.r.brandTails.Suffix(at.shared) != "", s.r.brandTails.Suffix(text) != "":
		return schema.Enterprise
	case base.class == "" && runes(text) <= 4 && runes(at.shared) <= 4:
		return schema.Place
	case base.class == "":
		return schema.Project
	}
	return ""
}

// routeNumber reports whether a text is the number of a road: G322.
func routeNumber(text string) bool {
	return len(text) > 2 && strings.ContainsAny(text[:1], "GSXY") && strings.Trim(text[1:], "0123456789") == ""
}

// extends reports whether a name is of the part by which a road grows: 南环路|东延线.
func (s *sentence) extends(text, site string) bool {
	if !strings.Contains(site, "延") || !strings.HasSuffix(site, "段") && !strings.HasSuffix(site, "线") {
		return false
	}
	_, base := s.r.heads.ending(strings.TrimSuffix(text, site))
	return base.class == schema.Road
}

// stageOfRoad reports whether a name with a stage is of a stage of a road, which is one
// also while it is built: 龙马大道|三期. That of a zone is works: 云川产业园|二期.
func (s *sentence) stageOfRoad(text string) bool {
	word, _ := s.r.heads.ending(text)
	_, base := s.r.heads.ending(strings.TrimSuffix(text, word))
	return word != "" && base.class == schema.Road
}

// roadOrWorks returns the class of a road of a run. A road is one also while it is
// built, and so is a bridge that stands alone; an interchange or a port that is begun,
// or that a list of works has, is a project, and so is the section of a list.
func (s *sentence) roadOrWorks(text string, at run) schema.Class {
	if at.summed && strings.HasSuffix(text, "段") {
		return schema.Project
	}
	for _, line := range [...]string{"路", "街", "道", "线", "高速", "段"} {
		if strings.HasSuffix(text, line) {
			return schema.Road
		}
	}
	if !at.listed && !at.summed && strings.HasSuffix(text, "桥") {
		return schema.Road
	}
	if (at.opener == "sure" || at.closer == "begin" || at.summed) && !strings.Contains(text, "至") && s.r.longRoads.Suffix(text) == "" {
		return schema.Project
	}
	return schema.Road
}
