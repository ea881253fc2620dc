package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// allowsVerb reports whether a verb may stand in a name of the head at byte b,
// with n characters between it and the head: 根治|欠薪行动, 前进|大街.
func (s *sentence) allowsVerb(h head, b, n int) bool {
	switch h.class {
	case schema.Event:
		return true
	case schema.Program:
		return s.r.deeds.Prefix(s.rest(b)) != ""
	case schema.Road, schema.Place, schema.Division, schema.School, schema.Project:
		return n == 0
	case schema.Organization:
		return strings.HasPrefix(s.rest(b), "研究") || strings.HasPrefix(s.rest(b), "设计") || strings.HasPrefix(s.rest(b), "规划") || n == 0 && (strings.HasPrefix(s.rest(b), "协会") || strings.HasPrefix(s.rest(b), "俱乐部"))
	}
	return false
}

// joinsPlaces reports whether word i is the 至 between the two ends of a road.
func (s *sentence) joinsPlaces(i int, h head) bool {
	if s.in(i) != "至" || i == 0 || h.class != schema.Road && h.class != schema.Project {
		return false
	}
	if _, ok := s.divisionEnding(s.words[i].Start); ok || s.words[i-1].Tag == "ns" || s.words[i-1].has(proper) {
		return true
	}
	return s.words[i-1].Tag == "n" && !s.words[i-1].has(single|generic) && i+1 < len(s.words) && s.words[i+1].Tag == "ns"
}

// joinsEvent reports whether word i is the 与 inside the name of a numbered
// event (第四届建筑遗产保护与修复|博览会) or of an organisation of a division
// (江苏省海洋信息技术与装备|创新中心).
func (s *sentence) joinsEvent(i int, h head) bool {
	if h.class != schema.Event && h.class != schema.Organization || !s.r.conjunctions.Has(s.in(i)) || s.in(i) == "、" {
		return false
	}
	if before := s.text[s.Start:s.words[i].Start]; s.namesOrgan(before) {
		return false // two names
	}
	if h.class == schema.Organization && (s.divisionEnds(s.words[i].Start) || s.levelAt(s.words[i].End)) {
		return false // 白石县|与|云川研究院, 县书法家|和|县瓜农协会
	}
	for j := i - 1; j >= 0 && j > i-10; j-- {
		if open := s.opening(j, h); open >= 0 && open < j && strings.ContainsAny(s.in(j), ")）") {
			j = open // 第六届中国（白石）盘歌|与|茶文化节
			continue
		}
		w := s.words[j]
		if h.class == schema.Event && w.has(number) && strings.HasPrefix(s.in(j), "第") {
			return true
		}
		if d, ok := s.divisionOver(w.Start); ok {
			return h.class == schema.Organization && d.full
		}
		if s.in(j) == "”" {
			return h.class == schema.Event // “云锂之都”产业生态|及|供应链大会
		}
		if w.has(mark) || w.has(boundary) && !w.has(inside) {
			return false
		}
	}
	return false
}

// wholeEvent proposes the event of which the one at name is the second half, and does
// not tell by a number or a motto that it is another: 云川盘歌节|暨|瑶医药大会.
func (s *sentence) wholeEvent(name schema.Span) {
	const joint = "暨"
	front, ok := strings.CutSuffix(s.text[s.Start:name.Start], joint)
	text := name.In(s.text)
	if !ok || strings.Contains(text, "届") || strings.HasPrefix(text, "“") {
		return
	}
	for k := len(s.found) - 1; k >= 0; k-- {
		if c := &s.found[k]; c.class == schema.Event && c.End == s.Start+len(front) {
			s.propose(schema.Span{Start: c.Start, End: name.End}, schema.Event, "suffix-content")
			return
		}
	}
}

// holdsEvent reports whether word i is a verb whose object is an event.
func (s *sentence) holdsEvent(i int) bool {
	switch s.in(i) {
	case "召开", "举行", "举办", "组织", "参加", "出席", "承办", "主办", "协办", "开展", "启动", "迎来":
		return true
	}
	return false
}

// joinsWorks reports whether word i is the 及 between two works of one project:
// 精深加工|及|保健食品|生产线.
func (s *sentence) joinsWorks(i int, h head) bool {
	return h.class == schema.Project && s.in(i) == "及" && i > 0 && s.words[i-1].has(inside|generic) && i+1 < len(s.words) && !s.words[i+1].has(proper|boundary)
}

// sideOfVillage reports whether word i is a direction that the name of a
// village has: 西|上|碾头村.
func (s *sentence) sideOfVillage(i int, h head) bool {
	switch h.class {
	case schema.Division, schema.Road, schema.School:
		return s.words[i].has(single) && strings.Contains("上下中前后里外", s.in(i)) && (i == 0 || s.words[i-1].has(mark|single))
	}
	return false
}

// middle reports whether word i is the 中 of a region: 滇|中|经济技术开发区.
func (s *sentence) middle(i int) bool {
	return s.in(i) == "中" && i > 0 && s.words[i-1].has(single) && !s.words[i-1].has(mark|boundary|number|counter) && s.words[i-1].End == s.words[i].Start
}

// legEnd returns where the name of a match ends that goes on at byte b with the
// place of a leg of it: 自行车赛|云川赛段, else b.
func (s *sentence) legEnd(b int) int {
	d, ok := s.divisionOver(b)
	if !ok || d.Start != b || !strings.HasSuffix(s.text[s.Start:b], "赛") && !strings.HasSuffix(s.text[s.Start:b], "马拉松") {
		return b
	}
	for _, leg := range [...]string{"分站赛", "赛段", "赛区", "站"} {
		if strings.HasPrefix(s.rest(d.End), leg) {
			return d.End + len(leg)
		}
	}
	return b
}

// endsFormula reports whether the head at span is the last of a name that is one of
// a list, of things and what is done for them in quotation marks.
func (s *sentence) endsFormula(name, span schema.Span) bool {
	if !strings.HasSuffix(s.text[name.Start:span.Start], "”") || span.In(s.text) != "工程" || !strings.HasSuffix(s.text[s.Start:name.Start], "、") {
		return false
	}
	i := s.wordAt(span.End)
	return i >= len(s.words) || s.words[i].has(mark|boundary|verbal|number)
}

// fromQuotation returns where the quotation begins that ends at byte b, unless a
// division or the word for a level begins the name at byte start.
func (s *sentence) fromQuotation(start, b int) int {
	if d, ok := s.divisionOver(start); ok && d.Start == start || s.levelAt(start) {
		return start
	}
	if i := strings.LastIndex(s.text[start:b], "“"); i > 0 {
		return start + i
	}
	return start
}

// ofAll reports whether what stands before the last word of the name of a meeting
// says that it is one of all of a division, and what for: 全市|重点项目|观摩会.
func (s *sentence) ofAll(before string) bool {
	const least = 6 // characters
	for _, all := range [...]string{"全国", "全省", "全市", "全县", "全区", "全州", "全旗", "全盟"} {
		if strings.HasPrefix(before, all) {
			return runes(before) >= least
		}
	}
	return false
}

// countsEvents reports whether word i says how many times an event was held, not
// which time: 成功举办|六届.
func (s *sentence) countsEvents(i int) bool {
	text := s.in(i)
	if !strings.HasSuffix(text, "届") || strings.HasPrefix(text, "第") || text == "首届" || i > 0 && strings.HasPrefix(s.in(i-1), "第") {
		return false
	}
	before := strings.TrimSuffix(s.text[s.Start:s.words[i].Start], "了")
	for _, verb := range [...]string{"举办", "承办", "连续", "成功", "办好", "举行", "共"} {
		if strings.HasSuffix(before, verb) {
			return true
		}
	}
	return false
}

// ofYear reports whether word i is a part of the year of an event: one that no 年
// follows (2021|云川市…签约活动), or that stands after the division that holds it
// (云川区|2019|年|…签约仪式).
func (s *sentence) ofYear(i int) bool {
	w := &s.words[i]
	if s.in(i) == "年" && i > 0 {
		i--
		w = &s.words[i]
	}
	if len(s.in(i)) != len("2021") || s.text[w.Start] != '2' && s.text[w.Start] != '1' || strings.Trim(s.in(i), "0123456789") != "" || i+1 >= len(s.words) {
		return false
	}
	if s.in(i+1) != "年" {
		return s.words[i+1].Start == w.End && !s.words[i+1].has(number|counter) && s.in(i+1) != "-" && (i == 0 || s.words[i-1].has(mark|boundary))
	}
	d, ok := s.divisionEnding(w.Start)
	return ok && d.full
}

// joinsMeetings reports whether word i is the 暨 between two halves of the name of
// one event, of which the first is no event by itself: 集中开工|暨|动员大会.
func (s *sentence) joinsMeetings(i int, h head) bool {
	if h.class != schema.Event || s.in(i) != "暨" || i == 0 {
		return false
	}
	word, before := s.r.heads.ending(s.text[s.Start:s.words[i].Start])
	return word == "" || before.class != schema.Event
}

// atQuotation moves the start of a programme's name that ends at byte b to the
// quotation in it, where what stands before is a deed or tells only who does it:
// 云岭派出所总结|“3+N”工作法, 作为|“村改”攻坚战, 市里|“东进”战略.
func (s *sentence) atQuotation(start, b int) int {
	quote := start + strings.Index(s.text[start:b], "“")
	if quote <= start {
		return start
	}
	i := s.wordAt(quote) - 1
	w := &s.words[i]
	if d, ok := s.divisionOver(w.Start); ok && d.End == quote && d.full {
		return start
	}
	text := s.in(i)
	if w.has(verbal|boundary|single|speech) || s.r.programVerbs.Suffix(text) != "" || s.r.fronts.Has(text) {
		return quote
	}
	return start
}
