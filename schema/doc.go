package schema

import (
	"slices"
	"sort"
	"unicode/utf8"
)

// A Kind is the genre of a document.
type Kind string

// The genres.
const (
	WorkReport          Kind = "work_report"
	StatisticalBulletin Kind = "statistical_bulletin"
	News                Kind = "news"
	Other               Kind = "other"
)

// A Doc is one document on its way through the stages. A stage fills its own
// fields and never changes what an earlier one wrote.
type Doc struct {
	// Set by extract/read.
	Path     string // as given by the caller
	SHA256   string // of the file's bytes, in hex
	Original string // the file's text, decoded to UTF-8; nothing else is changed

	// Set by extract/clean.
	Text     string    // Original after repairs: what every later stage reads
	Offsets  OffsetMap // from Text to Original
	Warnings []Warning // later stages append

	// Set by extract/segment.
	Sentences []Span  // in order, without overlap; headings and table cells count as sentences
	Words     WordMap // where the tokens begin and end
	Tokens    []Token // of a block, see [Doc.Block]: in order, without overlap; white space has no token

	// Set by extract/identity.
	Identity Identity

	// Trace, where set, is told of every decision of every stage.
	Trace func(Decision)
}

// An Identity is what a document says about itself. The evidence of a slot is
// empty where the slot is.
type Identity struct {
	Subject   string // the division that the document is about, officially named; Local where the text never says
	Code      string // its GB/T 2260 code, "" where unknown
	Kind      Kind
	Period    string // main reporting period: 2023, 2025-H1, 2024-Q1, 2023-06; "" where the text never says
	Title     string
	Date      string // of publication: 2024-01-11
	Publisher string

	Evidence map[string]Span // by slot name in lower case: subject, kind, period, title, date, publisher
}

// Local is the subject of a document whose place cannot be known from its text.
const Local = "本地"

// A Quote is a slice of a document's original text and where it stands.
type Quote struct {
	Start, End int // Unicode code points of Doc.Original
	Text       string
}

// Quote returns the original slice that the span of Text was read from.
func (d *Doc) Quote(s Span) Quote { return d.QuoteOriginal(d.Offsets.Original(s)) }

// QuoteOriginal returns the slice of Original that the byte span o covers.
// Counting code points takes time linear in o.Start: use [Doc.Quotes] for many.
func (d *Doc) QuoteOriginal(o Span) Quote {
	start := utf8.RuneCountInString(d.Original[:o.Start])
	text := d.Original[o.Start:o.End]
	return Quote{start, start + utf8.RuneCountInString(text), text}
}

// Quotes returns a Quoter for d.
func (d *Doc) Quotes() *Quoter {
	q := &Quoter{doc: d}
	runes := 0
	for i := range d.Original {
		if runes%quoteStep == 0 {
			q.bytes = append(q.bytes, i)
		}
		runes++
	}
	return q
}

// quoteStep is how many code points stand between two entries of a Quoter's index.
const quoteStep = 128

// A Quoter makes many quotes of one document, each in constant time.
type Quoter struct {
	doc   *Doc
	bytes []int // byte offset of every quoteStep-th code point
}

// Quote is [Doc.Quote].
func (q *Quoter) Quote(s Span) Quote { return q.Original(q.doc.Offsets.Original(s)) }

// Original is [Doc.QuoteOriginal].
func (q *Quoter) Original(o Span) Quote {
	text := q.doc.Original[o.Start:o.End]
	start := q.rune(o.Start)
	return Quote{start, start + utf8.RuneCountInString(text), text}
}

// rune returns the number of code points before byte offset b.
func (q *Quoter) rune(b int) int {
	i := sort.SearchInts(q.bytes, b+1) - 1
	if i < 0 {
		return 0
	}
	return i*quoteStep + utf8.RuneCountInString(q.doc.Original[q.bytes[i]:b])
}

// Block returns a document of some consecutive sentences of d. It has all of
// the text, so spans count in the same bytes, and its own tokens, which go
// with it: those of a whole book would take many times its size.
func (d *Doc) Block(sentences []Span) *Doc {
	return &Doc{Path: d.Path, SHA256: d.SHA256, Original: d.Original, Text: d.Text, Offsets: d.Offsets, Sentences: sentences, Words: d.Words, Trace: d.Trace}
}

// SentenceAt returns the index of the sentence that holds byte offset b of
// Text, or -1 where b stands between sentences.
func (d *Doc) SentenceAt(b int) int {
	i := sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].End > b })
	if i == len(d.Sentences) || d.Sentences[i].Start > b {
		return -1
	}
	return i
}

// An OffsetMap maps byte offsets of a cleaned text to the original. It is a
// list of runs in which both advance together; between two runs the original
// has bytes that the text lacks (a removed line break) or that it says
// otherwise (a repaired digit). The zero OffsetMap is the identity.
type OffsetMap struct{ runs []run }

type run struct{ text, original, length int }

// NewOffsetMap returns an empty map, to be filled with Append in order of text.
func NewOffsetMap() *OffsetMap { return &OffsetMap{runs: []run{}} }

// Append says that length bytes from text on are the original's from original
// on. Runs must come in order of both offsets.
func (m *OffsetMap) Append(text, original, length int) {
	if length == 0 {
		return
	}
	if n := len(m.runs); n > 0 {
		last := &m.runs[n-1]
		if last.text+last.length == text && last.original+last.length == original {
			last.length += length
			return
		}
	}
	m.runs = append(m.runs, run{text, original, length})
}

// Close says that the text ends at offset text and was read from the original
// up to offset original. It is needed where the text ends in a repair.
func (m *OffsetMap) Close(text, original int) {
	m.runs = append(m.runs, run{text, original, 0})
}

// Original returns the span of the original that s of the text was read from.
// Where s begins or ends inside a repair, the whole repaired piece is taken.
func (m OffsetMap) Original(s Span) Span {
	if m.runs == nil {
		return s
	}
	start := m.floor(s.Start)
	if s.Start >= s.End {
		return Span{start, start}
	}
	return Span{start, max(start, m.ceil(s.End))}
}

// before returns the index of the last run that starts at or before text offset b, or -1.
func (m OffsetMap) before(b int) int {
	i, found := slices.BinarySearchFunc(m.runs, b, func(r run, b int) int { return r.text - b })
	if found {
		return i
	}
	return i - 1
}

// floor returns the original offset of text offset b as the start of a span.
func (m OffsetMap) floor(b int) int {
	i := m.before(b)
	if i < 0 {
		return 0
	}
	r := m.runs[i]
	return r.original + min(b-r.text, r.length)
}

// ceil returns the original offset of text offset b as the end of a span.
func (m OffsetMap) ceil(b int) int {
	i := m.before(b - 1)
	if i < 0 {
		if len(m.runs) == 0 {
			return 0
		}
		return m.runs[0].original
	}
	r := m.runs[i]
	if b <= r.text+r.length {
		return r.original + b - r.text
	}
	if i+1 < len(m.runs) { // b ends inside a repair: up to the next run
		return m.runs[i+1].original
	}
	return r.original + r.length
}
