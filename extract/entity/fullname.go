package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// fullName is how many characters the names of most people have. Where little
// around tells of a person, a name must have as many.
const fullName = 3

// fullNameBefore proposes the person whose full name ends before word i:
// 住在这里的|张秀英|老人.
func (s *sentence) fullNameBefore(i int) {
	end := s.words[i-1].End
	if end > s.words[i].Start {
		return
	}
	if j := i - 1; s.syllables(s.words[j].Start) == end && j > 0 && s.words[j-1].has(boundary|mark) {
		s.propose(s.words[j].Span, schema.Person, "person-speech") // 来自…的|阿依古丽|正在
		return
	}
	start := s.back(end, fullName)
	if j := s.wordAt(start); j >= i || s.words[j].Start != start || !s.isFullName(start, end) {
		return
	} else if j > 0 && s.words[j-1].End == start && !s.words[j-1].has(mark|boundary|verbal|number|counter) && s.r.offices.Suffix(s.in(j-1)) == "" {
		return
	}
	s.propose(schema.Span{Start: start, End: end}, schema.Person, "person-speech")
	for j := s.wordAt(start) - 1; j >= 0 && s.words[j].End < start && s.words[j].has(proper) && s.nameEnd(j) == s.words[j].End; j-- {
		start = s.words[j].Start // 王磊 叶尔波 报道
		s.propose(s.words[j].Span, schema.Person, "person-speech")
	}
}

// staff proposes the people named at once after a school or hospital, before a
// verb or a mark: 城南小学|李建国|获评….
func (s *sentence) staff() {
	for k, n := 0, len(s.found); k < n; k++ {
		c := s.found[k]
		if c.class != schema.School && c.class != schema.Hospital || !strings.HasPrefix(c.rule, "suffix-") {
			continue
		}
		end := s.fullEnd(c.End)
		i := s.wordAt(end)
		if end > s.End || i < len(s.words) && (s.words[i].Start != end || !s.words[i].has(mark|boundary|verbal|inside)) {
			continue
		}
		if s.isFullName(c.End, end) {
			s.propose(schema.Span{Start: c.End, End: end}, schema.Person, "person-speech")
		}
	}
}

// isFullName reports whether the words between two bytes make a full name: a
// surname and two characters that are no words of the language by themselves.
func (s *sentence) isFullName(start, end int) bool {
	surname := s.surnameAt(start)
	i := s.wordAt(start)
	if surname == "" || runes(s.text[start:end]) != fullName || i >= len(s.words) || s.words[i].Start != start {
		return false
	}
	first := s.words[i]
	if title := s.text[start+len(surname) : end]; s.r.afterPersons.Has(title) || s.r.offices.Has(title) {
		return false // 李大姐
	}
	if s.r.flags.words[s.text[start:end]] != 0 || s.r.hardSingles.Has(surname) || strings.HasSuffix(s.text[start:end], "起来") {
		return false
	}
	for ; i < len(s.words) && s.words[i].Start < end; i++ {
		w := s.words[i]
		if w.End > end || w.has(mark|counter|generic|lead) || w.has(number) && (w.Start > start || !s.numeralSurname(w)) || w.has(common|boundary|verbal) && !w.has(single) || !w.has(single) && s.r.offices.Has(s.in(i)) {
			return false
		}
	}
	switch {
	case first.End == end:
		return first.has(proper)
	case first.has(single):
		return first.Tag == "nr" || first.Tag == "nz" || first.Tag == "n" || first.Tag == "q" || first.has(number)
	}
	return first.has(proper)
}

// dotted returns where a name of the form 阿依古丽·买买提 ends that begins at byte
// b, or 0 where none does.
func (s *sentence) dotted(b int) int {
	const part = 7 // characters at most
	dot := strings.Index(s.rest(b), "·")
	if dot < 0 || dot > part*len("古") || runes(s.rest(b)[:dot]) < 2 || strings.ContainsFunc(s.rest(b)[:dot], isMark) {
		return 0
	}
	end := b + dot + len("·")
	for i := s.wordAt(end); i < len(s.words) && s.words[i].Start == end && runes(s.text[b:end]) < 2*part; i++ {
		w := s.words[i]
		if w.has(mark|speech) || w.has(boundary|verbal|generic|lead|common) && !w.has(single) {
			break
		}
		if w.has(single) && s.r.hardSingles.Has(s.in(i)) || s.officeAt(w.Start) != "" {
			break
		}
		end = w.End
	}
	if n := runes(s.text[b+dot : end]); n < 3 || n > part+1 {
		return 0
	}
	return end
}

// fullToken reports whether word i is a full name that ends at byte end.
func (s *sentence) fullToken(i, end int) bool {
	return s.words[i].End == end && s.words[i].has(proper) && runes(s.in(i)) == fullName
}

// cutName returns where a full name ends whose last character the segmenter took
// for the beginning of word j, a word of the language: 黄秋|玉带|着. It is 0 where
// the two characters from byte b to end are the whole name.
func (s *sentence) cutName(b, end, j int) int {
	w := &s.words[j]
	if next := end + len(s.after(end, 1)); w.Tag == "x" && runes(s.text[b:end]) == fullName-1 && runes(s.in(j)) == 2 && s.surnameAt(b) != "" && s.r.clitics.Has(s.text[next:w.End]) {
		return next // 李德|伟在|会上
	}
	if runes(s.text[b:end]) != fullName-1 || runes(s.in(j)) != 2 || w.has(proper|common|generic|boundary) || s.surnameAt(b) == "" {
		return 0
	}
	if j+1 < len(s.words) && s.words[j+1].Start == w.End && !s.words[j+1].has(boundary|mark) {
		return 0
	}
	return end + len(s.after(end, 1))
}

// signature proposes the line that is the name of who gives a report.
func (s *sentence) signature() {
	if s.Len() > 10*len("马") {
		return
	}
	text := strings.Join(strings.Fields(s.In(s.text)), "")
	next := strings.TrimLeft(s.text[s.End:min(len(s.text), s.End+40)], " \u3000\r\n\t")
	if n := runes(text); n < 2 || n > 4 || !strings.HasPrefix(next, "各位代表") && !strings.HasPrefix(next, "各位委员") && !s.underMeeting() || s.r.surnames.Prefix(text) == "" {
		return
	}
	s.propose(s.Span, schema.Person, "person-office")
}

// underMeeting reports whether the line above tells at which meeting a report was given.
func (s *sentence) underMeeting() bool {
	above := strings.TrimRight(s.text[:s.Start], " \u3000\r\n\t)）")
	return strings.HasSuffix(above, "会议上")
}

// comrades proposes those who are called comrades, whatever words the segmenter
// made of their names: 由雷天|太|同志主持.
func (s *sentence) comrades() {
	const title = "同志"
	for at := s.Start; ; at += len(title) {
		i := strings.Index(s.rest(at), title)
		if i < 0 {
			return
		}
		at += i
		for n := fullName; n >= fullName-1; n-- {
			if start := s.back(at, n); s.comradeFrom(start, at) {
				s.propose(schema.Span{Start: start, End: at}, schema.Person, "person-office")
				break
			}
		}
	}
}

// comradeFrom reports whether a name of a person goes from one byte to another: a
// surname, before which a mark or a function word stands.
func (s *sentence) comradeFrom(start, end int) bool {
	if s.surnameAt(start) == "" || runes(s.text[start:end]) < fullName-1 || strings.ContainsFunc(s.text[start:end], isMark) || s.r.clitics.Has(s.text[start:start+len(s.after(start, 1))]) {
		return false
	}
	i := s.wordAt(start)
	if s.words[i].Start == start && s.words[i].has(common|generic|lead) && !s.words[i].has(single) {
		return false
	}
	before := s.text[s.back(start, 1):start]
	return start == s.Start || isMark([]rune(before)[0]) || s.r.clitics.Has(before) && s.words[i].Tag == "x" || s.words[i].Start == start && i > 0 && s.words[i-1].has(boundary)
}

// saidEnd returns where a name ends that begins at byte b with a surname and that
// what people do or are follows at once, whatever words the segmenter made of the
// two: 周艳说|，, 何|任何|益明坦言, 陈鸿给|记者. It is 0 where nothing of the kind follows.
func (s *sentence) saidEnd(b int, surname string) int {
	end := b + len(surname)
	for n := 0; n < 2 && end < s.End; n++ {
		c, size := utf8.DecodeRuneInString(s.rest(end))
		if isMark(c) || s.r.speechVerbs.At(s.text[:s.End], end) != "" {
			return 0
		}
		if n > 0 && strings.ContainsRune("在向对给就从把将被也还", c) && s.told(end+size) {
			return end // 刘磊|在|致辞
		}
		end += size
		if s.told(end) && s.r.flags.words[s.text[b:end]] == 0 && s.officeAt(b+len(surname)) == "" && !s.r.afterPersons.Has(s.text[b+len(surname):end]) {
			return end
		}
	}
	return 0
}

// told reports whether what follows at byte b has a person for its subject: 说|,,
// 坦言, 年过|八旬, 给|记者.
func (s *sentence) told(b int) bool {
	rest := s.rest(b)
	if after, ok := strings.CutPrefix(rest, "说"); ok {
		c, _ := utf8.DecodeRuneInString(after)
		return isMark(c) || after == ""
	}
	if v := s.r.speechVerbs.Prefix(rest); runes(v) > 1 {
		i := s.wordAt(b + len(v) - 1)
		return i < len(s.words) && s.words[i].End == b+len(v)
	}
	return s.r.ofPersons.Prefix(rest) != "" || runes(s.r.doings.Prefix(rest)) > 1
}

// fullEnd returns the byte after a full name that begins at byte b.
func (s *sentence) fullEnd(b int) int { return b + len(s.after(b, fullName)) }

// coinedName proposes the person whose full name begins with word i and is unknown
// to the segmenter, where it stands as people do: 值班的|祁得山|却说, 由|何文轩|发起,
// 青年|余|小龙|则, the beginning of a clause before what is done, or the end of an address.
func (s *sentence) coinedName(i int) {
	w := &s.words[i]
	if i == 0 || !w.has(proper|single) {
		return
	}
	if !s.may(w.Start, laneSurname) {
		if runes(s.r.beforePersons.Suffix(s.text[s.Start:w.Start])) > 1 && s.dotted(w.Start) > 0 { // 华人|汉尼·诺布|创办
			s.propose(schema.Span{Start: w.Start, End: s.dotted(w.Start)}, schema.Person, "person-speech")
		}
		return
	}
	name := schema.Span{Start: w.Start, End: s.fullEnd(w.Start)}
	j := s.wordAt(name.End)
	if j >= len(s.words) || s.words[j-1].End != name.End || !s.isFullName(name.Start, name.End) || s.endsAsPlace(name.In(s.text)) {
		return
	}
	front := s.frontOfPerson(w.Start)
	if s.words[i-1].End != w.Start {
		front = ""
	}
	whole := j == i+1 && w.Tag == "x"
	switch {
	case front != "" && (whole || runes(front) > 1):
		if next := &s.words[j]; next.has(mark) && front == "的" || next.Start > name.End || s.in(j) == "的" || next.has(number) && !next.has(single) || s.in(j) == "、" && runes(front) < 3 {
			return
		}
	case !whole, !s.words[i-1].has(mark), s.in(i-1) == "、", s.in(i-1) == "“":
		return
	case !s.words[j].has(verbal|speech) && s.r.doings.Prefix(s.rest(name.End)) == "":
		return
	}
	s.propose(name, schema.Person, "person-speech")
}

// frontOfPerson returns the longest word that ends at byte b and stands before people,
// though a quotation may end with it, or whose people they are: “白石好人”|, 云川人|.
func (s *sentence) frontOfPerson(b int) string {
	const people = "人"
	before := strings.TrimSuffix(s.text[s.Start:b], "”")
	if front := s.r.beforePersons.Suffix(before); front != "" {
		return front
	}
	if at := b - len(people); strings.HasSuffix(before, people) && at > s.Start {
		if d, ok := s.divisionEnding(at); ok {
			return s.text[d.Start:b]
		}
	}
	return ""
}

// andName returns the span of the full name that 和 joins at byte b to the one before
// it; an empty one where there is none.
func (s *sentence) andName(b int) schema.Span {
	if !strings.HasPrefix(s.rest(b), "和") {
		return schema.Span{}
	}
	start := b + len("和")
	if end := s.fullEnd(start); s.isFullName(start, end) {
		return schema.Span{Start: start, End: end}
	}
	return schema.Span{}
}

// endsAsPlace reports whether three characters that begin with a surname end as
// places, goods and times do rather than people: 秋阳下.
func (s *sentence) endsAsPlace(name string) bool {
	last, _ := utf8.DecodeLastRuneInString(name)
	return strings.ContainsRune("下上中里内前后时人们等者县市区镇乡村路桥河山湖湾牌茶酒米果业按在把将给对被从说却则也又还就都已正研", last) || s.r.heads.words.Suffix(name) != "" || s.r.trades.Suffix(name) != ""
}

// agedPerson proposes the person whose age is told by the words that end with
// word i: 76岁的|王秀兰.
func (s *sentence) agedPerson(i int) {
	start := s.words[i].End
	if i == 0 || s.in(i) != "的" || !strings.HasSuffix(s.in(i-1), "岁") || start >= s.End {
		return
	}
	end := s.fullEnd(start)
	j := s.wordAt(end)
	if surname := s.surnameAt(start); s.isFullName(start, end) || surname != "" && s.r.hardSingles.Has(surname) && j < len(s.words) && s.words[j].Start == end && s.words[j-1].Len() == 2*len("兴") && !s.words[j-1].has(common|generic|lead|boundary) {
		s.propose(schema.Span{Start: start, End: end}, schema.Person, "person-speech") // 67岁的|田茂林
	}
}
