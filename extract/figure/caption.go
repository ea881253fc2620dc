package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A captionFacts is what the lines above a table say of all of it.
type captionFacts struct {
	units  []string // 单位：万元、%
	title  string   // what the whole table measures: 工业投资, "" where it says none
	head   string   // the noun of measuring of its title: 投资
	growth bool     // its numbers are growths where nothing else is said
	index  bool     // they are index numbers then
	share  bool     // they are shares then
	period string   // of the table, that of the document where it says none
}

// caption is the line before a table, with those before it where the nearer
// ones tell units only.
func (r *reader) caption(start int) string {
	text := r.doc.Text[max(0, start-600):start]
	lines := strings.Split(strings.ToValidUTF8(text, ""), "\n")
	caption := ""
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.Trim(lines[i], " \t|　")
		if line == "" {
			continue
		}
		if utf8.RuneCountInString(line) > 50 || strings.Contains(line, "。") {
			break
		}
		caption = line + " " + caption
		if !unitLine(line) {
			break
		}
	}
	return caption
}

// unitLine reports whether a line tells nothing but units, or a remark in brackets.
func unitLine(line string) bool {
	return strings.HasPrefix(line, "单位") || strings.HasPrefix(line, "计量单位") || strings.HasPrefix(line, "(") || strings.HasPrefix(line, "（")
}

// captionLine reports whether a line can only be a caption: 表3 …, 单位：万元.
func captionLine(line string) bool {
	line = strings.TrimLeft(strings.TrimSpace(line), "(（")
	if hasAny(line, "单位：", "单位:") {
		return true
	}
	for _, w := range []string{"附表", "续表", "表"} {
		rest, ok := strings.CutPrefix(line, w)
		rest = strings.TrimLeft(rest, " ")
		if ok && (rest == "" || strings.ContainsRune("0123456789一二三四五六七八九十：:", firstRune(rest))) {
			return true
		}
	}
	return false
}

// captioned reads the caption of a table.
func (r *reader) captioned(caption string) captionFacts {
	f := captionFacts{units: r.captionUnits(caption), period: r.captionPeriod(caption)}
	f.index = hasAny(caption, "=100", "＝100", "为100")
	if i := strings.LastIndexAny(caption, "(（"); i > 0 && f.index {
		caption = caption[:i]
	}
	f.head, f.title = r.titleMeasure(caption), r.titleName(caption)
	f.growth = hasAny(caption, "增速", "增长") && !hasAny(caption, "及其增", "及增") && slices.Equal(f.units, []string{"%"})
	f.share = slices.Equal(f.units, []string{"%"}) && hasAny(caption, "构成", "占比", "比重", "结构") && !hasAny(caption, "率")
	f.index = f.index || strings.HasSuffix(f.title, "指数")
	return f
}

// percent reports whether a caption speaks of per cent.
func (f *captionFacts) percent() bool { return slices.Contains(f.units, "%") }

// captionUnits reads 单位：万元、% above a table.
func (r *reader) captionUnits(caption string) (units []string) {
	_, after, ok := strings.Cut(strings.ReplaceAll(caption, "计量单位", "单位"), "单位")
	after = strings.TrimLeft(after, " :：")
	if !ok || after == "" {
		if _, unit := r.parenthesised(strings.TrimSpace(caption)); unit != "" {
			return []string{unit}
		}
		return nil
	}
	for _, u := range strings.FieldsFunc(after, func(c rune) bool { return strings.ContainsRune(" 、,，/／)）;；和及", c) }) {
		if !r.unitWord(u) {
			break
		}
		units = append(units, u)
	}
	if whole := strings.TrimRight(after, " )）"); len(units) < 2 && r.unitWord(whole) { // 元/吨
		return []string{whole}
	}
	return units
}

// levelUnit is the unit that a caption tells for a level of the given name:
// the only one beside %, or the one that the name ends with: 户数, 户.
func (f *captionFacts) levelUnit(name string) string {
	var levels []string
	for _, u := range f.units {
		if u != "%" && u != "‰" {
			levels = append(levels, u)
		}
	}
	if len(levels) == 1 {
		return levels[0]
	}
	for _, u := range levels {
		bare := strings.TrimLeft(u, "十百千万亿")
		if strings.Contains(name, bare) || bare == "人" && strings.HasSuffix(name, "人口") {
			return u
		}
	}
	if len(levels) == 0 && len(f.units) > 0 {
		return f.units[0]
	}
	return ""
}

// captionPeriod is the time that a caption tells, or the document's.
func (r *reader) captionPeriod(caption string) string {
	own := r.calendar.own
	for i := range caption {
		p, n := r.when(caption[i:])
		if n == 0 || i > 0 && caption[i-1] >= '0' && caption[i-1] <= '9' || p.relative && !p.whole {
			continue
		}
		if p.year > 0 || p.part != "" {
			return p.resolve(own)
		}
	}
	return own
}

// titleMeasure is what a caption says that the rows have: of 农林牧渔业总产值及
// 其增长速度 it is 总产值.
func (r *reader) titleMeasure(caption string) string {
	for _, w := range []string{"及其增长", "及增长", "及其增速", "及增速", "执行情况", "完成情况", "情况", "及其构成", "构成", "项目", "单位", "表"} {
		i := strings.LastIndex(caption, w)
		if i <= 0 {
			continue
		}
		if head, _ := r.headOf(strings.TrimRight(caption[:i], " 及其和数")); head != "" && head != "指标" && !countedHead(head) {
			return head
		}
	}
	title := strings.TrimRight(strings.TrimSpace(caption), "。：: ")
	for _, w := range []string{"增长速度", "增速", "增幅"} {
		title = strings.TrimSuffix(title, w)
	}
	head, _ := r.headOf(title)
	return strings.TrimSuffix(head, "指标")
}

// titleEnds are the words that end the title of a table behind what it measures.
var titleEnds = [...]string{"如下", "一览表", "统计表", "情况表", "执行情况", "完成情况", "变化情况", "情况", "变化", "及其", "及增", "增速", "增长", "排名", "排位", "及构成", "表"}

// titleName is the whole of what the title of a table measures, for rows that
// name places: of 各镇（街道）工业投资情况如下 it is 工业投资.
func (r *reader) titleName(caption string) string {
	s := tidyHead(strings.TrimSpace(caption))
	if i := strings.Index(s, "单位"); i >= 0 {
		s = strings.TrimRight(s[:i], "(（计量")
	}
	s, _ = r.parenthesised(s)
	for _, w := range titleEnds {
		if i := strings.Index(s, w); i > len(w) {
			s = s[:i]
		}
	}
	s = strings.TrimRight(s, "及其和与：:。 ")
	for _, w := range []string{"各", "分"} {
		if i := strings.LastIndex(s, w); i >= 0 {
			s = r.withoutPlaces(s[i+len(w):])
		}
	}
	s = r.clean(s)
	if head, _ := r.headOf(s); head == "" || countedHead(head) || strings.HasPrefix(s, "主要") || strings.Contains(s, "、") {
		return ""
	}
	return s
}

// withoutPlaces takes the word for a kind of place off the start of a title:
// 镇（街道）|工业投资.
func (r *reader) withoutPlaces(s string) string {
	if role, n := r.tabular.first(s); role&rolePlace != 0 {
		return s[n:]
	}
	return s
}

// entityAt returns the entity that a cell names, "" where there is none.
func (r *reader) entityAt(c cell) string {
	if h := r.holderAt(c); h != nil {
		return h.id
	}
	return ""
}

// holderAt returns the mention that is the whole of a cell, if its entity can
// have figures of its own and is not the document's subject.
func (r *reader) holderAt(c cell) *holder {
	if c.text == "" {
		return nil
	}
	h := r.mentionAt(c.Start, c.End)
	if h == nil || h.End != c.End || h.id == r.subject {
		return nil
	}
	switch h.class {
	case schema.Division, schema.Zone, schema.Enterprise, schema.Hospital, schema.School, schema.Place, schema.Project:
		return h
	}
	return nil
}

// parenthesised takes a unit in brackets off a name: 产量（吨）.
func (l *lists) parenthesised(s string) (name, unit string) {
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}} {
		i := strings.LastIndex(s, pair[0])
		if i < 0 {
			continue
		}
		inside, rest, ok := strings.Cut(s[i+len(pair[0]):], pair[1])
		inside = strings.TrimLeft(strings.TrimSpace(inside), "±+-＋－、/")
		if ok && l.unitWord(inside) {
			return s[:i] + rest, inside
		}
	}
	if i := strings.LastIndexAny(s, "/／"); i > 0 && l.unitWord(strings.TrimLeft(s[i:], "/／")) {
		return s[:i], strings.TrimLeft(s[i:], "/／")
	}
	if rest, ok := strings.CutSuffix(s, "%"); ok {
		return rest, "%"
	}
	return s, ""
}

// unitWord reports whether s is a unit with an optional scale.
func (l *lists) unitWord(s string) bool {
	if s == "" || strings.ContainsAny(s[:1], "0123456789.,-") || strings.HasSuffix(s, "数") {
		return false
	}
	q, ok := l.quantity("1"+s, 0, "")
	return ok && s != "" && q.kind != kindNone && q.End == len(s)+1
}
