package entity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A brand is what may be the short name of a company: a word of its own and
// the word for a trade (隆泰|砂业), or in a list of companies the word alone.
type brand struct {
	schema.Span
	sure  bool // its own form is enough; else it needs a company beside it, or words that only a company has
	goods bool // it may be a kind of goods or works as well
}

// The characters of the word of its own that a company's short name begins with.
const (
	minCore = 2
	maxCore = 4
)

// brands finds the short names of companies by their form: a coined word, or a
// plain one where the words around speak of a company, then the word for a trade.
func (r *Recogniser) brands(s *sentence) {
	s.firms = s.firms[:0]
	for _, k := range s.knowns {
		if s.isFirm(k) {
			s.firms = append(s.firms, brand{Span: k, sure: true})
		}
	}
	known := len(s.firms)
	for i := range s.words {
		w := &s.words[i]
		if w.has(mark) || !s.mayEnd(w.End, laneTradeEnd) || s.runsOn(i) {
			continue
		}
		if b, ok := s.brandAt(i); ok {
			s.firms = append(s.firms, b)
		}
	}
	for _, b := range s.firms[known:] {
		if !s.listedAsOther(b.Span) && !s.listedAsTrade(b.End) && !s.opensSite(b.Span) && (b.sure || s.speaksOfFirm(b) || s.besideFirm(b.Span)) {
			s.propose(b.Span, schema.Enterprise, "brand")
		}
	}
	s.firmPeers()
	s.foreignFirms()
	s.branches()
	s.bases()
	s.settlers()
}

// runsOn reports whether the word after word i makes another thing of what ends
// there: 科技|园, 建材|市场, 机械|二厂.
func (s *sentence) runsOn(i int) bool {
	if c, size := utf8.DecodeRuneInString(s.rest(s.words[i].End)); strings.ContainsRune("一二三四五六七八九十", c) && strings.HasPrefix(s.rest(s.words[i].End+size), "厂") {
		return true
	}
	if i+1 >= len(s.words) || s.words[i+1].Start > s.words[i].End || s.words[i+1].has(mark|number|boundary) {
		return false
	}
	next := s.words[i+1]
	if after := s.r.afterFirms.Prefix(s.rest(next.Start)); after != "" && !s.r.afterTrades.Has(after) {
		return false // 绒业|老员工
	}
	if s.r.trades.Has(s.in(i + 1)) {
		return !s.runsOn(i + 1) // the name ends further on
	}
	return next.has(single) && !next.has(verbal) && next.Tag != "v" || s.r.afterTrades.Has(s.in(i+1))
}

// brandAt returns the name that ends with word i, the last of a trade.
func (s *sentence) brandAt(i int) (brand, bool) {
	end := s.words[i].End
	at, strong, goods := end, false, true
	for {
		t := s.r.trades.Suffix(s.text[s.Start:at])
		if t == "" {
			break
		}
		strong = strong || s.r.trades.Value(t) == "strong"
		goods = goods && s.r.trades.Value(t) == "goods"
		at -= len(t)
	}
	if at == end || s.r.notNames.Has(s.text[at:end]) {
		return brand{}, false
	}
	core, form, hard := s.coreBefore(at)
	if core >= at || form == noCore || s.knownBegins(core, at) {
		return brand{}, false
	}
	b := brand{Span: schema.Span{Start: core, End: end}, goods: goods}
	b.sure = form == coined && (hard || strong) && !goods || form == plainCore && strong && hard || s.knownFirm(core, at)
	return b, !s.r.notNames.Has(b.In(s.text)) && len(s.r.lex.Lookup(b.In(s.text))) == 0
}

// knownFirm reports whether a known company's name is what stands between two
// bytes: 深能|光伏.
func (s *sentence) knownFirm(start, end int) bool {
	return s.knownFrom(start, end) && s.isFirm(schema.Span{Start: start, End: end})
}

// knownBegins reports whether a known company stands at byte start that does not
// end at byte end: what follows it is its works (华能|某地风电).
func (s *sentence) knownBegins(start, end int) bool {
	return slices.ContainsFunc(s.knowns, func(k schema.Span) bool { return k.Start == start && k.End != end })
}

// A core is the form of what stands before the word for a trade.
type core int

const (
	noCore    core = iota
	plainCore      // one word of the language, or a division
	coined         // no word of the language
)

// coreBefore returns where the word of its own begins that ends at byte end,
// its form, and whether a mark, a verb or a function word stands before it.
func (s *sentence) coreBefore(end int) (start int, form core, hard bool) {
	start, form, hard = end, noCore, true
	singles, n := 0, 0
	for i := s.wordAt(end - 1); i >= 0; i-- {
		w := &s.words[i]
		if w.End < start && n > 0 || w.has(mark) || w.has(number) && (!w.has(single) || singles == 0 && !s.numeralInside(i) || s.text[w.Start] < utf8.RuneSelf) {
			break
		}
		text := s.text[w.Start:min(w.End, end)]
		if s.edges(w, text, n) {
			hard = w.has(boundary|verbal|lead|speech) || w.has(inside) && w.Tag == "v"
			break
		}
		if n += runes(text); n > maxCore+3 {
			return end, noCore, false
		}
		start = w.Start
		switch {
		case w.has(single):
			if singles++; singles > 1 {
				form = coined
			}
		case w.has(proper) && w.Tag != "ns":
			form = coined
		default:
			form = max(form, plainCore)
		}
	}
	return s.checkCore(start, end, form, hard)
}

// numeralInside reports whether word i is a numeral that ends a coined word of two
// characters: 恒|一|动力.
func (s *sentence) numeralInside(i int) bool {
	if i < 1 || !strings.ContainsAny(s.in(i), "一二三五六七八九") {
		return false
	}
	before := &s.words[i-1]
	return before.End == s.words[i].Start && before.has(single) && !before.has(mark|number|boundary|counter|lead) && !s.r.hardSingles.Has(s.in(i-1)) && (i == 1 || s.words[i-2].has(mark))
}

// edges reports whether the name of a company cannot run over a word of which
// text is the part before the trade, when n characters of it are read.
func (s *sentence) edges(w *word, text string, n int) bool {
	if w.has(single) {
		return s.r.hardSingles.Has(text)
	}
	if w.has(verbal) && n == 0 && !w.has(boundary|lead) {
		return false // 联信|材料
	}
	return w.has(boundary | lead | generic | common | counter | speech | verbal)
}

// checkCore weighs the word of its own as a whole.
func (s *sentence) checkCore(start, end int, form core, hard bool) (int, core, bool) {
	w := s.wordAt(start)
	if start < end && s.words[w].has(number) && !s.numeralCore(w, end) {
		return end, noCore, false // 四|要抓生态
	}
	if w > 0 && s.words[w].Start == start && s.words[w-1].End == start && s.words[w-1].has(number) && !s.words[w-1].has(mark) {
		return end, noCore, false // 12|英寸|传感器
	}
	if s.words[w].Start == start {
		start = min(s.cutFront(w), end)
	}
	text := s.text[start:end]
	if d, ok := s.divisionOver(start); ok && d.Start == start && d.End < end && (d.full || runes(s.text[d.End:end]) >= minCore) {
		text = s.text[d.End:end] // but all of 龙江福|粮业
	}
	if n := runes(text); n < minCore || n > maxCore || s.r.notCores.Has(text) || s.r.trades.Has(text) || s.r.flags.words[text].has(boundary|generic|lead|common) {
		return end, noCore, false
	}
	if s.r.heads.words.Suffix(text) == text || form == plainCore && s.r.trades.Prefix(text) != "" {
		return end, noCore, false // 从事|电动工程|机械|研发
	}
	return start, form, hard
}

// numeralCore reports whether the two characters from word i to byte end are a
// word of its own that begins with a numeral: 、兆|驰|股份, but not 四|大|光伏.
func (s *sentence) numeralCore(i, end int) bool {
	w := &s.words[i]
	if !w.has(single) || s.text[w.Start] < utf8.RuneSelf || runes(s.text[w.Start:end]) != minCore || i+1 >= len(s.words) {
		return false
	}
	next := &s.words[i+1]
	return next.has(single) && !next.has(counter|number|boundary) && !strings.ContainsAny(s.in(i+1), "大家个类型") && (i == 0 || s.words[i-1].has(mark))
}

// speaksOfFirm reports whether the words at either side of a span are such as
// stand beside companies: 引进|…, …|董事长.
func (s *sentence) speaksOfFirm(b brand) bool {
	if s.r.afterFirms.Prefix(s.rest(b.End)) != "" {
		return true
	}
	before := s.r.beforeFirms.Suffix(s.text[s.Start:b.Start])
	return before != "" && !(b.goods && s.r.beforeFirms.Value(before) == "weak")
}

// listedAsOther reports whether the list that span stands in says that it is of
// another class: 青石纺织、柳河陶瓷等工业集中区.
func (s *sentence) listedAsOther(span schema.Span) bool {
	return slices.ContainsFunc(s.found, func(c candidate) bool {
		return c.Span == span && c.rule == "list" && c.class != schema.Enterprise
	})
}

// listedAsTrade reports whether the list that has an item which ends at byte b says that
// its items are lines of business: 青石眼镜、白水珠宝|等3个产业集群.
func (s *sentence) listedAsTrade(b int) bool {
	for strings.HasPrefix(s.rest(b), "、") {
		b = s.itemEnd(b + len("、"))
	}
	rest, ok := strings.CutPrefix(s.rest(b), "等")
	if !ok {
		return false
	}
	for i := s.wordAt(s.End - len(rest)); i < len(s.words) && s.words[i].has(number|counter|lead); i++ {
		rest = s.rest(s.words[i].End)
	}
	return s.r.afterTrades.Prefix(rest) != ""
}

// opensSite reports whether the name of a place begins with span: 金穗薯业|批发市场.
func (s *sentence) opensSite(span schema.Span) bool {
	return slices.ContainsFunc(s.found, func(c candidate) bool {
		return c.class == schema.Place && c.Start == span.Start && c.End > span.End && strings.HasPrefix(c.rule, "suffix-")
	})
}

// besideFirm reports whether a sure name of a company stands beside span in a list.
func (s *sentence) besideFirm(span schema.Span) bool {
	for _, f := range s.firms {
		if f.sure && (s.listed(f.End, span.Start) || s.listed(span.End, f.Start)) {
			return true
		}
	}
	return false
}

// listed reports whether only a mark of lists, and a few characters before it that
// tell what is done (一期, 技改), stand between two bytes.
func (s *sentence) listed(from, to int) bool {
	if to <= from || to-from > 30*len("、") {
		return false
	}
	between := s.text[from:to]
	for _, sep := range [...]string{"、", "和", "及", "与"} {
		if between == sep {
			return true
		}
	}
	return strings.HasSuffix(between, "、") && !strings.ContainsAny(between, "，,。；;：:“”")
}

// firmPeers proposes the short items of a list in which at least one item is a
// sure name of a company, and which does not tell itself what they are.
func (s *sentence) firmPeers() {
	for _, f := range s.firms {
		if !f.sure {
			continue
		}
		s.peersAfter(f.End)
		s.peersBefore(f.Start)
	}
}

// peersAfter proposes the items of a list after byte b, where one ends.
func (s *sentence) peersAfter(b int) {
	for strings.HasPrefix(s.rest(b), "、") {
		item := schema.Span{Start: b + len("、"), End: s.itemEnd(b + len("、"))}
		if !s.bareFirm(item) {
			return
		}
		b = item.End
	}
}

// peersBefore proposes the items of a list before byte b, where one begins.
func (s *sentence) peersBefore(b int) {
	for strings.HasSuffix(s.text[s.Start:b], "、") {
		end := b - len("、")
		item := schema.Span{Start: s.itemStart(end, schema.Enterprise), End: end}
		if !s.bareFirm(item) {
			return
		}
		b = item.Start
	}
}

// bareFirm proposes an item that is a coined word, and reports whether the list
// can go on beyond it.
func (s *sentence) bareFirm(item schema.Span) bool {
	text := item.In(s.text)
	n := runes(text)
	if n < minCore || n > 8 || s.isNotName(item.Start, item.End) {
		return false
	}
	if word, _ := s.r.heads.ending(text); word != "" || s.r.trades.Suffix(text) != "" || len(s.r.lex.Lookup(text)) > 0 {
		return true // others decide
	}
	if d, ok := s.divisionOver(item.Start); ok && d.End == item.End {
		return false
	}
	start, form, _ := s.coreBefore(item.End)
	if form != coined || start != item.Start {
		return false
	}
	s.propose(item, schema.Enterprise, "brand-peer")
	return true
}

// foreignFirms proposes the coined word that follows a country where the words
// around speak of a company: 引进|德国|柯诺.
func (s *sentence) foreignFirms() {
	for i := range s.words {
		w := &s.words[i]
		if w.has(mark|number) || !s.r.countries.Has(s.in(i)) {
			continue
		}
		end := w.End
		for j := i + 1; j < len(s.words) && s.words[j].Start == end && s.coinedWord(j); j++ {
			end = s.words[j].End
		}
		span := schema.Span{Start: w.Start, End: end}
		if n := runes(s.text[w.End:end]); n < minCore || n > 8 || s.r.notNames.Has(span.In(s.text)) || len(s.r.lex.Lookup(span.In(s.text))) > 0 {
			continue
		}
		if s.speaksOfFirm(brand{Span: span}) || s.besideFirm(span) || s.besideCountry(span) || s.r.trades.Suffix(span.In(s.text)) != "" {
			s.firms = append(s.firms, brand{Span: span, sure: true})
			s.propose(span, schema.Enterprise, "brand")
		}
	}
}

// besideCountry reports whether another country stands beside span in a list,
// with a word after it as here: 德国柯诺、新西兰伟森.
func (s *sentence) besideCountry(span schema.Span) bool {
	next, ok := strings.CutPrefix(s.rest(span.End), "、")
	if c := s.r.countries.Prefix(next); ok && c != "" {
		i := s.wordAt(span.End + len("、") + len(c))
		return i < len(s.words) && s.coinedWord(i)
	}
	for _, f := range s.firms {
		if f.End+len("、") == span.Start && s.r.countries.Prefix(f.In(s.text)) != "" {
			return true
		}
	}
	return false
}

// coinedWord reports whether word i can be a part of a foreign name.
func (s *sentence) coinedWord(i int) bool {
	w := &s.words[i]
	switch {
	case w.has(mark | number | boundary | common | generic | lead | verbal | speech):
		return false
	case s.r.trades.Has(s.in(i)):
		return true
	case w.has(single):
		return !s.r.hardSingles.Has(s.in(i)) && w.Tag != "v" && w.Tag != "n" && w.Tag != "a"
	}
	return w.has(proper) && !s.r.notCores.Has(s.in(i))
}
