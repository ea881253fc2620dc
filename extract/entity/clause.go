package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A run is the part of a clause in which things are listed that are, are being
// or will be built: the objects of a verb that opens it, the subjects of one
// that closes it, or what 等N个项目 sums up.
type run struct {
	schema.Span
	opener string // what the verb before says of the things: see lexicon/words/build-verbs
	closer string // what the verb after says of them: see lexicon/words/works-verbs
	summed bool   // 等N个项目 follows
	shared string // what the word for works of the last item stands after: 华洲重工|技改
	peers  int    // how many of its items are works for certain
	built  bool   // 建设 or 前期工作 follows
	listed bool   // it has more than one item
}

// works finds what is built by the clauses that list it: 续建|A、B、C, A、B|相继开工,
// A、B|等12个项目.
func (r *Recogniser) works(s *sentence) {
	for lo := 0; lo < len(s.words); {
		hi := s.clauseEnd(lo)
		s.worksClause(lo, hi)
		lo = hi + 1
	}
}

// clauseEnd returns the index of the mark that ends the clause that begins with
// word lo: a comma outside of brackets, or a greater mark.
func (s *sentence) clauseEnd(lo int) int {
	depth := 0
	for i := lo; i < len(s.words); i++ {
		if !s.words[i].has(mark) {
			continue
		}
		switch s.in(i) {
		case "(", "（", "《":
			depth++
		case ")", "）", "》":
			depth--
		case "，", ",":
			if depth <= 0 {
				return i
			}
		case "；", ";", "：", ":", "。", "！", "？", "!", "?":
			return i
		}
	}
	return len(s.words)
}

// worksClause reads the runs of the clause of words lo to hi. A verb that closes
// one, or a sum of its items, ends it; one that opens the next begins it anew.
func (s *sentence) worksClause(lo, hi int) {
	if lo >= hi {
		return
	}
	at := run{Span: schema.Span{Start: s.words[lo].Start, End: s.words[hi-1].End}}
	for i := lo; i < hi; i++ {
		w := s.words[i]
		if w.has(mark) || w.Start < at.Start && at.Start < at.End {
			continue
		}
		if v, kind := s.opensRun(i, at); v > 0 {
			at.opener, at.Start = kind, w.Start+v
			continue
		}
		if i == lo {
			continue
		}
		if at.Start == at.End {
			continue
		}
		if end, kind := s.closesRun(i, hi); end > 0 {
			s.readRun(run{Span: schema.Span{Start: at.Start, End: w.Start}, opener: at.opener, closer: kind})
			at.opener, at.Start = "", end
			continue
		}
		if after, works := s.sumsRun(i, at); after > 0 {
			if works {
				s.readRun(run{Span: schema.Span{Start: at.Start, End: w.Start}, opener: at.opener, closer: s.closerWithin(s.wordAt(after), hi), summed: true})
			}
			at.opener, at.Start = "", at.End // what follows the sum is said of it
		}
	}
	if at.opener != "" && at.Start < at.End {
		s.readRun(at)
	}
}

// opensRun returns the length of the verb at word i whose objects are works,
// and its kind; 0 where there is none, or the word is part of an item.
func (s *sentence) opensRun(i int, at run) (length int, kind string) {
	w := s.words[i]
	if !s.may(w.Start, laneBuildVerb) {
		return 0, ""
	}
	v := s.r.buildVerbs.At(s.text[:at.End], w.Start)
	if v == "" {
		return 0, ""
	}
	end := w.Start + len(v)
	if strings.HasPrefix(s.rest(end), "了") {
		end += len("了")
	}
	next := s.wordAt(end)
	if next >= len(s.words) || end >= at.End || s.words[next].Start < end || s.words[next].has(mark) && s.in(next) != "“" {
		return 0, ""
	}
	if i > 0 && s.words[i-1].End == w.Start && s.words[i-1].End > at.Start && !s.beforeVerb(i-1) {
		return 0, ""
	}
	return end - w.Start, s.r.buildVerbs.Value(v)
}

// beforeVerb reports whether word i can stand before a verb with objects:
// an adverb, a time, a subject, another verb.
func (s *sentence) beforeVerb(i int) bool {
	w := s.words[i]
	if w.has(mark) {
		return s.in(i) != "、" && s.in(i) != "”" && s.in(i) != "·"
	}
	if w.has(boundary|lead) || s.r.adverbs.Has(s.in(i)) || s.isTime(i) {
		return true
	}
	_, ok := s.divisionEnding(w.End)
	return ok || s.knownEnding(w.End) >= 0
}

// isTime reports whether word i is a part of a time: 3|月底, 年内.
func (s *sentence) isTime(i int) bool {
	text := s.in(i)
	if !s.words[i].has(number) {
		return s.words[i].Tag == "t" && strings.ContainsAny(text, "年月日今昨前后初末底") || strings.HasPrefix(text, "月") && i > 0 && s.words[i-1].has(number)
	}
	if strings.HasSuffix(text, "年") || strings.HasSuffix(text, "月") {
		return true
	}
	if i+1 == len(s.words) {
		return false
	}
	for _, t := range [...]string{"月", "季度", "年", "日"} {
		if strings.HasPrefix(s.in(i+1), t) {
			return true
		}
	}
	return false
}

// closesRun returns where the verb at word i ends whose subjects are works, and
// its kind; 0 where there is none, or it has an object: 建成|供水管网.
func (s *sentence) closesRun(i, hi int) (end int, kind string) {
	w := s.words[i]
	if !s.may(w.Start, laneWorksVerb) {
		return 0, ""
	}
	v := s.r.worksVerbs.At(s.text[:s.End], w.Start)
	if v == "" {
		return 0, ""
	}
	end = w.Start + len(v)
	kind = s.r.worksVerbs.Value(v)
	next := s.wordAt(end)
	switch {
	case next < hi && s.words[next].Start < end, strings.HasPrefix(v, "主体") && strings.HasSuffix(s.text[:w.Start], "为"):
		return 0, "" // 以工业园为|主体
	case next >= hi, s.words[next].has(number), kind != "landed" && s.words[next].has(mark|boundary):
		return end, kind
	}
	return 0, ""
}

// closerWithin returns the kind of the first verb that closes a run among words
// i to hi.
func (s *sentence) closerWithin(i, hi int) string {
	for ; i < hi; i++ {
		if s.words[i].has(mark) {
			continue
		}
		if end, kind := s.closesRun(i, hi); end > 0 {
			return kind
		}
	}
	return ""
}

// sumsRun returns where the words end that begin with word i and sum up the
// items before, 0 where they do not, and whether they tell that those are
// projects: 等|12个重点项目.
func (s *sentence) sumsRun(i int, at run) (after int, works bool) {
	w, b := s.words[i], s.words[i].Start
	switch {
	case s.in(i-1) == "、" || s.in(i-1) == "“":
		return 0, false
	case strings.HasPrefix(s.rest(b), "等") && (w.Len() == len("等") || w.Tag == "x"):
		b += len("等")
	case strings.HasPrefix(s.rest(b), "为代表的"):
		b += len("为代表的")
	case w.has(number) && i+1 < len(s.words) && s.r.sums.Has(s.in(i+1)) && strings.Contains(s.text[at.Start:b], "、"):
	case w.has(number) && s.countsWorks(i) && strings.Contains(s.text[at.Start:b], "、"):
		b = w.End
	case w.has(lead) && countsKinds(s.in(i)):
	default:
		return 0, false
	}
	class, ok := s.kindAfter(b)
	return max(b, w.End), class == schema.Project || !ok && at.opener == "sure"
}

// countsWorks reports whether word i is a number with the word that counts works, before
// the word for them: 两个|项目.
func (s *sentence) countsWorks(i int) bool {
	number, ok := strings.CutSuffix(s.in(i), "个")
	if !ok {
		number, ok = strings.CutSuffix(s.in(i), "项")
	}
	return ok && number != "" && i+1 < len(s.words) && strings.HasSuffix(s.in(i+1), "项目")
}

// itemsOf returns the items of a run, in order. A run that no verb opens can begin with what is
// no item: that is cut up to the last word that no name runs over.
func (s *sentence) itemsOf(at run) []schema.Span {
	var items []schema.Span
	b, depth := at.Start, 0
	for i := s.wordAt(at.Start); i < len(s.words) && s.words[i].Start < at.End; i++ {
		switch text := s.in(i); text {
		case "“", "(", "（", "《":
			depth++
		case "”", ")", "）", "》":
			depth--
		case "、":
			if depth <= 0 {
				items = append(items, schema.Span{Start: b, End: s.words[i].Start})
				b = s.words[i].End
			}
		}
	}
	items = append(items, schema.Span{Start: b, End: at.End})
	first := s.splitPair(items[0])
	if len(items) == 1 {
		return first
	}
	last := s.splitPair(items[len(items)-1])
	for _, item := range items[1 : len(items)-1] {
		first = append(first, s.splitAt(item, func(word string) bool { return word == "及" })...)
	}
	return append(first, last...)
}

// splitPair parts the items that 和, 及 or 与 joins.
func (s *sentence) splitPair(item schema.Span) []schema.Span {
	return s.splitAt(item, s.r.conjunctions.Has)
}

// splitAt parts an item at words that join two. Between two 、 it is parted at 及
// only, as the others stand in names: 乌兰布|和.
func (s *sentence) splitAt(item schema.Span, joint func(word string) bool) []schema.Span {
	for i := s.wordAt(item.Start) + 1; i < len(s.words) && s.words[i].End < item.End; i++ {
		if !joint(s.in(i)) {
			continue
		}
		left := schema.Span{Start: item.Start, End: s.words[i].Start}
		right := schema.Span{Start: s.words[i].End, End: item.End}
		if runes(left.In(s.text)) > 3 && runes(right.In(s.text)) > 3 && !s.ofOneWorks(left, right) && strings.Count(left.In(s.text), "“") == strings.Count(left.In(s.text), "”") {
			return append([]schema.Span{left}, s.splitAt(right, joint)...)
		}
	}
	return []schema.Span{item}
}

// cutItem cuts from an item what is no part of a name: adverbs and leads before
// it, a time, an amount or a verb after it.
func (s *sentence) cutItem(item schema.Span, first, last bool) (cut schema.Span, said after) {
	if first {
		item = s.cutSubject(item)
	}
	item = s.cutSum(item)
	if !s.capacityAt(item.Start) {
		item = s.trimItem(item)
	}
	for _, front := range [...]string{"省市重点工程", "国家重点工程", "省重点工程", "市重点工程", "重点工程", "省重点项目", "市重点项目", "重点项目"} {
		if strings.HasPrefix(item.In(s.text), front) && item.Len() > 2*len(front) {
			item.Start += len(front)
			break
		}
	}
	if last {
		item.End = s.endOfLast(item)
	}
	if end := s.cutAmount(item); end < item.End {
		said.many = s.countsMany(end)
		item.End, said.amount = end, true
	} else if last && s.describes(item.End) {
		item.End = item.Start
	} else if last {
		said.many = s.builtMany(item.End)
	}
	item.End = s.cutStage(s.cutKind(item), item.Start)
	if open := strings.LastIndex(item.In(s.text), "“"); open > 0 && strings.HasSuffix(item.In(s.text), "”") && formula(item.In(s.text)[open+len("“"):item.Len()-len("”")]) {
		item.End = item.Start + open // 养息牧河|“三河同治”
	}
	for _, tail := range [...]string{"项目建设", "工程建设", "主体结构", "主体建设", "主体工程", "前期工作", "建设", "前期", "选址", "土建", "征拆", "征地拆迁", "征地", "征迁", "招商", "等"} {
		if t, ok := strings.CutSuffix(item.In(s.text), tail); ok && t != "" {
			item.End -= len(tail)
			said.built = tail != "等" && tail != "招商"
			break
		}
	}
	return item, said
}

// cutSum moves the start of an item behind the sum that it is said to cost:
// 总投资8亿元的|隆泰铝板.
func (s *sentence) cutSum(item schema.Span) schema.Span {
	const sum = "元的"
	text := item.In(s.text)
	i := strings.LastIndex(text, sum)
	if i < 0 || !strings.ContainsAny(text[:i], "0123456789") || strings.ContainsFunc(text[:i], isMark) {
		return item
	}
	return schema.Span{Start: item.Start + i + len(sum), End: item.End}
}

// cutKind returns where an item ends without the words that the segmenter left with
// it and that sum up what it is one of: 永兴路北延|等道路.
func (s *sentence) cutKind(item schema.Span) int {
	i := strings.LastIndex(item.In(s.text), "等")
	if kind := item.In(s.text)[max(i, 0):]; i > 0 && s.r.listHeads.Has(strings.TrimPrefix(kind, "等")) {
		return item.Start + i
	}
	return item.End
}

// cutStage returns where an item from start to end ends without the number of buildings
// behind its stage or the year after a blank, and without a bracket that tells its cost or
// names another road than it: 软件园二期|6栋厂房, 环山公路双桥段|（青屏山隧道）.
func (s *sentence) cutStage(end, start int) int {
	text := s.text[start:end]
	if i := strings.IndexAny(text, " \u3000"); i > 0 && strings.ContainsAny(s.after(start+i+1, 1), "12") {
		return start + i // 机车博物馆| 2005年7月动工
	}
	if i := strings.Index(text, "期"); i > 0 && s.countsAt(schema.Span{Start: start + i + len("期"), End: end}) {
		return start + i + len("期")
	}
	name := withoutBracket(text)
	if strings.Contains(text[len(name):], "元") {
		return start + len(name) // 县医院迁建|（0.8亿元）
	}
	if len(name) == len(text) || strings.ContainsAny(text[len(name):], "—–-~～－至段") {
		return end
	}
	if word, h := s.r.heads.ending(strings.TrimRight(text, ")）")); h.class == schema.Road && runes(text[len(name):]) > runes(word)+3 {
		return start + len(name)
	}
	return end
}

// After is what was said of an item behind it.
type after struct {
	built  bool // that it is built: A、B|建设
	amount bool // how much of it: 茶园|2000亩
	many   bool // how many of them: 敬老院|9所
}

// countsMany reports whether a number of more than one and a word that counts
// single things follow at byte b.
func (s *sentence) countsMany(b int) bool {
	i := s.wordAt(b)
	if i+1 >= len(s.words) || s.words[i].Start != b || !s.words[i].has(number) {
		return false
	}
	one := s.in(i) == "1" || s.in(i) == "一"
	return !one && s.r.sums.Has(s.in(i+1))
}

// builtMany reports whether a verb follows at byte b that says how many were
// built: 养殖小区|建成14个.
func (s *sentence) builtMany(b int) bool {
	v := s.r.worksVerbs.At(s.text[:s.End], b)
	return v != "" && s.countsMany(b+len(v))
}

// describes reports whether what ends at byte b only tells of what follows, and
// is not built itself: 站前广场|的规划设计, 博物馆|周边配套.
func (s *sentence) describes(b int) bool {
	for _, next := range [...]string{"的", "周边"} {
		if strings.HasPrefix(s.rest(b), next) {
			word, h := s.r.heads.ending(s.text[s.Start:b])
			return word == "" || h.class != schema.Project
		}
	}
	return false
}

// cutSubject moves the start of the first item of a run behind the last word
// that no name runs over.
func (s *sentence) cutSubject(item schema.Span) schema.Span {
	depth := 0
	for i := s.wordAt(item.Start); i < len(s.words) && s.words[i].End < item.End; i++ {
		w := s.words[i]
		switch s.in(i) {
		case "“", "(", "（":
			depth++
		case "”", ")", "）":
			depth--
		}
		if depth > 0 || w.has(mark) || w.Start < item.Start {
			continue
		}
		if s.in(i) == "在" {
			return schema.Span{Start: item.End, End: item.End} // where it is done
		}
		if s.endsName(i) || w.has(boundary) && s.r.beforeFirms.Has(s.in(i)) || s.isTime(i) && i+1 < len(s.words) && !s.words[i+1].has(mark) {
			item.Start = w.End
		}
	}
	return item
}

// endsName reports whether no name of works runs over word i.
func (s *sentence) endsName(i int) bool {
	w := s.words[i]
	if strings.HasPrefix(s.in(i), "年") && s.capacityAt(w.End) {
		return false // 隆泰铝业|年产|20万吨铝板项目
	}
	return w.has(boundary) && !w.has(inside) && !w.has(single) || w.has(single) && w.has(boundary) && strings.Contains("的将为由以把对在已了是也都均要还没正", s.in(i))
}

// endOfLast returns where the last item of a run ends: before the first word
// that no name runs over, and the adverbs and times before it.
func (s *sentence) endOfLast(item schema.Span) int {
	first := s.wordAt(item.Start)
	i, deed := first, 0
	for ; i < len(s.words) && s.words[i].Start < item.End; i++ {
		deed = max(deed, s.deedAt(s.words[i].Start))
		if i > first && s.endsName(i) && !s.words[i].has(mark) && s.words[i].Start >= deed {
			break
		}
	}
	for i--; i >= 0 && s.words[i].Start > item.Start; i-- {
		if !s.r.adverbs.Has(s.in(i)) && !s.isTime(i) {
			break
		}
	}
	return s.words[max(i, 0)].End
}

// cutAmount returns where an item ends without the amount after it: 茶园|2000亩.
func (s *sentence) cutAmount(item schema.Span) int {
	i := s.wordAt(item.End - 1)
	if i < 2 || s.words[i].Start <= item.Start || !s.words[i].has(counter) && !s.r.sums.Has(s.in(i)) && !s.r.capacities.Has(s.in(i)) || !s.words[i-1].has(number) || s.words[i-1].Start <= item.Start {
		return item.End
	}
	return s.words[i-1].Start
}

// ofOneWorks reports whether two parts that a conjunction joins are parts of one
// works, as where the second tells no site: 城南水源地|及供水管网改造.
func (s *sentence) ofOneWorks(left, right schema.Span) bool {
	text := right.In(s.text)
	tail := s.r.workTails.Suffix(text)
	return tail != "" && s.r.workTails.Suffix(left.In(s.text)) != "" && !strings.Contains(text, "“") &&
		!s.properIn(right) && !s.divisionAt(right.Start) && !s.levelAt(right.Start) && !s.namesSite(strings.TrimSuffix(text, tail))
}

// deedAt returns where what is done to a site ends that is told from byte b on, if
// it is a part of the name of works, and has no object: 灌区|续建配套与节水改造项目;
// else 0.
func (s *sentence) deedAt(b int) int {
	deed := s.r.deedTails.At(s.text[:s.End], b)
	if deed == "" {
		return 0
	}
	end := b + len(deed)
	i := s.wordAt(end)
	if i >= len(s.words) || s.words[i].has(mark) || s.r.conjunctions.Prefix(s.rest(end)) != "" || s.r.workTails.Prefix(s.rest(end)) != "" {
		return end
	}
	return 0
}
