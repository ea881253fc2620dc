package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// organNames finds organs of party, state and government: a division or the
// word for a level, then the organ: 南关区委, 县政府, 区财政局, 市自然资源和规划局.
func (r *Recogniser) organNames(s *sentence) {
	for _, d := range s.divs {
		s.organAt(s.withParty(d.chain), d.End, true)
	}
	for i := range s.words {
		w := s.words[i]
		if w.has(mark) || w.has(number) {
			continue
		}
		if !s.may(w.Start, laneLevel) && w.Tag != "x" {
			// no word for a level begins it
		} else if start, end := s.levelWord(w.Span, w.Tag); end > start && !s.continuesWord(start) {
			s.organAt(s.townFrom(start, end), end, true)
		}
		if s.may(w.Start, laneStem) {
			s.organAt(w.Start, w.Start, false)
			if i > 1 && s.in(i-1) == "、" {
				s.department(i)
			}
		}
		if i > 0 && s.words[i-1].End == w.Start && (s.in(i) == "管委会" || s.in(i) == "管理委员会" || s.in(i) == "党工委") {
			s.zoneOrgan(i)
		}
		if i > 0 && s.in(i-1) == "、" && s.in(i) == "管委会" {
			s.committeeOf(i)
		}
	}
}

// committeeOf proposes the committee of the zone whose organ of the party is named
// before, with one who is of both: 高新区党工委副书记、|管委会|主任.
func (s *sentence) committeeOf(i int) {
	const party = "党工委"
	for k := len(s.found) - 1; k >= 0; k-- {
		if c := &s.found[k]; c.class == schema.Agency && c.rule == "organ-zone" && strings.HasSuffix(c.name, party) {
			s.proposeNamed(s.words[i].Span, schema.Agency, strings.TrimSuffix(c.name, party)+s.in(i), "organ-zone")
			return
		}
	}
}

// zoneOrgan proposes the organ of the zone before word i, which may be told by its
// kind alone where a document speaks of one: 云岭农业科技园区|管委会, 高新区|管委会.
func (s *sentence) zoneOrgan(i int) {
	end := s.words[i].Start
	word, h := s.r.heads.ending(s.text[s.Start:end])
	if h.class != schema.Zone && h.class != schema.Place || word == "" {
		return
	}
	at := end - len(word)
	if ev := s.walkLeft(at, h); ev.start < at && (ev.proper || ev.level || ev.division || ev.content > 1) && !ev.counted {
		s.propose(schema.Span{Start: ev.start, End: s.words[i].End}, schema.Agency, "organ-zone")
	} else if h.class == schema.Zone && s.wordAt(at) == i-1 && s.words[i-1].Start == at {
		s.propose(schema.Span{Start: at, End: s.words[i].End}, schema.Agency, "organ-bare")
	}
}

// levelWord returns where the word begins with the word for a level that
// stands for a division: 区 in 区委. A verb or preposition that the segmenter
// took with it is left out.
func (s *sentence) levelWord(w schema.Span, tag string) (start, end int) {
	text := w.In(s.text)
	if l := s.r.levels.Prefix(text); l != "" {
		return w.Start, w.Start + len(l)
	}
	size := lexicon.RuneLen(text[0])
	if size < len(text) && tag == "x" && (s.r.flags.words[text[:size]].has(boundary) || s.r.clitics.Has(text[:size])) {
		if l := s.r.levels.Prefix(text[size:]); l != "" {
			return w.Start + size, w.Start + size + len(l)
		}
	}
	return 0, 0
}

// townFrom returns where the name of a township begins of which only the last word
// stands from byte start to end: 长安|镇|党委. Where none does it is start.
func (s *sentence) townFrom(start, end int) int {
	const longest = 4 // characters before the last word
	word, h := s.r.heads.ending(s.text[s.Start:end])
	if word != s.text[start:end] || h.class != schema.Division || word != "镇" && word != "乡" && word != "街道" {
		return start
	}
	if ev := s.walkLeft(start, h); ev.proper && !ev.counted && runes(s.text[ev.start:start]) <= longest {
		return ev.start
	}
	return start
}

// continuesWord reports whether the word for a level at byte b is the end of
// another: 园|区, 各县|市.
func (s *sentence) continuesWord(b int) bool {
	return b > s.Start && s.r.levelFronts.Suffix(s.text[s.Start:b]) != ""
}

// withParty moves a start to the left over 中共, and over the bureau of the nation
// whose teams bear its name and a place's: 国家统计局|云岭调查队.
func (s *sentence) withParty(start int) int {
	for _, front := range [...]string{"中共", "中国共产党", "国家统计局", "国家税务总局"} {
		if strings.HasSuffix(s.text[s.Start:start], front) {
			return start - len(front)
		}
	}
	return start
}

// organAt proposes the organ that follows at byte at, whose name begins at
// start. prefixed says that a division or a level stands before it.
func (s *sentence) organAt(start, at int, prefixed bool) {
	text := s.text[:s.End]
	if prefixed {
		at = skipTerm(text, at)
		if o := s.r.organs.At(text, at); o != "" && !s.isNotName(at, at+len(o)) {
			class := schema.Agency
			if v := s.r.organs.Value(o); v != "" {
				class = schema.Class(v)
			}
			rule := "organ"
			if class != schema.Agency {
				rule = "organ-other"
			}
			end := at + len(o)
			if e, head := s.stemsAt(end); head != "" && (strings.HasSuffix(o, "政府") || strings.HasSuffix(o, "委")) {
				end = e // 市政府|经济合作|办公室, 省委|文明|办
			}
			s.propose(schema.Span{Start: start, End: end}, class, rule)
		}
	}
	if i := s.wordAt(at); i < len(s.words) && s.buildsThere(i) {
		return // 在平川镇|建设数据中心
	}
	end, head := s.stemsAt(at)
	if head == "" || !prefixed && s.r.peaks.Value(head) != "alone" || s.isNotName(end-len(head), end) {
		return
	}
	if word, h := s.r.heads.ending(s.text[start:end]); word != "" && (h.class == schema.Hospital || h.class == schema.Organization && strings.HasSuffix(word, "科学院") || h.class == schema.Place) {
		return // 社区|卫生服务中心, 市|农林|科学院, 社区|党群服务中心
	}
	if s.r.notOrgans.Has(s.text[at:end]) || head == "办" && strings.ContainsAny(s.after(end, 1), "学理公好成事法案实") || head == "站" && !s.alignedRight(schema.Span{Start: at, End: end}) {
		return // 商业中心; 合作|办学; 发展|站上新起点
	}
	if e, part := s.stemsAt(end); prefixed && s.r.peaks.Value(part) == "part" && (s.officeAt(e) != "" || strings.HasSuffix(part, "队") && s.opensNext(e)) {
		end = e // 县商务局|电商办|主任, 县公安局|交警大队、
	}
	rule := "organ-stem"
	if !prefixed {
		rule = "organ-bare"
	}
	s.propose(schema.Span{Start: start, End: end}, schema.Agency, rule)
}

// opensNext reports whether no name goes on at byte b.
func (s *sentence) opensNext(b int) bool {
	i := s.wordAt(b)
	return i >= len(s.words) || s.words[i].Start == b && s.words[i].has(mark|boundary|verbal)
}

// skipTerm skips the term of an organ: 十五届, 第十五届.
func skipTerm(text string, at int) int {
	end := at
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune("第一二三四五六七八九十0123456789", r) {
			break
		}
		end += size
	}
	if end > at && strings.HasPrefix(text[end:], "届") {
		return end + len("届")
	}
	return at
}

// stemsAt reads one or more fields of office (财政, 人力资源和社会保障) and the
// word for the organ (局), and returns where it ends, and that word; "" where
// there is none.
func (s *sentence) stemsAt(at int) (end int, head string) {
	text := s.text[:s.End]
	for n := 0; ; n++ {
		w := s.r.stems.At(text, at)
		if w == "" {
			break
		}
		at += len(w)
		for _, and := range [...]string{"和", "与"} {
			if strings.HasPrefix(text[at:], and) && s.r.stems.At(text, at+len(and)) != "" {
				at += len(and)
			}
		}
		if h := s.r.peaks.At(text, at); h != "" {
			end, head = at+len(h), h
		}
		if n > 6 {
			break
		}
	}
	return end, head
}

// isNotName reports whether a phrase that is no name begins at start and goes
// on beyond end: 人大代表, 政府工作报告.
func (s *sentence) isNotName(start, end int) bool {
	return s.may(start, laneNotName) && start+len(s.r.notNames.At(s.text[:s.End], start)) > end
}

// namesOrgan reports whether a name ends with the word for an organ.
func (s *sentence) namesOrgan(name string) bool {
	word, _ := s.r.heads.ending(name)
	return word != "" || s.r.peaks.Suffix(name) != "" || s.r.organs.Suffix(name) != ""
}

// founded reports whether the organisation whose name begins at byte start and
// whose head is at span is said to have been founded: 组建了|大米协会.
func (s *sentence) founded(start int, span schema.Span) bool {
	switch span.In(s.text) {
	case "协会", "学会", "商会", "联合会", "研究会", "研究所", "研究院", "促进会", "实验室", "调解中心", "服务队", "志愿服务队", "研发中心", "技术中心":
	default:
		return false
	}
	if i := s.wordAt(span.End); i < len(s.words) && s.words[i].Start == span.End && s.words[i].has(number) {
		return false
	}
	return s.founds(start)
}

// founds reports whether it is said before byte b that what follows was founded.
func (s *sentence) founds(b int) bool {
	before := strings.TrimSuffix(s.text[s.Start:b], "了")
	return strings.HasSuffix(before, "组建") || strings.HasSuffix(before, "成立") || strings.HasSuffix(before, "共建")
}

// belongs reports whether a division owns what begins at byte start: 云岭镇|的|茶叶协会.
func (s *sentence) belongs(start int) bool {
	before := s.text[s.Start:start]
	if !strings.HasSuffix(before, "的") {
		return false
	}
	d, ok := s.divisionEnding(start - len("的"))
	return ok && d.full
}

// ofTown reports whether a name is that of the one body of its kind which a division
// has, said with the division's official name: 云岭镇|商会.
func (s *sentence) ofTown(start int, span schema.Span) bool {
	switch span.In(s.text) {
	case "商会", "总商会", "慈善会", "老年协会":
	default:
		return false
	}
	d, ok := s.divisionEnding(span.Start)
	return ok && d.full && start <= d.Start
}

// acts reports whether what stands after the name of an organisation at byte b says
// who leads it or that it holds something: 太极拳研究会|会长, 蜜蜂协会|主办.
func (s *sentence) acts(b int) bool {
	if o := s.officeAt(b); strings.HasSuffix(o, "会长") || strings.HasSuffix(o, "秘书长") || strings.HasSuffix(o, "理事长") || strings.HasSuffix(o, "队长") || strings.HasSuffix(o, "团长") {
		return true
	}
	rest := strings.TrimPrefix(s.rest(b), "联合")
	return strings.HasPrefix(rest, "主办") || strings.HasPrefix(rest, "承办") || strings.HasPrefix(rest, "协办")
}

// department proposes the department of a committee that is named after one of
// its standing members and so without it: 县委常委、|统战部|部长.
func (s *sentence) department(i int) {
	const member = "委常委、"
	b := s.words[i].Start
	if !strings.HasSuffix(s.text[s.Start:b], member) {
		return
	}
	o := s.r.organs.Prefix("委" + s.after(b, 6))
	if runes(o) < 3 {
		return
	}
	committee := s.text[s.Start : b-len("常委、")]
	for _, c := range s.found {
		if c.class == schema.Agency && c.End == b-len("常委、") && strings.HasSuffix(committee, c.name) {
			s.proposeNamed(schema.Span{Start: b, End: b + len(o) - len("委")}, schema.Agency, c.name+strings.TrimPrefix(o, "委"), "organ")
			return
		}
	}
}

// worldwide reports whether what stands before the last word of the name of an
// organisation says that it is of the world or the nation, and a field.
func worldwide(before string) bool {
	for _, w := range [...]string{"世界", "国际", "中国", "中华", "全国", "亚洲", "亚太"} {
		if strings.HasPrefix(before, w) && runes(before) > 3 {
			return true
		}
	}
	return false
}
