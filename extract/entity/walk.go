package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// evidence is what a walk to the left found before a head.
type evidence struct {
	start     int  // byte where the name begins
	content   int  // characters that are neither generic nor cut
	proper    bool // something that looks like a proper name
	division  bool // the name begins with a division
	bare      bool // and nothing else stands before the head
	level     bool // the name begins with the word for a level
	owned     bool // a company and 的 stand before it
	quote     bool // a quotation stands in it
	counted   bool // a number of things stands before it: 50个|重点项目
	ordinal   bool // 第N stands in it
	nearQuote bool // the quotation ends at most one word before the head
}

// A walk goes to the left from a head.
type walk struct {
	*sentence
	head head
	at   int // byte where the head begins
	n    int // characters between the head and the words taken so far

	joined bool // the words taken go over the 暨 in the name of an event
	ev     evidence
}

// walkLeft finds where the name begins whose head begins at byte b: it goes
// from word to word until one that no name runs over, then cuts from the front
// what only describes.
func (s *sentence) walkLeft(b int, h head) evidence {
	w := walk{sentence: s, head: h, at: b}
	lo := s.wordAt(b)
	for i, more := lo-1, true; more && i >= 0 && w.n < h.max; i-- {
		var first int
		if first, more = w.step(i); first <= i {
			w.n += runes(s.text[s.words[first].Start:s.words[i].End])
			i, lo = first, first
		}
	}
	s.trim(&w.ev, lo, b, h)
	return w.ev
}

// step looks at word i. It returns the first word that the name takes with it,
// i+1 where it takes none, and whether the name can go on.
func (w *walk) step(i int) (first int, more bool) {
	x := &w.words[i]
	if k := w.knownEnding(x.End); k >= 0 && w.words[k].Start < x.Start {
		return k, true
	}
	if i+1 < len(w.words) && x.End < w.words[i+1].Start {
		return i + 1, false // white space
	}
	if d, ok := w.divisionOver(x.Start); ok && d.End >= x.End {
		return w.overDivision(i, d)
	}
	switch {
	case x.has(mark):
		return w.overMark(i)
	case x.has(number):
		return w.overNumber(i)
	case w.counts(i):
		w.ev.counted = w.in(i) != "届" // 举办|四届|白石文化旅游节
		return i + 1, false
	case w.in(i) == "暨" && w.head.class == schema.Event:
		w.joined = w.joinsMeetings(i, w.head)
		if !w.joined {
			return i + 1, false
		}
	case w.joined && x.has(boundary) && !x.has(single) && !w.holdsEvent(i):
		return i, true // 集中|开工|暨
	case w.ends(i):
		return i + 1, false
	}
	return i, w.cutFront(i) == x.Start || i > 0 && w.inFirm(i)
}

// inFirm reports whether word i, which seems to be a verb or to begin with a function
// word, stands in the full name of a company that a division begins:
// 安平县|兴达|罐业有限公司, 云岭县|唐都|推光|漆器有限公司.
func (w *walk) inFirm(i int) bool {
	if w.head.class != schema.Enterprise || !strings.HasPrefix(w.rest(w.at), "有限") && !strings.HasPrefix(w.rest(w.at), "股份有限") {
		return false
	}
	if w.r.beforeFirms.Has(w.in(i)) || w.words[i].has(boundary) {
		return false
	}
	from := w.words[i].Start
	if i > 0 && w.words[i-1].End == from && !w.words[i-1].has(mark|boundary|number) && runes(w.in(i-1)) < 3 && !w.divisionEnds(from) {
		from = w.words[i-1].Start
	}
	return w.divisionEnds(from)
}

// divisionEnds reports whether a division ends at byte b.
func (s *sentence) divisionEnds(b int) bool {
	_, ok := s.divisionEnding(b)
	return ok
}

// opensEvent reports whether word i, the number of an event, is the beginning
// of its name: …暨|首届领航者峰会. A division can stand before it.
func (w *walk) opensEvent(i int) bool {
	if w.head.class != schema.Event || w.in(i) != "首届" && !strings.HasSuffix(w.in(i), "届") {
		return false
	}
	if _, ok := w.divisionEnding(w.words[i].Start); ok {
		return false
	}
	return i == 0 || w.words[i-1].End < w.words[i].Start || !strings.HasPrefix(w.in(i-1), "第") // 第三|十一届
}

// overDivision takes the division that word i ends. The name of a village
// begins after it.
func (w *walk) overDivision(i int, d division) (first int, more bool) {
	if d.full && w.head.class == schema.Division {
		return i + 1, false
	}
	for i > 0 && w.words[i].Start > d.Start {
		i--
	}
	return i, true
}

// overMark takes the quotation or bracket that word i closes.
func (w *walk) overMark(i int) (first int, more bool) {
	open := w.opening(i, w.head)
	if open < 0 {
		return i + 1, false
	}
	w.ev.quote = w.ev.quote || w.in(i) == "”" || w.in(i) == `"`
	w.ev.nearQuote = w.ev.nearQuote || w.ev.quote && w.at-w.words[i].End <= 3*len("治理格")
	return open, true
}

// overNumber takes the number that word i is, if a name can hold it.
func (w *walk) overNumber(i int) (first int, more bool) {
	ok, counted := w.numberInName(i, w.head)
	if !ok && w.opensSite(i) {
		return i, false
	}
	if !ok {
		w.ev.counted = counted
		return i + 1, false
	}
	return i, !w.opensEvent(i)
}

// opensSite reports whether word i is a numeral with which the name of a place begins, or
// begins with one: 三|峰|公园, 三峰|公园, but not 一|江两岸 or 五|大|公园.
func (w *walk) opensSite(i int) bool {
	const numerals, kinds = "三四五六七八九百千万", "大"
	if w.head.class != schema.Place || i > 0 && w.words[i-1].End == w.words[i].Start && !w.words[i-1].has(mark|boundary|verbal) {
		return false
	}
	_, size := utf8.DecodeRuneInString(w.in(i))
	counted := w.in(i)[size:]
	if !strings.Contains(numerals, w.in(i)[:size]) || runes(counted) > 1 {
		return false
	}
	if counted == "" && w.n > 0 && i+1 < len(w.words) && w.words[i+1].Start == w.words[i].End {
		counted = w.in(i + 1)
	}
	return counted != "" && counted != kinds && !w.r.flags.words[counted].has(counter|lead|generic)
}

// counts reports whether word i counts what follows, with the number before it.
func (w *walk) counts(i int) bool {
	if !w.words[i].has(counter) || i == 0 || !w.words[i-1].has(number) {
		return false
	}
	switch text := w.in(i); {
	case text == "级", text == "号", text == "期", text == "届" && i > 1 && w.in(i-2) == "第":
		return false
	default:
		return w.head.class != schema.Project || !w.r.capacities.Has(text)
	}
}

// ends reports whether no name of the head runs over word i.
func (w *walk) ends(i int) bool {
	x, h := &w.words[i], w.head
	switch {
	case x.has(lead) && h.class == schema.Project && countsKinds(w.in(i)):
		return true // 奶牛养殖场|三大|工程
	case h.class == schema.Project && w.n > 0 && (w.in(i) == "启动" || w.in(i) == "实施" || w.in(i) == "开展"):
		return true // 景区|启动|智慧化改造
	case (w.n > 0 || h.class != schema.Project) && w.buildsThere(i):
		return true // 在|平川镇|建设|锂电池项目
	case x.has(boundary) && !x.has(inside) && !w.joins(i):
		return true
	case w.in(i) == "年" && i > 0 && w.words[i-1].has(number) && len(w.in(i-1)) == len("2023") && !(h.class == schema.Event && w.ofYear(i)):
		return true // 2023|年|云川盘歌节
	case x.has(verbal) && !w.allowsVerb(h, w.at, w.n) && !w.inFirm(i):
		return true
	case x.Tag == "x" && x.Len() == 2*len("改") && strings.Contains("与由将被把向对在", w.in(i)[len("改"):]):
		return true // 水电站|改与|中国华电集团
	case w.n > 0 && strings.HasPrefix(x.Tag, "v") && w.isFront(w.in(i), h.class):
		return true // 游客|游览|平海古镇
	case w.n > 0 && h.class == schema.School && strings.HasSuffix(w.in(i), "学校"):
		return w.r.falseHeads.Suffix(w.text[w.Start:x.End]) != "" // 民办学校|英才学校
	case h.class == schema.Enterprise:
		return w.r.appositives.Suffix(w.in(i)) != "" // 世界500强企业|吉利控股集团
	case h.class == schema.Road, h.class == schema.Place:
		return h.mode == needsShort && w.n > 0 && w.r.roadEnds.Suffix(w.in(i)) != "" // 华远路|前进大街
	}
	return false
}

// buildsThere reports whether word i is a verb of building that a place told by 在
// stands before, so that what follows it is built there.
func (s *sentence) buildsThere(i int) bool {
	switch s.in(i) {
	case "建设", "新建", "兴建", "投建", "投资建设", "打造", "布局":
	default:
		return false
	}
	for k := i - 1; k >= max(0, i-6) && !s.words[k].has(mark); k-- {
		if text := s.in(k); text == "在" || text == "于" {
			return k < i-1
		}
	}
	return false
}

// isFront reports whether a verb stands before names of a class and begins none.
func (s *sentence) isFront(verb string, class schema.Class) bool {
	if class == schema.Enterprise {
		return s.r.siteFronts.Value(verb) == "firm"
	}
	return isSiteClass(class) && s.r.siteFronts.Has(verb)
}

// joins reports whether word i, a function word, is a part of the name.
func (w *walk) joins(i int) bool {
	return w.joinsPlaces(i, w.head) && !w.headsStop() || w.joinsEvent(i, w.head) || w.joinsWorks(i, w.head) || w.sideOfVillage(i, w.head) || w.middle(i)
}

// headsStop reports whether the head is of a place where journeys end, so that a 至
// before it tells a way and is no part of its name: 云岭|至|常州机场.
func (w *walk) headsStop() bool {
	for _, stop := range [...]string{"机场", "国际机场", "火车站", "高铁站", "码头"} {
		if strings.HasPrefix(w.rest(w.at), stop) {
			return true
		}
	}
	return false
}

// knownEnding returns the index of the word with which a name of the lexicon
// begins that ends at byte b, or -1.
func (s *sentence) knownEnding(b int) int {
	for _, k := range s.knowns {
		if k.End == b {
			return s.wordAt(k.Start)
		}
	}
	return -1
}

// opening returns the index of the word that opens the quotation or bracket
// which word i closes, or -1 where i is another mark or the name cannot hold it.
func (s *sentence) opening(i int, h head) int {
	var open string
	switch s.in(i) {
	case "”":
		open = "“"
	case `"`:
		if strings.Count(s.text[s.Start:s.words[i].Start], `"`)%2 == 0 {
			return -1
		}
		open = `"`
	case ")":
		open = "("
	case "）":
		open = "（"
	case "》":
		open = "《"
	case "·", "•", "-", "－", "—", "+", "&", "＋":
		if i > 0 && i+1 < len(s.words) && s.words[i-1].End == s.words[i].Start && !s.words[i-1].has(mark) && !s.words[i+1].has(mark) {
			return i
		}
		return -1
	default:
		return -1
	}
	for j, n := i-1, 0; j >= 0 && n < 22; j-- {
		if s.in(j) == open {
			if (open == "(" || open == "（") && (n > 8 || s.words[i-1].has(number) && i-j == 2) {
				return -1
			}
			return j
		}
		if strings.ContainsAny(s.in(j), "。；！？”：") {
			return -1
		}
		n += runes(s.in(j))
	}
	return -1
}

// numberInName reports whether the number that word i is may stand in a name
// of the head, and if not, whether it counts what follows.
func (s *sentence) numberInName(i int, h head) (ok, counted bool) {
	text := s.in(i)
	next := ""
	if i+1 < len(s.words) {
		next = s.in(i + 1)
	}
	switch {
	case h.class == schema.School && !strings.ContainsAny(text, "年月日万亿个两") && i+1 < len(s.words) && s.r.heads.words.Prefix(next) != "" && (runes(text) > 1 || next == "中"):
		return true, false // 一〇八|初中
	case h.class == schema.Project && (s.r.capacities.Has(text) || s.r.capacities.Has(next)):
		return true, false // 15万吨
	case h.class == schema.Event && s.countsEvents(i):
		return false, false // 连续举办|三届|…论坛
	case h.class == schema.Event && s.ofYear(i):
		return true, false
	case strings.HasPrefix(text, "第") || strings.HasSuffix(text, "届") && runes(text) > 1:
		return true, false
	case strings.HasSuffix(text, "号") && h.class == schema.Road:
		return true, false // 青屏山|二号|隧道
	case i > 0 && s.in(i-1) == "第" && s.words[i-1].End == s.words[i].Start:
		return true, false
	case (h.class == schema.Road || h.class == schema.Place || h.class == schema.Zone) && s.r.numberWords.Has(text):
		return true, false // 四方|路, 十里|河
	case s.r.routes.Has(next) || next == "号" || next == "期" || next == "级" || next == "号线" || next == "中":
		return true, false
	case strings.HasPrefix(text, "百") || strings.HasPrefix(text, "千") || strings.HasPrefix(text, "万"):
		return runes(text) > 1 && !s.r.measures.In(text), false
	case s.r.dates.Has(text):
		return true, false
	case runes(text) == 1 && strings.ContainsAny(text, "一二三四五六七八九十") && s.r.numbered.Has(next):
		return true, false
	case text == "首批" || text == "首届" || text == "一期" || text == "二期" || text == "三期" || text == "四期":
		return true, false
	case strings.HasSuffix(text, "年") && runes(text) < 4: // 三年
		return true, false
	case next == "年" || text == "年" || strings.HasSuffix(text, "年"):
		return false, false
	}
	r, _ := utf8.DecodeRuneInString(text)
	return false, r < utf8.RuneSelf || strings.ContainsRune("一二三四五六七八九十两数多几", r)
}

// trim cuts from the front of the words from lo to the head at byte b what only
// describes, and weighs the rest.
func (s *sentence) trim(ev *evidence, lo, b int, h head) {
	for ; lo < len(s.words) && s.words[lo].Start < b; lo++ {
		w := s.words[lo]
		if h.class == schema.Organization && (worldwide(s.text[w.Start:b]) || s.levelAt(w.Start) || s.founds(w.Start)) {
			break // 省|志愿服务联合会, 共建|材料研究院
		}
		if h.class == schema.Event && s.ofAll(s.text[w.Start:b]) && (s.in(lo) == "全国" || s.plainBetween(w.Start, b)) {
			break // 全市|乡村旅游现场会, 全国|山地户外锦标赛
		}
		if s.in(lo) == "—" || h.class == schema.Program && s.in(lo) == "年" {
			continue // 2010|年|第六次全国人口普查
		}
		if !w.has(lead) && !(w.has(inside) && w.has(boundary)) {
			break
		}
		if w.has(number) {
			break
		}
	}
	if lo >= len(s.words) {
		ev.start = b
		return
	}
	ev.start = min(s.pastMade(s.cutFront(lo)), b)
	ev.start = s.atDivision(s.wholeDivision(ev.start, h), b, h)
	if h.class == schema.Program {
		ev.start = s.atQuotation(ev.start, b)
	}
	ev.owned = h.class == schema.Project && strings.HasSuffix(s.text[s.Start:ev.start], "的") && s.ownerBefore(ev.start-len("的"))
	if d, ok := s.divisionOver(ev.start); ok && d.Start == ev.start {
		ev.division = true
		ev.bare = s.divisionChainEnd(d) == b
	}
	ev.level = !ev.division && s.levelAt(ev.start)
	s.weigh(ev, b, h)
}

// pastMade moves the start of a name over what something is made: 做|优|云岭工业园.
func (s *sentence) pastMade(start int) int {
	made, size := utf8.DecodeRuneInString(s.text[start:])
	if strings.HasSuffix(s.text[s.Start:start], "做") && strings.ContainsRune("大强优精实细活深", made) {
		return start + size
	}
	return start
}

// wholeDivision moves the start of a company's name to the left where the
// segmenter has cut the name of a province or city in two: 上|海瑞达.
func (s *sentence) wholeDivision(start int, h head) int {
	if h.class != schema.Enterprise && h.class != schema.Organization || start <= s.Start {
		return start
	}
	from := s.back(start, 1)
	first := s.after(start, 1)
	for _, d := range s.r.lex.Divisions.Named(s.text[from:start] + first) {
		if d.Level <= lexicon.City && !d.Abolished {
			return from
		}
	}
	return start
}

// levelAt reports whether the word for a level stands for the district at byte
// b, where a name begins: 区|图书馆, 县|一中.
func (s *sentence) levelAt(b int) bool {
	i := s.wordAt(b)
	l := s.r.levels.Prefix(s.in(i))
	if l == "" || s.words[i].Start != b || !s.opensName(b) {
		return false
	}
	return len(l) == s.words[i].Len() || s.r.heads.words.Suffix(s.in(i)) != "" || s.words[i].Tag == "x" && (s.r.ofLevels.Prefix(s.rest(b+len(l))) != "" || len(l) == len("县") && strings.Contains("省市县区", l)) // 市融|媒体|中心, 县摆手|舞|协会
}

// ownerBefore reports whether the name of a company ends at byte b.
func (s *sentence) ownerBefore(b int) bool {
	word, h := s.r.heads.ending(s.text[s.Start:b])
	return word != "" && h.class == schema.Enterprise || s.knownEnding(b) >= 0
}

// divisionChainEnd returns where the chain of divisions ends that d begins.
func (s *sentence) divisionChainEnd(d division) int {
	end := d.End
	for _, e := range s.divs {
		if e.Start == end {
			end = e.End
		}
	}
	return end
}

// cutFront returns where word i begins, or after the function word that the
// segmenter took for the beginning of an unknown word: 由|国采.
func (s *sentence) cutFront(i int) int {
	w := s.words[i]
	const built, level = "新建", "县"
	if s.in(i) == built+level && s.r.ofLevels.Prefix(s.rest(w.End)) != "" {
		return w.Start + len(built) // 新建|县人民医院; to the segmenter it is the county
	}
	if w.Tag != "x" || w.has(mark) || w.has(common) {
		return w.Start
	}
	text := s.in(i)
	_, size := utf8.DecodeRuneInString(text)
	if size < len(text) && s.r.clitics.Has(text[:size]) {
		return w.Start + size
	}
	if two := 2 * size; len(text) > two+size && s.r.hardSingles.Has(text[:size]) && s.r.clitics.Has(text[size:two]) {
		return w.Start + two // 已由|国网
	}
	return w.Start
}

// atDivision moves the start of a name to the first division in it, where what
// stands before is no name of its own: 对接|南关区商务局.
func (s *sentence) atDivision(start, b int, h head) int {
	for _, d := range s.divs {
		if h.class == schema.Division && d.full && d.End > start && d.End <= b {
			start = d.End // 大庄镇|曙光村: each is a name of its own
			continue
		}
		if d.Start <= start || d.chain < start || d.End > b || !d.full && !s.plainBetween(start, d.chain) {
			continue
		}
		if h.class == schema.Project || h.class == schema.Event || strings.HasSuffix(s.text[:d.chain], "（") || strings.HasSuffix(s.text[:d.chain], "(") {
			continue
		}
		if h.class == schema.Program && strings.HasPrefix(s.text[d.End:b], "“") {
			return d.End
		}
		if h.class == schema.Program {
			continue
		}
		if front := s.text[start:d.chain]; s.r.heads.words.Suffix(front) == "" && len(s.r.lex.Lookup(front)) == 0 {
			return d.chain
		}
	}
	return start
}
