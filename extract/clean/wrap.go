package clean

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// kindHardWrap is the kind of warning for a line break inside a paragraph.
const kindHardWrap = "hard_wrap"

// A wrapping knows how headings are broken over lines (seeds/clean/joins.tsv)
// and which lines stand by themselves (seeds/clean/lines.tsv).
type wrapping struct {
	units  *phrases[bool]      // what may follow a number
	starts map[string][]string // by the end of a line: how the next one begins
	ends   []string            // the keys of starts, in the order of the file

	aloneFrom phrases[bool] // beginnings of lines that go on no other
	aloneTo   []string      // ends of headings
	numbered  []string      // ends of headings that begin with a number
}

func loadWrapping(seeds fs.FS) (*wrapping, error) {
	units, err := loadUnits(seeds)
	if err != nil {
		return nil, err
	}
	w := &wrapping{units: units, starts: map[string][]string{}}
	err = eachLine(seeds, "clean/joins.tsv", func(f []string) error {
		if len(f) != 2 {
			return fmt.Errorf("%w entry: want 2 columns", schema.ErrInvalid)
		}
		if _, ok := w.starts[f[0]]; !ok {
			w.ends = append(w.ends, f[0])
		}
		w.starts[f[0]] = append(w.starts[f[0]], f[1])
		return nil
	})
	if err != nil {
		return nil, err
	}
	return w, eachLine(seeds, "clean/lines.tsv", func(f []string) error {
		switch {
		case len(f) == 2 && f[0] == "begins":
			w.aloneFrom.add(f[1], true)
		case len(f) == 2 && f[0] == "ends":
			w.aloneTo = append(w.aloneTo, f[1])
		case len(f) == 2 && f[0] == "numbered":
			w.numbered = append(w.numbered, f[1])
		default:
			return fmt.Errorf("%w entry: want begins, ends or numbered, and a phrase", schema.ErrInvalid)
		}
		return nil
	})
}

// alone reports whether b goes on no other line, or a is a heading.
func (w *wrapping) alone(a, b string) bool {
	if _, ok := w.aloneFrom.longest(b); ok || strings.ContainsRune("(（", first(b)) && strings.ContainsRune(")）", last(b)) {
		return true
	}
	if punctuated(a) {
		return false
	}
	if i := strings.IndexByte(a, ' '); i > 0 && ideograph(last(a[:i])) && ideograph(first(strings.TrimLeft(a[i:], " "))) {
		return true // 攻坚克难 发展质量稳步提升
	}
	ending := func(end string) bool { return strings.HasSuffix(a, end) }
	if marked(a) && slices.ContainsFunc(w.numbered, ending) {
		return true
	}
	_, ok := w.aloneFrom.longest(a)
	return ok || slices.ContainsFunc(w.aloneTo, ending)
}

// edits joins lines that one paragraph was broken into. Precision comes before
// recall here: where a break was a real one, joining would mix up two cells or
// two items, and with them figures.
func (w *wrapping) edits(text string, ls []line) []edit {
	settings := typeset(text, ls)
	loose := !closesParagraphs(text, ls)
	var out []edit
	next := len(ls) > 0 && row(ls[0].In(text))
	for i := range len(ls) - 1 {
		a, b := ls[i], ls[i+1]
		from := next
		if next = row(b.In(text)); from || next || !w.broken(a.In(text), b.In(text), a, b, settings[i], loose) {
			continue
		}
		with := ""
		if isLetter(last(a.In(text))) && isLetter(first(b.In(text))) {
			with = " "
		}
		gap := schema.Span{Start: a.End, End: b.Start}
		out = append(out, edit{Span: gap, with: with, kind: kindHardWrap, message: "line break left out: " + around(text, gap, "⏎", with)})
	}
	return out
}

// around shows what stands on both sides of a gap, and how the gap is read.
func around(text string, gap schema.Span, from, to string) string {
	const side = 8 // characters
	before, after := text[:gap.Start], text[gap.End:]
	start, end := len(before), 0
	for n := 0; n < side && start > 0 && before[start-1] != '\n'; n++ {
		_, size := utf8.DecodeLastRuneInString(before[:start])
		start -= size
	}
	for n := 0; n < side && end < len(after) && after[end] != '\n'; n++ {
		end += size(after[end])
	}
	return before[start:] + from + after[:end] + " read as " + before[start:] + to + after[:end]
}

// broken reports whether lines a and b, which are no rows, are pieces of one
// paragraph. The setting
// is that of a; loose says that paragraphs of the text often end without a full
// stop.
func (w *wrapping) broken(a, b string, la, lb line, set setting, loose bool) bool {
	switch {
	case w.titleBroken(a, b):
		return true
	case bracketed(a, b, la, lb):
		return true
	case complete(a):
		return set.goesOn && !marked(b) && !w.alone(a, b) && ends(b, la, lb)
	case strings.ContainsRune("，、", last(a)) && la.width >= 12:
		return !marked(b) || isDigit(first(b))
	case marked(b) || w.alone(a, b):
		return false
	case continues(b) && la.width >= 16:
		return true
	case lb.indent >= 4 && la.indent < lb.indent:
		return false
	case set.full:
		return ends(b, la, lb)
	}
	return !loose && w.pageBreak(a, b, la)
}

// ends reports whether b may end a paragraph that fills the page in a: its last
// line may be short, but then it ends a sentence.
func ends(b string, la, lb line) bool { return complete(b) || 4*lb.width >= 3*la.width }

// titleBroken reports whether a title is broken over the two lines.
func (w *wrapping) titleBroken(a, b string) bool {
	for _, end := range w.ends {
		if strings.HasSuffix(a, end) && utf8.RuneCountInString(a) <= 40 {
			return slices.ContainsFunc(w.starts[end], func(start string) bool { return strings.HasPrefix(b, start) })
		}
	}
	return false
}

// longestTitle bounds a piece of a heading in cells.
const longestTitle = 80

// bracketed reports whether a heading breaks between brackets: a opens one that
// b closes.
func bracketed(a, b string, la, lb line) bool {
	if la.width > longestTitle || lb.width > longestTitle {
		return false
	}
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"《", "》"}} {
		open := strings.LastIndex(a, pair[0])
		if open < 0 || strings.LastIndex(a, pair[1]) > open {
			continue
		}
		if end := strings.Index(b, pair[1]); end >= 0 && !strings.Contains(b[:end], pair[0]) && !marked(b) {
			return true
		}
	}
	return false
}

// continues reports whether a line begins with a mark that begins no sentence.
func continues(b string) bool {
	return len(b) > len("。") && strings.ContainsRune("，。、；：！？）》”％%‰", first(b))
}

// pageBreak reports whether a paragraph breaks off in a and goes on in b, as at
// the end of a page or column: both are running text, and a ends inside a
// sentence, not with a number and its unit as an unfinished list may.
func (w *wrapping) pageBreak(a, b string, la line) bool {
	if la.width < 60 || !punctuated(a) || !punctuated(b) {
		return false
	}
	end, start := last(a), first(b)
	switch {
	case isDigit(end):
		number := strings.TrimRight(a, "0123456789.,")
		_, unit := w.units.longest(b)
		return (unit || start == '.') && ideograph(last(number))
	case !ideograph(end) || !ideograph(start) && !isDigit(start):
		return false
	}
	clause := a[strings.LastIndexAny(a, "，。；,;")+1:]
	return !strings.ContainsAny(clause, "0123456789")
}

// closesParagraphs reports whether the paragraphs of a text end with a full
// stop, but for one and at most a quarter of those that are long.
func closesParagraphs(text string, ls []line) bool {
	long, open := 0, 0
	for _, l := range ls {
		if l.width >= 60 {
			long++
			if !complete(l.In(text)) {
				open++
			}
		}
	}
	return open <= 1+long/4
}

const (
	window     = 8   // lines before and after that tell the page
	narrowest  = 30  // cells; narrower columns are tables or lists
	widest     = 160 // cells; a wider line is a paragraph that was not broken
	leastLines = 3   // lines of about the same width that make a page
)

// A setting is how a line stands on its page. A page is several lines of about
// the same width, most of which are running text and end inside a sentence.
type setting struct {
	full   bool // it fills the page and ends inside a sentence
	goesOn bool // it fills the page and ends a sentence, but not its paragraph
}

// A shape is what a line tells about the page beside its width.
type shape struct {
	open    bool // it ends inside a sentence
	running bool // it has marks of running text, which names in a list have not
	gap     int  // line breaks after it
}

// typeset returns the settings of lines.
func typeset(text string, ls []line) []setting {
	shapes := make([]shape, len(ls))
	for i, l := range ls {
		if l.width >= narrowest && l.width <= widest {
			body := l.In(text)
			shapes[i] = shape{open: !complete(body) && !row(body), running: punctuated(body) || strings.Contains(body, "、")}
			if i+1 < len(ls) {
				shapes[i].gap = strings.Count(text[l.End:ls[i+1].begin], "\n")
			}
		}
	}
	out := make([]setting, len(ls))
	for i := range ls {
		if shapes[i].running || shapes[i].open {
			from, to := max(0, i-window), min(len(ls), i+window+1)
			out[i] = set(i-from, ls[from:to], shapes[from:to])
		}
	}
	return out
}

// set returns the setting of the line with index k of those around it. A line
// that ends a sentence goes on only where the next one is not set off from it
// by blank lines, as paragraphs then are, and not indented; and where nothing
// is indented at all, only if it fills the page to the last character.
func set(k int, ls []line, shapes []shape) setting {
	fills, exactly := fillsPage(ls[k], ls, shapes)
	if shapes[k].open {
		return setting{full: fills}
	}
	if !fills || k+1 == len(ls) || ls[k+1].indent >= 4 {
		return setting{}
	}
	indented, gap := 0, shapes[k].gap
	for i, l := range ls {
		if l.indent >= 4 && shapes[i].running {
			indented++
		}
		if shapes[i].open && shapes[i].gap > 0 {
			gap = min(gap, shapes[i].gap)
		}
	}
	return setting{goesOn: shapes[k].gap == gap && (exactly || indented >= 2)}
}

// fillsPage reports whether a line fills a page that the lines around it, and
// itself, are set on, and whether it does so to the last character. Each open
// line may be the widest of a page.
func fillsPage(a line, ls []line, shapes []shape) (fills, exactly bool) {
	for i, l := range ls {
		reaches := a.width+a.indent >= l.width-1
		if fills && (exactly || !reaches) {
			continue // it can tell nothing new
		}
		if shapes[i].open && full(a, l.width) && isPage(l.width, ls, shapes) {
			fills, exactly = true, exactly || reaches
		}
	}
	return fills, exactly
}

// isPage reports whether lines were set on a page of the given width.
func isPage(width int, ls []line, shapes []shape) bool {
	near, open, running := 0, 0, 0
	for i, l := range ls {
		if l.width > width || !full(l, width) {
			continue
		}
		near++
		if shapes[i].open {
			open++
		}
		if shapes[i].running {
			running++
		}
	}
	return near >= leastLines && 2*open >= near && 2*running >= near
}

// full reports whether a line reaches to the end of a page of the given width.
// One that begins a paragraph may have lost an indentation of four cells, and
// the marks that may not begin a line move a character or two.
func full(l line, width int) bool {
	return l.width+l.indent >= width-10 && l.width >= width*4/5 && l.width <= width+4
}
