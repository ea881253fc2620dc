package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// suffixes finds names by the word that they end with.
func (r *Recogniser) suffixes(s *sentence) {
	for i := range s.words {
		w := &s.words[i]
		if w.has(mark) {
			continue
		}
		s.headWithin(i)
		if !s.mayEnd(w.End, laneHeadEnd) {
			continue
		}
		word, h := r.heads.ending(s.text[s.Start:w.End])
		if word == "学校" && strings.HasPrefix(s.rest(w.End), "长") {
			s.beforeHeadmaster(w.End - len("校"))
			continue
		}
		if word == "" || s.isNotName(w.End-len(word), w.End) {
			continue
		}
		s.suffix(schema.Span{Start: w.End - len(word), End: w.End}, h)
	}
}

// headWithin proposes the name whose head ends within word i, where the segmenter
// has joined what follows to its last character: 迎宾|湖等, 产业|集聚|区新, 文化产业|园内.
func (s *sentence) headWithin(i int) {
	w := &s.words[i]
	if w.has(single) || i == 0 || s.words[i-1].has(mark) || s.words[i-1].End < w.Start {
		return
	}
	for at := range s.in(i) {
		end := w.Start + at
		if at == 0 || !s.mayEnd(end, laneHeadEnd) {
			continue
		}
		word, h := s.r.heads.ending(s.text[s.Start:end])
		span := schema.Span{Start: end - len(word), End: end}
		if word == "" || span.Start > w.Start || s.isNotName(span.Start, span.End) {
			continue
		}
		rest := s.text[end:w.End]
		if s.r.afterSites.Has(rest) || w.Tag == "x" && s.r.clitics.Has(rest) || s.r.offices.Has(rest) && h.class != schema.School || w.Tag == "x" && span.Start < w.Start && runes(rest) == 1 {
			s.suffix(span, h)
		}
	}
}

// beforeHeadmaster proposes the school that ends at byte end, before a 校长 whom
// the segmenter has cut in two: 第一中|学校|长.
func (s *sentence) beforeHeadmaster(end int) {
	if word, h := s.r.heads.ending(s.text[s.Start:end]); word == "中学" || word == "小学" {
		s.suffix(schema.Span{Start: end - len(word), End: end}, h)
	}
}

// suffix proposes the name that ends with the head at span, if it is one.
func (s *sentence) suffix(span schema.Span, h head) {
	if h = s.counted(span, h); h.mode == needsQuote {
		s.quotedSuffix(span, h)
		return
	}
	if d, ok := s.divisionOver(span.Start); ok && d.End >= span.End && (d.full || d.Span != span || h.class != schema.Place) {
		return // the head is the end of a division: 中山; but 崇武|古城
	}
	if span.In(s.text) == "总部" && strings.HasSuffix(s.text[s.Start:span.Start], "公司") {
		return // what the company is called ends before it
	}
	if h.mode == needsShort && s.insideKnown(span) {
		return // 燕山|石化
	}
	ev := s.walkLeft(span.Start, h)
	if start := s.wayStart(ev.start, h); start < ev.start {
		ev.start, ev.proper = start, true
	}
	if h.class == schema.Division {
		ev.start += townFront(s.text[ev.start:span.Start])
	}
	name := schema.Span{Start: ev.start, End: span.End}
	rule := "suffix-" + string(h.mode)
	if h.class == schema.Project && h.mode == needsProper {
		rule = "suffix-works"
	}
	if why := s.lacking(ev, h, span); why != "" {
		if ev.start >= span.Start && s.r.soles.Has(span.In(s.text)) {
			s.soles = append(s.soles, span)
		}
		if s.doc.Traced() {
			s.reject(name, rule, why)
		}
		return
	}
	name.End = s.tail(name.End, h)
	class := s.classOf(name, span, h)
	if class == schema.Program && h.class == schema.Project && s.endsFormula(name, span) {
		name.Start = s.fromQuotation(name.Start, span.Start)
		rule = "suffix-formula" // 茶叶、夏橙|“三个百万亩”工程
	}
	if s.isBranch(name, span.Start, class) {
		rule = "suffix-branch"
	}
	s.propose(name, class, rule)
	if class == schema.Event {
		s.wholeEvent(name)
	}
}

// lacking tells what a name lacks that its head needs; "" where nothing.
func (s *sentence) lacking(ev evidence, h head, span schema.Span) string {
	if why := s.malformed(ev, h, span); why != "" {
		return why
	}
	return s.unproven(ev, h, span)
}

// malformed tells by which sign a span is no whole name, whatever its head
// needs; "" where it bears none.
func (s *sentence) malformed(ev evidence, h head, span schema.Span) string {
	before := s.text[ev.start:span.Start]
	switch {
	case ev.counted && !ev.proper && !ev.quote:
		return "a number of things stands before it"
	case ev.start >= span.Start:
		return "nothing stands before its last word"
	case h.class == schema.Enterprise && s.endsKnown(schema.Span{Start: ev.start, End: span.End}):
		return "it is the end of a known name"
	case strings.HasPrefix(before, "(") || strings.HasPrefix(before, "（"), strings.HasPrefix(before, "个") && h.class == schema.Project:
		return "its beginning is lost"
	case strings.HasPrefix(before, "各") || strings.HasSuffix(before, "各") || strings.HasPrefix(before, "全") && h.class == schema.Division:
		return "it stands for all of a kind"
	case s.r.notNames.Has(s.text[ev.start:span.End]) || s.kindOnly(s.text[ev.start:span.End], h.class) && !((h.class == schema.Organization || h.class == schema.Zone) && ev.proper && ev.content > 1):
		return "it is known to be no name"
	case s.runsInto(span, h, ev):
		return "it is the beginning of another name"
	case !ev.division && !ev.quote && s.isCount(span.End):
		return "a number says how many there are"
	case s.plansOnly(before, span):
		return "it is what was planned, or a verb"
	case ev.quote && !s.mayQuote(h.class):
		return "things of its class have no names in quotation marks"
	case strings.HasSuffix(before, "型") || strings.HasSuffix(before, "性"):
		return "an adjective stands before its last word"
	case h.class == schema.Event && h.mode == needsShort && s.r.clitics.Has(before[max(0, len(before)-len("以")):]):
		return "a function word stands before it" // 希望|以|节|为媒
	case h.class == schema.Project && !ev.division && !ev.quote && strings.HasSuffix(s.text[s.Start:ev.start], "等"):
		return "it sums up a list"
	case h.class == schema.Project && strings.HasPrefix(before, "等"):
		return "it is what somebody waits for, or sums up a list"
	case h.class == schema.Enterprise && (strings.HasSuffix(s.text[:span.End], "全资子公司") || strings.HasSuffix(s.text[:span.End], "控股子公司")):
		return "it tells whose company the next one is"
	case strings.HasSuffix(before, "A级"):
		return "a grade stands before its last word"
	}
	return ""
}

// unproven tells which proof that it names one thing a whole name lacks; "" where
// it has what its head needs. What proves enough by itself comes first.
func (s *sentence) unproven(ev evidence, h head, span schema.Span) string {
	before := s.text[ev.start:span.Start]
	switch {
	case (h.class == schema.Project || h.class == schema.Program) && s.knownProgram(span.Start):
		return ""
	case h.class == schema.Division && s.beginsQuote(ev.start, span.End):
		return "a quotation of a few more characters begins with it"
	case h.class == schema.Project && s.r.plainWorks.Suffix(before) != "" && !ev.nearQuote:
		return "its last words are generic"
	case ev.quote && s.mayQuote(h.class):
		return ""
	case ev.owned && ev.content > 0:
		return ""
	case h.mode == needsProper && ev.level && ev.content > 0 || ev.level && s.onLevel(span.In(s.text), h.class):
		return ""
	case h.class == schema.Event && s.ofAll(before):
		return ""
	case h.mode == needsProper && h.class == schema.Project && ev.content > 0 && s.namesSite(before):
		return ""
	case (h.class == schema.Organization || h.class == schema.Agency) && (ev.content > 1 || runes(before) >= fullName) && s.founded(ev.start, span):
		return ""
	case h.class == schema.Organization && (worldwide(before) || ev.content > 1 && (s.belongs(ev.start) || s.acts(span.End))):
		return ""
	case h.mode == needsProper && !ev.proper && (!s.r.namedHeads.Has(span.In(s.text)) || ev.content < 2):
		return "nothing before its last word looks like a proper name"
	case h.mode == needsProper && ev.bare && ev.content == 0 && !selfStanding(h) && runes(span.In(s.text)) < 4 && !s.ofTown(ev.start, span) && (strings.HasSuffix(span.In(s.text), "会") || !s.r.ofLevels.Has(span.In(s.text))):
		return "only a division stands before its last word"
	case h.mode == needsContent && s.r.campaigns.Has(span.In(s.text)) && runes(before) > 3:
		return ""
	case h.class == schema.Project && h.mode == needsContent && ev.division && s.namesSite(strings.TrimSuffix(before, s.r.workTails.Suffix(before))):
		return ""
	case s.softWork(before, span) && runes(before) > 4:
		return ""
	case h.mode == needsContent && ev.ordinal && s.r.ofLevels.Has(span.In(s.text)):
		return ""
	case h.mode == needsContent && ev.content < leastContent(h, ev):
		return "all before its last word is generic"
	case h.mode == needsPrefix && !ev.division && !ev.level && !ev.ordinal && (!ev.proper || h.class == schema.Event) && !strings.HasSuffix(s.text[s.Start:ev.start], "暨") && (h.class != schema.School || ev.content == 0 || runes(before) > 4):
		return "no division stands before its last word"
	case h.mode == needsShort && (runes(before) > h.max || ev.content == 0 && !ev.proper && !(s.r.sides.Has(span.In(s.text)) && runes(before) > 1)):
		return "what stands before its last word is too long or generic"
	case h.mode == needsShort && s.ordinaryWord(schema.Span{Start: ev.start, End: span.End}, span):
		return "it is a word of the language"
	}
	return ""
}

// onLevel reports whether a head makes a name after the word for a level alone. The
// head of an organisation can hold what tells it from others: 区|女企业家商会.
func (s *sentence) onLevel(head string, class schema.Class) bool {
	return s.r.ofLevels.Has(head) || class == schema.Organization && s.r.ofLevels.Suffix(head) != ""
}

// plansOnly reports whether the head at span is the 计划 by which figures are
// measured (超过|计划), or a verb: 计划|实施.
func (s *sentence) plansOnly(before string, span schema.Span) bool {
	if span.In(s.text) != "计划" {
		return false
	}
	if before == "年" || s.r.falseHeads.Suffix(before+"计划") != "" {
		return true
	}
	i := s.wordAt(span.End)
	return i < len(s.words) && s.words[i].Start == span.End && (s.words[i].has(number) || strings.HasPrefix(s.words[i].Tag, "v"))
}

// runsInto reports whether the water, mountain or road that ends with the head at
// span is only the beginning of another name (清水湾|纸业基地, 东海路|街道), or one end
// of a way (石门沟|至).
func (s *sentence) runsInto(span schema.Span, h head, ev evidence) bool {
	rest, before := s.rest(span.End), s.text[s.Start:ev.start]
	if h.class == schema.Project {
		return s.beginsInstitute(span)
	}
	if h.class == schema.School {
		return strings.HasPrefix(rest, "社区") // 云岭大学|社区
	}
	if h.class == schema.Program || h.class == schema.Enterprise && h.mode == needsPrefix {
		return s.r.heads.begins(rest, schema.Organization, schema.Enterprise) // 无人体系|产业联盟, 云川交投|集团
	}
	if h.class == schema.Place && h.mode == needsProper && runes(span.In(s.text)) == 1 {
		next := s.r.heads.words.Prefix(rest)
		return runes(next) > 1 && strings.HasPrefix(s.r.heads.words.Value(next), string(schema.Place)+" ") // 博雅苑|广场
	}
	if h.class != schema.Place && h.class != schema.Road || h.mode != needsShort {
		return false
	}
	if h.class == schema.Road {
		return strings.HasPrefix(rest, "街道") || strings.HasPrefix(rest, "办事处")
	}
	if runes(span.In(s.text)) > 1 || !s.r.natural.Has(span.In(s.text)) {
		return false
	}
	if strings.HasPrefix(rest, "至") || strings.HasSuffix(before, "至") {
		return true
	}
	i := s.wordAt(span.End)
	if i >= len(s.words) || s.words[i].Start != span.End || s.words[i].Tag == "" {
		return false
	}
	w := &s.words[i]
	return w.Tag[0] == 'n' && !w.has(mark|generic|inside|boundary|lead) && !s.tellsSite(rest)
}

// tellsSite reports whether what stands after the name of a site tells a part of it,
// what is done there or where about it.
func (s *sentence) tellsSite(rest string) bool {
	return s.r.siteDeeds.Prefix(rest) != "" || s.r.deedTails.Prefix(rest) != "" || s.r.afterSites.Prefix(rest) != ""
}

// kindOnly reports whether a text ends as names do but tells a kind: 老旧|小区. A way
// from place to place can be of any kind.
func (s *sentence) kindOnly(text string, class schema.Class) bool {
	return s.r.falseHeads.Suffix(text) != "" && class != schema.Honor && class != schema.Project && !(class == schema.Road && strings.Contains(text, "至"))
}

// namesSite reports whether what is built on has a name of its own:
// 红旗水库|除险加固.
func (s *sentence) namesSite(before string) bool {
	word, h := s.r.heads.ending(before)
	switch h.class {
	case schema.Place, schema.Road, schema.School, schema.Hospital, schema.Zone:
		return runes(before)-runes(word) > 1
	}
	return false
}

// leastContent returns how many characters of content a name must have.
func leastContent(h head, ev evidence) int {
	if h.class == schema.Event && ev.ordinal {
		return 1 // 首届|藤|茶文化节
	}
	if h.class == schema.Event || h.class == schema.Program || ev.proper {
		return 2
	}
	return 3
}

// mayQuote reports whether a quotation makes a name of the class.
func (s *sentence) mayQuote(c schema.Class) bool {
	switch c {
	case schema.Program, schema.Project, schema.Event, schema.Honor, schema.Organization, schema.Place:
		return true
	}
	return false
}

// classOf returns the class of a name: its head's, but a works that a
// quotation counts is a programme (“三个一批”|项目), and a stage of a zone or a
// road one of it (软件园|二期).
func (s *sentence) classOf(name, span schema.Span, h head) schema.Class {
	before := s.text[name.Start:span.Start]
	if head := span.In(s.text); head == "分院" || head == "分中心" {
		return branchClass(before, head)
	}
	if h.class == schema.Zone && strings.HasSuffix(span.In(s.text), "基地") && s.firmOpens(name.Start, span.Start) {
		return schema.Project // 隆泰|云川智能制造基地
	}
	if h.class != schema.Project {
		return h.class
	}
	works := strings.HasSuffix(span.In(s.text), "工程")
	if works && s.isQuoted(name) {
		return schema.Program
	}
	if works && (strings.HasPrefix(before, "“") || strings.HasPrefix(before, `"`) || s.softWork(before, span)) {
		return schema.Program
	}
	if quote, ok := strings.CutSuffix(before, "”"); ok {
		i := strings.LastIndex(quote, "“")
		if i >= 0 && (works || formula(quote[i+len("“"):])) && !s.properIn(schema.Span{Start: name.Start, End: name.Start + i}) {
			return schema.Program
		}
	}
	if strings.HasSuffix(span.In(s.text), "期") {
		if word, base := s.r.heads.ending(before); word != "" && (base.class == schema.Zone || base.class == schema.Road) {
			return base.class
		}
	}
	return h.class
}

// isQuoted reports whether quotation marks stand around a name.
func (s *sentence) isQuoted(name schema.Span) bool {
	front := s.text[s.Start:name.Start]
	return strings.HasSuffix(front, "“") && strings.HasPrefix(s.rest(name.End), "”") || strings.HasSuffix(front, `"`) && strings.HasPrefix(s.rest(name.End), `"`)
}

// beginsQuote reports whether a quotation begins at byte start that is over a few
// characters after byte end: “枣乡|贷”.
func (s *sentence) beginsQuote(start, end int) bool {
	i := strings.Index(s.rest(end), "”")
	return i > 0 && strings.HasSuffix(s.text[s.Start:start], "“") && runes(s.rest(end)[:i]) < 4
}

// softWork reports whether the head at span is 工程 after a word that tells that
// nothing is built: 乡村教育振兴|工程.
func (s *sentence) softWork(before string, span schema.Span) bool {
	return strings.HasSuffix(span.In(s.text), "工程") && s.r.softWorks.Suffix(before) != ""
}

// knownProgram reports whether a programme of the lexicon ends at byte b, to
// which 工程 or 行动 may be said: 电子商务进农村综合示范|工程.
func (s *sentence) knownProgram(b int) bool {
	k := s.knownEnding(b)
	if k < 0 {
		return false
	}
	entries := s.r.lex.Lookup(s.text[s.words[k].Start:b])
	return len(entries) > 0 && entries[0].Class == schema.Program && runes(s.text[s.words[k].Start:b]) > 3
}

// ordinaryWord reports whether a name whose head is one character is a single
// word that no tag calls a name (宏观), or its head the end of a generic word
// (市政|道路).
func (s *sentence) ordinaryWord(name, head schema.Span) bool {
	if runes(head.In(s.text)) > 1 {
		return false
	}
	w := s.words[s.wordAt(head.Start)]
	if w.Start == name.Start {
		return w.Tag != "ns" && w.Tag != "x" && w.Tag != "nt" && w.Tag != "nz" && w.Tag != "nr" || w.has(common)
	}
	return w.Start < head.Start && w.has(common)
}

// counted makes a programme of what a numeral and 大 count: 十大|工程.
func (s *sentence) counted(span schema.Span, h head) head {
	if h.class != schema.Project && h.class != schema.Program {
		return h
	}
	before := s.text[s.Start:span.Start]
	numeral, ok := strings.CutSuffix(before, "大")
	if !ok {
		numeral, ok = strings.CutSuffix(before, "号")
	}
	if r, size := utf8.DecodeLastRuneInString(numeral); ok && strings.ContainsRune("一二三四五六七八九十", r) {
		start := span.Start - len("大") - size
		if front := s.text[s.Start:start]; strings.HasSuffix(front, "“") || s.opensName(start) && s.words[s.wordAt(start)].Start == start {
			s.propose(schema.Span{Start: start, End: span.End}, schema.Program, "suffix-counted")
		}
	}
	return h
}

// quotedSuffix proposes the quotation that stands before a weak head, without
// the head: “BTX”|建设 is known as BTX.
func (s *sentence) quotedSuffix(span schema.Span, h head) {
	i := s.wordAt(span.Start) - 1
	for n := 0; i >= 0 && n < 2 && !s.words[i].has(mark|boundary|number); n++ {
		i--
	}
	if i < 0 || s.in(i) != "”" && s.in(i) != `"` || s.words[i].End < span.Start-len("区域公用品") {
		return
	}
	open := s.opening(i, h)
	if open < 0 {
		return
	}
	quote := schema.Span{Start: s.words[open].Start, End: s.words[i].End}
	inner := cleanName(quote.In(s.text))
	if s.r.notNames.Has(inner) || runes(inner) < 2 {
		return
	}
	if strings.ContainsAny(inner, "+＋") && quote.End == span.Start {
		s.propose(schema.Span{Start: quote.Start, End: span.End}, h.class, "suffix-content")
		return
	}
	s.propose(quote, h.class, "suffix-quote")
	if front := s.text[s.Start:quote.Start]; strings.HasSuffix(front, "”和") || strings.HasSuffix(front, "”、") || strings.HasSuffix(front, "”“") {
		if open := s.opening(s.wordAt(strings.LastIndex(front, "”")+s.Start), h); open >= 0 {
			s.propose(schema.Span{Start: s.words[open].Start, End: s.Start + strings.LastIndex(front, "”") + len("”")}, h.class, "suffix-quote")
		}
	}
}

// selfStanding reports whether a division and the head alone make a name.
func selfStanding(h head) bool {
	return h.class == schema.Hospital || h.class == schema.School || h.class == schema.Place || h.class == schema.Road
}

// tail moves the end of a name over what may follow its head: a bracket, a
// numbered stage, a section of a road.
func (s *sentence) tail(end int, h head) int {
	rest := s.rest(end)
	if h.class == schema.Project || h.class == schema.Road {
		for _, open := range [...]string{"(", "（"} {
			inner, ok := strings.CutPrefix(rest, open)
			if !ok {
				continue
			}
			for _, shut := range [...]string{"段)", "段）", "期)", "期）"} {
				if i := strings.Index(inner, shut); i > 0 && runes(inner[:i]) < 8 {
					return end + len(open) + i + len(shut)
				}
			}
		}
	}
	if h.class == schema.Project || h.class == schema.Road {
		if d, ok := s.divisionOver(end); ok && d.Start == end && strings.HasPrefix(s.rest(d.End), "段") {
			return d.End + len("段")
		}
	}
	if h.class == schema.Road {
		end += sectionOf(s.rest(end))
	}
	if h.class == schema.Event {
		return s.legEnd(end)
	}
	if h.class == schema.Enterprise {
		return s.worksOf(s.branchEnd(end)) // 江东公司|云川工厂
	}
	if h.class == schema.School && strings.HasSuffix(s.text[:end], "大学") {
		return s.branchEnd(end) // 云川科技大学|（白石）
	}
	if t := s.r.tails.Prefix(rest); t != "" && s.r.tails.Value(t) == string(h.class) {
		return end + len(t)
	}
	return end
}

// sectionOf returns the length of the numbered section that the name of a street goes on
// with, after the side of the town where there is one: 人民南路|四段, 一环路|南四段.
func sectionOf(rest string) int {
	number := strings.TrimLeft(rest, "东南西北中")
	after := strings.TrimLeft(number, "一二三四五六七八九十")
	if len(rest)-len(number) > len("南") || len(after) == len(number) || !strings.HasPrefix(after, "段") {
		return 0
	}
	return len(rest) - len(after) + len("段")
}
