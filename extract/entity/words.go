package entity

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// flags say what a word can be to a name.
type flags uint32

const (
	boundary flags = 1 << iota // no name runs over it: of, in, builds, is
	inside                     // a verb or function word that may stand inside a name
	generic                    // says nothing that tells one thing from another
	lead                       // describes what follows, and is cut from the front of a name
	common                     // a word of the language, whatever its tag says
	mark                       // punctuation
	number
	counter // counts things: 个, 家
	proper  // looks like a part of a proper name
	single  // one character
	speech  // a verb of those who speak: 指出
	verbal  // a verb by its tag alone: it ends a name unless its class lets verbs stand in
)

func (f flags) has(g flags) bool { return f&g != 0 }

// flagTable knows the flags of words and of tags.
type flagTable struct {
	words map[string]flags
	chars [1 << 16]flags // of those of one character, by code point: half of all words are one
}

// flagLists are the lists of words that give flags.
var flagLists = [...]struct {
	list string
	flag flags
}{
	{"boundary", boundary}, {"inside", inside}, {"generic", generic | common}, {"lead", lead | common}, {"common", common}, {"counters", counter},
	{"speech-verbs", speech},
}

func newFlagTable(lex *lexicon.Lexicon) *flagTable {
	t := &flagTable{words: map[string]flags{}}
	for _, l := range flagLists {
		for _, w := range lex.Words(l.list).All() {
			t.words[w] |= l.flag
			if c, size := utf8.DecodeRuneInString(w); size == len(w) && c < 1<<16 {
				t.chars[c] |= l.flag
			}
		}
	}
	return t
}

// of returns the flags of a token. Where it is known that no word of the lists
// begins as it does, inLists is false.
func (t *flagTable) of(word, tag string, inLists bool) flags {
	r, size := utf8.DecodeRuneInString(word)
	if size == len(word) && isMark(r) {
		return single | mark
	}
	var f flags
	switch {
	case !inLists:
	case size == len(word) && r < 1<<16:
		f = t.chars[r]
	default:
		f = t.words[word]
	}
	listed := f&^speech != 0
	if size == len(word) {
		f |= single
	}
	if f.has(boundary) && !f.has(inside) {
		return f
	}
	if !listed && inLists && t.beginsWithVerb(word, tag) {
		return f | boundary
	}
	if !f.has(single) && tag != "nr" && tag != "ns" && describing(word) {
		f |= generic | common
	}
	return f | t.byTag(word, tag, f, listed)
}

// beginsWithVerb reports whether a word of four or more characters begins with
// one that no name runs over, as set phrases do: 大力支持, 积极参与.
func (t *flagTable) beginsWithVerb(word, tag string) bool {
	if len(word) < 4*len("大") || tag == "" || tag == "n" || tag == "ns" || tag == "nt" || tag[0] == 'x' || tag[0] == 'm' {
		return false
	}
	f := t.words[word[:min(len(word), 2*len("大"))]]
	return f.has(boundary) && !f.has(inside)
}

// byTag returns what a tag of ICTCLAS adds to the flags that lists give.
func (t *flagTable) byTag(word, tag string, f flags, listed bool) flags {
	if tag == "" {
		return 0
	}
	if tag == "eng" {
		return proper
	}
	switch tag[0] {
	case 'm':
		if f.has(single) && !strings.ContainsAny(word, "〇零一二三四五六七八九十百千万亿两几数多半双余0123456789") {
			return 0 // 左, 甲
		}
		return number
	case 'q':
		if f.has(single) {
			return 0
		}
		return counter
	case 'p', 'c', 'u', 'r', 'd', 'y', 'e', 'o', 't':
		if tag == "t" && !strings.ContainsAny(word, "年月日时天前后今近昨明期初末") {
			return 0 // 侏罗纪, 南宋
		}
		if f.has(inside) || f.has(single) && tag[0] != 'p' && tag[0] != 'u' || listed && !f.has(boundary) {
			return 0
		}
		return boundary
	case 'v':
		if tag == "vn" || f.has(inside) || f.has(single) || listed && !f.has(boundary) {
			return 0
		}
		return verbal
	case 'x', 'n':
		if f.has(common) || f.has(single) {
			return 0
		}
		if tag == "x" || tag == "ns" || tag == "nz" || tag == "nr" || tag == "nrt" || tag == "nrfg" || tag == "nt" {
			return proper
		}
	}
	return 0
}

// describing reports whether a word ends as adjectives do: 普惠性, 友好型.
func describing(word string) bool {
	if len(word) < 3*len("性") {
		return false
	}
	for _, end := range [...]string{"性", "型", "化", "式", "类", "率"} {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

// isMark reports whether r is punctuation or another sign that is no letter
// or digit.
func isMark(r rune) bool {
	switch {
	case r < 0x80:
		return !('a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9')
	case r >= 0x3000 && r < 0x3040 && r != '〇' && r != '々', r >= 0xFF00 && r < 0xFF66, r >= 0x2000 && r < 0x2070, r == '·', r == '—':
		return true
	}
	return r == utf8.RuneError || r >= 0x2190 && r < 0x2E80
}

// A word is a token with what it can be to a name.
type word struct {
	schema.Token
	flags
}

// A sentence is what the parts look at. It serves for others after it.
type sentence struct {
	schema.Span
	r      *Recogniser
	doc    *schema.Doc
	text   string // of the document: spans count in it
	words  []word
	divs   []division
	knowns []schema.Span // names of the lexicon
	soles  []schema.Span // what a county has one of, with nothing before it: see soleNames
	firms  []brand       // names of companies, or what may be
	found  []candidate

	base   int     // where the block begins
	lanes  []lanes // of its bytes, from base on
	order  []int32 // of found, the best first
	kept   []int32 // of found, in order of text
	fronts []int   // where names begin
}

// atOnce is how many sentences a part looks at before the next part does. All
// parts together are more code than the processor's first cache holds, so one
// sentence at a time would load each of them anew for each sentence.
const atOnce = 32

// A reader goes through the sentences of a block.
type reader struct {
	block     sentence // what they share
	words     []word
	later     []word // of words, what stands after the sentences that were begun
	sentences [atOnce]sentence
}

// reader returns a reader of a block.
func (r *Recogniser) reader(block *schema.Doc) *reader {
	b, ok := r.readers.Get().(*reader)
	if !ok {
		b = &reader{block: sentence{r: r}}
	}
	s := &b.block
	s.doc, s.text, s.base, s.lanes, b.words = block, block.Text, 0, s.lanes[:0], b.words[:0]
	if n := len(block.Sentences); n > 0 {
		s.base = block.Sentences[0].Start
		s.lanes = r.gate.scan(s.lanes, s.text, schema.Span{Start: s.base, End: block.Sentences[n-1].End})
	}
	for _, t := range block.Tokens {
		b.words = append(b.words, word{t, r.flags.of(t.In(block.Text), t.Tag, s.may(t.Start, laneFlag))})
	}
	b.later = b.words
	return b
}

// begin goes on to the sentences at the next spans, of which there are at most
// atOnce. Every word stands in a sentence.
func (b *reader) begin(spans []schema.Span) []sentence {
	for i, span := range spans {
		n := 0
		for n < len(b.later) && b.later[n].Start < span.End {
			n++
		}
		b.sentences[i].begin(&b.block, span, b.later[:n:n])
		b.later = b.later[n:]
	}
	return b.sentences[:len(spans)]
}

// begin makes s the sentence of a block at span, in the memory of the one that
// it was.
func (s *sentence) begin(block *sentence, span schema.Span, words []word) {
	was := *s
	*s = *block
	s.Span, s.words = span, words
	s.divs, s.knowns, s.soles, s.firms, s.found = was.divs[:0], was.knowns[:0], was.soles[:0], was.firms[:0], was.found[:0]
	s.order, s.kept, s.fronts = was.order[:0], was.kept[:0], was.fronts[:0]
}

// wordAt returns the index of the word that holds byte b, or of the next one.
func (s *sentence) wordAt(b int) int {
	return sort.Search(len(s.words), func(i int) bool { return s.words[i].End > b })
}

// in returns the text of word i.
func (s *sentence) in(i int) string { return s.words[i].In(s.text) }

// after returns the first n characters from byte b on within the sentence.
func (s *sentence) after(b, n int) string {
	at := b
	for ; n > 0 && at < s.End; n-- {
		_, size := utf8.DecodeRuneInString(s.text[at:s.End])
		at += size
	}
	return s.text[b:at]
}

// rest returns the sentence from byte b on.
func (s *sentence) rest(b int) string { return s.text[b:s.End] }

// runes returns the number of characters in a string.
func runes(s string) int { return utf8.RuneCountInString(s) }

// isCount reports whether a number and a word that counts follow at byte b, and
// then nothing that is counted: 小学|45所, but not 银行|3家银行.
func (s *sentence) isCount(b int) bool {
	i := s.wordAt(b)
	if i+1 >= len(s.words) || s.words[i].Start != b || !s.words[i].has(number) {
		return false
	}
	for i++; i < len(s.words) && s.words[i].has(number|counter); i++ {
	}
	return s.words[i-1].has(counter) && (i == len(s.words) || s.words[i].has(mark))
}
