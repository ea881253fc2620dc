package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// persons finds people by their office (区长 胡楠), by what they do (陈伦富指出),
// and in lists of names.
func (r *Recogniser) persons(s *sentence) {
	for i := range s.words {
		if i > 0 && s.may(s.words[i].Start, laneAfterPerson) && (r.afterPersons.At(s.text[:s.End], s.words[i].Start) != "" || r.ofPersons.At(s.text[:s.End], s.words[i].Start) != "") {
			s.fullNameBefore(i)
		}
		if s.words[i].has(mark) {
			continue
		}
		s.coinedName(i)
		if s.words[i].has(number) {
			continue
		}
		s.agedPerson(i)
		if o := s.officeAt(s.words[i].Start); o != "" {
			s.personAfter(s.words[i].Start + len(o))
		} else if s.mayEnd(s.words[i].End, laneOfficeEnd) && r.offices.Suffix(s.in(i)) != "" {
			s.personAfter(s.words[i].End)
		}
		if s.words[i].has(speech) {
			for j := i; j > 0; j-- {
				if t := s.in(j - 1); t != "等" && t != "领导" && t != "分别" && t != "一行" && t != "县领导" && t != "区领导" && t != "等人" && t != "先后" {
					s.personBefore(j)
					break
				}
			}
		}
	}
	s.comrades()
	s.nameLists()
	s.signature()
	s.staff()
}

// officeAt returns the longest office that begins at byte b, or "".
func (s *sentence) officeAt(b int) string {
	if !s.may(b, laneOffice) {
		return ""
	}
	return s.r.offices.At(s.text[:s.End], b)
}

// surnameAt returns the longest surname that begins at byte b, or "".
func (s *sentence) surnameAt(b int) string {
	if !s.may(b, laneSurname) {
		return ""
	}
	return s.r.surnames.At(s.text[:s.End], b)
}

// personAfter proposes the people whose names follow a title that ends at byte
// b, with spaces or 、 between them.
func (s *sentence) personAfter(b int) {
	for n := 0; n < 8; n++ {
		end := s.personAt(b)
		rest := s.rest(max(end, s.Start))
		if end <= 0 || !strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, "、") {
			return
		}
		b = end
	}
}

// personAt proposes the person whose name begins at byte b, after white space
// and marks, and returns where it ends, or 0: all up to the next mark where
// that is as long as a name, else whole words.
func (s *sentence) personAt(b int) int {
	b = s.pastMarks(b)
	surname := s.surnameAt(b)
	if s.officeAt(b) != "" {
		return 0
	}
	if end := max(s.dotted(b), s.syllables(b)); end > 0 {
		if s.r.offices.Suffix(s.text[b:end]) != "" {
			return 0 // 滇池网·海报新闻记者
		}
		s.propose(schema.Span{Start: b, End: end}, schema.Person, "person-office")
		return end
	}
	if end := s.spacedName(b); end > 0 {
		s.propose(schema.Span{Start: b, End: end}, schema.Person, "person-office")
		return end
	}
	if surname == "" {
		return s.foreignName(b)
	}
	if title := s.r.afterPersons.Prefix(s.rest(b + len(surname))); runes(title) == 2 {
		return 0 // 市民|刘女士
	}
	if end := s.saidEnd(b, surname); end > 0 {
		s.propose(schema.Span{Start: b, End: end}, schema.Person, "person-office")
		return end
	}
	i := s.wordAt(b)
	for i < len(s.words) && !s.words[i].has(mark) && (s.words[i].Start <= b || s.words[i].Start == s.words[i-1].End) {
		i++
	}
	end := s.words[i-1].End
	n := runes(s.text[b:end])
	if (n == 2 || n == 3 || n == runes(surname)+2) && !s.isOffice(b, end) && !strings.HasSuffix(s.text[b:end], "起来") && !s.r.flags.words[s.text[b:end]].has(boundary|common|generic|lead|inside) && (n > 2 || !s.plainWord(i-1)) {
		s.propose(schema.Span{Start: b, End: end}, schema.Person, "person-office")
		return end
	}
	if i = s.wordAt(b); s.words[i].Start != b {
		return 0
	}
	if end = s.nameEnd(i); end == 0 || s.isOffice(b, end) || s.r.ofLevels.Has(s.text[b:end]) || strings.HasSuffix(s.text[b:end], "起来") {
		return 0
	}
	if j := s.wordAt(end); j < len(s.words) && s.words[j].Start == end && !s.fullToken(i, end) && !s.words[j].has(mark|verbal|speech|number|inside|lead) && !s.r.flags.words[s.in(j)].has(boundary) {
		if cut := s.cutName(b, end, j); cut > 0 {
			end = cut
		} else if long := s.foreignName(b); long > 0 { // 苏德|毕力格
			return long
		}
	}
	s.propose(schema.Span{Start: b, End: end}, schema.Person, "person-office")
	return end
}

// pastMarks returns where a name can begin from byte b on: after white space and
// marks, and after the end of a quotation where a full name follows.
func (s *sentence) pastMarks(b int) int {
	if strings.HasPrefix(s.rest(b), "”") && s.isFullName(b+len("”"), s.fullEnd(b+len("”"))) {
		b += len("”") // “全国模范人民调解员”王秀兰
	}
	rest := s.rest(b)
	return b + len(rest) - len(strings.TrimLeft(rest, "：:、/／ "))
}

// isOffice reports whether what looks like a name is an organ, a village or a
// channel, whose head or people are told next: 宣传部|部长, 双河村|书记, 融媒体|记者.
func (s *sentence) isOffice(start, end int) bool {
	_, size := utf8.DecodeLastRuneInString(s.text[start:end])
	name := s.text[start:end]
	return s.r.organs.Suffix(name) != "" || s.r.townHeads.Suffix(name) != "" || runes(s.r.papers.Suffix(name)) > 1 || s.r.offices.At(s.text[:s.End], end) != "" && strings.HasPrefix(s.rest(end), s.text[end-size:end])
}

// spacedName returns where a name ends whose characters stand apart (杨 卫 东),
// or 0 where none begins at byte b.
func (s *sentence) spacedName(b int) int {
	end := 0
	for n := 1; n <= 3; n++ {
		i := s.wordAt(b)
		if i >= len(s.words) || s.words[i].Start != b || s.words[i].has(mark|number) || !s.words[i].has(single) {
			break
		}
		if n > 1 {
			end = s.words[i].End
		}
		rest := s.rest(s.words[i].End)
		gap := len(rest) - len(strings.TrimLeft(rest, " \u3000"))
		if gap == 0 {
			break
		}
		b = s.words[i].End + gap
	}
	if i := s.wordAt(end); end > 0 && i < len(s.words) && s.words[i].Start == end && !s.words[i].has(mark|boundary|verbal) && s.r.speechVerbs.At(s.text[:s.End], end) == "" {
		return 0
	}
	return end
}

// foreignName proposes the name without a surname that follows a title
// (旗长|色音图) and returns where it ends, or 0: up to the next mark or verb,
// where the words are not of the language.
func (s *sentence) foreignName(b int) int {
	i, end, named, singles := s.wordAt(b), b, false, 0
	for ; i < len(s.words) && s.words[i].Start == end && !s.words[i].has(mark|speech) && !s.r.flags.words[s.in(i)].has(boundary); i++ {
		if s.words[i].has(generic|common|number|verbal|inside) && !s.words[i].has(single) || s.words[i].Len() > 3*len("走") && s.words[i].Tag != "x" && !s.words[i].has(proper) {
			return 0 // 孙洁|走村入户
		}
		named = named || s.words[i].has(proper) && s.words[i].Tag != "eng"
		if s.words[i].has(single) {
			singles++
		}
		end = s.words[i].End
	}
	if end == b {
		return 0
	}
	if first := s.words[s.wordAt(b)]; first.Tag == "n" && !first.has(single) { // 代表|调研组|莅海
		return 0
	} else if first.Tag != "" && strings.Contains("ilvdrta", first.Tag[:1]) && !first.has(single) {
		return 0 // 志愿者|每周三
	}
	switch {
	case i < len(s.words) && s.words[i].has(mark) && singles > 1: // 色|音|图、
		named = true
	case i == len(s.words) && strings.HasSuffix(s.text[:b], " "): // 旗长 宝音图, and the line ends
		named = true
	}
	if n := runes(s.text[b:end]); !named || n < 3 || n > 6 || s.r.heads.words.Suffix(s.text[b:end]) != "" || s.r.offices.Suffix(s.text[b:end]) != "" {
		return 0
	}
	s.propose(schema.Span{Start: b, End: end}, schema.Person, "person-office")
	return end
}

// syllables returns where a name ends that begins at byte b and has parts of
// names of Mongolian, Tibetan or another language (才让|当智), or 0: one part and
// up to two characters, or several.
func (s *sentence) syllables(b int) int {
	if !s.maySyllables(b) {
		return 0
	}
	text := s.text[:s.End]
	end, known, singles := b, 0, 0
	for end < s.End && runes(s.text[b:end]) < 13 {
		if p := s.r.syllables.At(text, end); p != "" {
			known++
			end += len(p)
			continue
		}
		if strings.HasPrefix(s.rest(end), "·") && known+singles > 0 { // 艾尔肯·买买提
			end += len("·")
			singles = 0
			continue
		}
		if i := s.wordAt(end); i >= len(s.words) || s.words[i].has(mark|number) || s.r.flags.words[s.in(i)] != 0 || s.r.speechVerbs.At(text, end) != "" || s.r.clitics.At(text, end) != "" {
			break
		}
		if singles++; singles > 2 {
			break
		}
		end += lexicon.RuneLen(text[end])
	}
	n := runes(s.text[b:end])
	if known == 0 || known == 1 && n < 3 || singles > 2 || n > 6 && !strings.Contains(s.text[b:end], "·") || strings.HasSuffix(s.text[b:end], "·") || s.r.heads.words.Suffix(s.text[b:end]) != "" && !s.told(end) {
		return 0
	}
	return end
}

// maySyllables reports whether a part of such a name can begin at one of the
// characters of which [sentence.syllables] looks from byte b on.
func (s *sentence) maySyllables(b int) bool {
	for n := 0; n < 13 && b < s.End; n++ {
		if s.may(b, laneSyllable) {
			return true
		}
		b += lexicon.RuneLen(s.text[b])
	}
	return false
}

// personBefore proposes the person whose name ends before word i.
func (s *sentence) personBefore(i int) {
	for n := 1; n <= 4 && i-n >= 0; n++ {
		if b := s.words[i-n].Start; !s.words[i-n].has(mark) && s.syllables(b) == s.words[i-1].End && s.alignedLeft(schema.Span{Start: b, End: s.words[i-1].End}) {
			s.propose(schema.Span{Start: b, End: s.words[i-1].End}, schema.Person, "person-speech")
			s.namesBefore(b)
			return
		}
	}
	for n := 1; n <= 3 && i-n >= 0; n++ {
		j := i - n
		if s.words[j].has(mark) {
			return
		}
		if end := s.nameEnd(j); end == s.words[i-1].End && (j == 0 || s.words[j-1].has(mark|boundary) || s.words[j-1].End < s.words[j].Start || s.r.offices.Suffix(s.in(j-1)) != "") {
			if s.looksNamed(schema.Span{Start: s.words[j].Start, End: end}) {
				s.propose(schema.Span{Start: s.words[j].Start, End: end}, schema.Person, "person-speech")
				s.namesBefore(s.words[j].Start)
			}
			return
		}
	}
}

// namesBefore proposes the people of a list whose last name begins at byte b.
func (s *sentence) namesBefore(b int) {
	for strings.HasSuffix(s.text[s.Start:b], "、") {
		end := b - len("、")
		i := strings.LastIndexAny(s.text[s.Start:end], "、，,。:： ")
		start := s.Start
		if i >= 0 {
			_, size := utf8.DecodeRuneInString(s.text[s.Start+i:])
			start += i + size
		}
		if k := strings.LastIndex(s.text[start:end], "领导"); k >= 0 {
			start += k + len("领导")
		}
		text := s.text[start:end]
		if n := runes(text); n < 2 || n > 4 || s.r.surnames.Prefix(text) == "" || s.r.flags.words[text] != 0 {
			return
		}
		s.propose(schema.Span{Start: start, End: end}, schema.Person, "person-list")
		b = start
	}
}

// looksNamed reports whether a span is no word of the language.
func (s *sentence) looksNamed(span schema.Span) bool {
	i := s.wordAt(span.Start)
	if title := span.In(s.text)[len(s.surnameAt(span.Start)):]; s.r.afterPersons.Has(title) || s.r.offices.Has(title) {
		return false // 刘女士
	}
	if s.words[i].End == span.End {
		return s.words[i].has(proper) && !s.words[i].has(common)
	}
	return true
}

// nameEnd returns where the name of a person ends that begins with word i, or
// 0 where none does: a surname, then one or two characters, whole words all.
func (s *sentence) nameEnd(i int) int {
	start := s.words[i].Start
	if !s.may(start, laneSurname) {
		return 0
	}
	surname := s.r.surnames.At(s.text[:s.words[min(i+2, len(s.words)-1)].End], start)
	if surname == "" || s.words[i].has(common|boundary|verbal) && !s.words[i].has(single) || len(surname) < s.words[i].Len() && s.plainWord(i) {
		return 0
	}
	best, longest := 0, runes(surname)+2
	for j := i; j < len(s.words); j++ {
		w := s.words[j]
		if w.has(mark|number) && !(j == i && s.numeralSurname(w)) || j > i && (w.Start > s.words[j-1].End || s.r.flags.words[s.in(j)].has(boundary) && !w.has(inside) || w.has(speech) || s.r.offices.Has(s.in(j)) || w.has(generic)) {
			break
		}
		n := runes(s.text[start:w.End])
		if n > longest {
			if j == i && w.Tag == "x" && n == longest+1 { // 吴永高作|工作报告
				return start + len(s.after(start, longest))
			}
			break
		}
		if n > runes(surname) && (best == 0 || w.has(single) || s.words[i].has(single)) {
			best = w.End
		}
	}
	return best
}

// numeralSurname reports whether a word is a surname that is a numeral too: 余, 万.
func (s *sentence) numeralSurname(w word) bool {
	return w.has(single) && w.has(number) && s.text[w.Start] >= utf8.RuneSelf && s.r.surnames.Has(w.In(s.text))
}

// plainWord reports whether word i is of two or more characters and of the
// language, not a name.
func (s *sentence) plainWord(i int) bool {
	if s.words[i].has(single) {
		return false
	}
	switch s.words[i].Tag {
	case "x", "nr", "nrt", "nrfg", "nz":
		return false
	}
	return i+1 >= len(s.words) || !s.words[i+1].has(single) || s.words[i+1].has(mark|boundary)
}

// nameLists proposes the items of lists that all look like names of people:
// three or more (郑小东、汪贤存、陈伦富), or two that 等领导 or the like follows.
func (s *sentence) nameLists() {
	if !strings.Contains(s.In(s.text), "、") {
		return
	}
	var run []schema.Span
	sure := 0 // of run: those that look like names by themselves
	for at := s.Start; at < s.End; {
		end, mark := s.pieceEnd(at)
		span, ok := s.wholeName(schema.Span{Start: at, End: end}, len(run) == 0, mark != "、")
		if ok {
			sure++
		} else if n := runes(s.text[at:end]); mark == "、" && (n == 2 || n == 3) && s.r.surnames.At(s.text, at) != "" && len(run) > 0 {
			span, ok = schema.Span{Start: at, End: end}, true
		}
		if ok {
			run = append(run, span)
		}
		if ok && mark != "、" {
			if last := s.andName(span.End); last.Len() > 0 {
				run, sure = append(run, last), sure+1
			}
		}
		if !ok || mark != "、" || span.End < end {
			s.flushNames(run, sure)
			run, sure = nil, 0
		}
		at = end + max(len(mark), 1)
	}
	s.flushNames(run, sure)
}

// pieceEnd returns where the piece of a list ends that begins at byte at, and
// the mark there.
func (s *sentence) pieceEnd(at int) (end int, mark string) {
	for b := at; b < s.End; b++ {
		switch s.text[b] {
		case ',', ';', ':':
			return b, s.text[b : b+1]
		case 0xe3, 0xef: // the first bytes of the others
			switch mark := s.text[b:min(b+len("、"), s.End)]; mark {
			case "、", "，", "；", "。", "：":
				return b, mark
			}
		}
	}
	return s.End, ""
}

// flushNames proposes the people of a list of whom sure look like names by
// themselves.
func (s *sentence) flushNames(run []schema.Span, sure int) {
	if sure < 2 || sure < 3 && !s.leaders(run[len(run)-1].End) {
		return
	}
	for _, span := range run {
		s.propose(span, schema.Person, "person-list")
	}
}

// leaders reports whether what follows at byte b says that the list before it
// is of people: 等县领导, 等同志.
func (s *sentence) leaders(b int) bool {
	rest, ok := strings.CutPrefix(s.rest(b), "等")
	if !ok {
		return false
	}
	rest = strings.TrimLeft(strings.TrimPrefix(rest[len(s.r.levels.Prefix(rest)):], "级"), "0123456789")
	return strings.HasPrefix(rest, "领导") || strings.HasPrefix(rest, "同志") || strings.HasPrefix(rest, "人")
}

// wholeName returns the name that a piece between two marks is. The first of a
// list may have words before it, the last may have words after it.
func (s *sentence) wholeName(piece schema.Span, first, last bool) (schema.Span, bool) {
	i := s.wordAt(piece.Start)
	if i >= len(s.words) {
		return piece, false
	}
	if s.syllables(piece.Start) == piece.End || s.r.syllables.Has(piece.In(s.text)) {
		return piece, true
	}
	if s.surnameAt(piece.Start) != "" {
		if end := s.spacedName(piece.Start); end == piece.End || last && end > 0 {
			return schema.Span{Start: piece.Start, End: end}, true // 李 娜
		}
	}
	if j := i; first && s.words[j].has(boundary) && !s.words[j].has(single) && s.words[j].End < piece.End {
		piece.Start = s.words[j].End // 以及|何琳
		i++
	}
	if n := runes(piece.In(s.text)); n > 4 && first {
		for n := 2; n <= 3; n++ {
			j := s.wordAt(s.back(piece.End, n))
			if j < len(s.words) && s.nameEnd(j) == piece.End && j > 0 && !s.words[j].has(common) {
				return schema.Span{Start: s.words[j].Start, End: piece.End}, true
			}
		}
		return piece, false
	} else if n > 4 && !last {
		return piece, false
	}
	end := s.nameEnd(i)
	if surname := s.r.surnames.At(s.text[:piece.End], piece.Start); end > 0 && s.r.clitics.Has(surname) && runes(s.text[piece.Start:end]) < 3 {
		return piece, false // 向新、向绿、向优
	}
	if end == 0 || !last && end != piece.End || !s.looksNamed(schema.Span{Start: piece.Start, End: end}) {
		return piece, false
	}
	return schema.Span{Start: piece.Start, End: end}, true
}

// back returns the byte n characters before byte b.
func (s *sentence) back(b, n int) int {
	for ; n > 0 && b > s.Start; n-- {
		_, size := utf8.DecodeLastRuneInString(s.text[s.Start:b])
		b -= size
	}
	return b
}
