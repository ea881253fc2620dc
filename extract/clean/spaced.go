package clean

import (
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// spaced knows the words that tables and headings print with space between
// their two characters (seeds/clean/spaced.txt).
type spaced map[string]bool

func loadSpaced(seeds fs.FS) (spaced, error) {
	s := spaced{}
	err := eachLine(seeds, "clean/spaced.txt", func(f []string) error {
		s[strings.TrimSpace(f[0])] = true
		return nil
	})
	return s, err
}

// edits closes up words whose characters stand apart (政 府 工 作 报 告, 林  业)
// and turns the ideographic spaces that are left into plain ones.
func (s spaced) edits(text string, ls []line) []edit {
	var out []edit
	for _, l := range ls {
		body := l.In(text)
		if strings.IndexByte(body, ' ') < 0 && !strings.Contains(body, "　") {
			continue
		}
		if l.width >= narrowest && chinesePunctuated(body) && !barred(body) {
			out = append(out, besidePunctuation(text, l)...)
		}
		cell := l.Start
		for _, c := range strings.FieldsFunc(body, func(r rune) bool { return r == '|' || r == '\t' || r == '｜' }) {
			at := cell + strings.Index(text[cell:l.End], c)
			out = append(out, s.cell(text, schema.Span{Start: at, End: at + len(c)})...)
			cell = at + len(c)
		}
	}
	return sorted(append(out, ideographicSpaces(text)...))
}

// besidePunctuation finds the space around brackets and before marks in a line
// of running text.
func besidePunctuation(text string, l line) []edit {
	var out []edit
	for i := l.Start; ; {
		j := strings.IndexByte(text[i:l.End], ' ')
		if j < 0 {
			return out
		}
		gap := schema.Span{Start: i + j, End: i + j}
		for gap.End < l.End && text[gap.End] == ' ' {
			gap.End++
		}
		i = gap.End
		before, after := last(text[:gap.Start]), first(text[gap.End:])
		if strings.ContainsRune("(（《“", before) || strings.ContainsRune("(（)）》”，。；、", after) && gap.Start > l.Start || strings.ContainsRune(")）", before) && isDigit(after) {
			out = append(out, edit{Span: gap})
		}
	}
}

// leastApart is how many characters that stand apart are a word where there is
// more in their cell. Two are where the word is known, or the name of somebody
// whose office is told before.
const leastApart = 3

// cell closes up the words of a cell, or of a line without cells.
func (s spaced) cell(text string, c schema.Span) []edit {
	tokens := fields(text, c)
	var out []edit
	for i := 0; i < len(tokens); {
		n := apart(text, tokens[i:])
		run := tokens[i : i+n]
		whole := n == len(tokens)
		switch {
		case n >= leastApart, n == 2 && (s.word(text, run, whole, tokens[:i]) || i == 0 && numbersOnly(text, tokens[n:])):
			out = append(out, closeUp(text, run)...)
		}
		i += max(n, 1)
	}
	if n := len(tokens); len(out) == 0 && n > 0 {
		out = s.numbered(text, tokens)
	}
	return out
}

// word reports whether two characters that stand apart are a word: a known one,
// a heading or name that has its line for itself and much space between, or the
// name of somebody whose office stands before it.
func (s spaced) word(text string, run []schema.Span, whole bool, before []schema.Span) bool {
	wide := run[1].Start-run[0].End > 1
	return s[letters(text, run)] || whole && wide || len(before) > 0 && office(before[len(before)-1].In(text))
}

// numbersOnly reports whether tokens are the numbers of a row of a table, so
// that what stands before them is its name: 林  县 9.9 2 — 5.
func numbersOnly(text string, tokens []schema.Span) bool {
	numbers := 0
	for _, t := range tokens {
		switch word := t.In(text); {
		case numeric(word):
			numbers++
		case strings.Trim(word, "—-…") != "":
			return false
		}
	}
	return numbers > 0
}

// office reports whether a word ends as the title of somebody whose name may
// follow it does.
func office(s string) bool {
	for _, title := range []string{"长", "书记", "主任", "主席", "记者", "作者"} {
		if strings.HasSuffix(s, title) {
			return true
		}
	}
	return false
}

// numbered closes up a heading such as 一、综 合, whose number and first
// character are one token.
func (s spaced) numbered(text string, tokens []schema.Span) []edit {
	head := tokens[0].In(text)
	i := max(strings.LastIndex(head, "、")+len("、"), strings.LastIndexAny(head, "）)#*.")+1)
	if strings.HasSuffix(head[:min(i, len(head))], "\xbc") { // the first byte of ）: take all three
		i += 2
	}
	if !marked(head) || i <= 0 || i >= len(head) || !single(head[i:]) {
		return nil
	}
	first := schema.Span{Start: tokens[0].Start + i, End: tokens[0].End}
	run := append([]schema.Span{first}, tokens[1:1+apart(text, tokens[1:])]...)
	if len(run) < 2 || len(run) == 2 && !s[letters(text, run)] && len(tokens) > 2 {
		return nil
	}
	return closeUp(text, run)
}

// fields returns the tokens of c between its spaces.
func fields(text string, c schema.Span) []schema.Span {
	var out []schema.Span
	start := -1
	for i := c.Start; i < c.End; i += size(text[i]) {
		blank := text[i] == ' ' || strings.HasPrefix(text[i:c.End], "　")
		switch {
		case blank && start >= 0:
			out = append(out, schema.Span{Start: start, End: i})
			start = -1
		case !blank && start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, schema.Span{Start: start, End: c.End})
	}
	return out
}

// apart returns how many of the first tokens are single Chinese characters.
func apart(text string, tokens []schema.Span) int {
	for i, t := range tokens {
		if !single(t.In(text)) {
			return i
		}
	}
	return len(tokens)
}

// single reports whether s is one Chinese character.
func single(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && ideograph(r)
}

// letters returns the tokens as one word.
func letters(text string, tokens []schema.Span) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.In(text))
	}
	return b.String()
}

// closeUp leaves out the space between tokens, with one warning for all.
func closeUp(text string, tokens []schema.Span) []edit {
	var out []edit
	for i := range len(tokens) - 1 {
		out = append(out, edit{Span: schema.Span{Start: tokens[i].End, End: tokens[i+1].Start}})
	}
	out[0].kind = kindSpacing
	out[0].message = excerpt(text[tokens[0].Start:tokens[len(tokens)-1].End]) + " read as " + excerpt(letters(text, tokens))
	return out
}

// ideographicSpaces makes plain spaces of wide ones, so that later stages know
// one kind only.
func ideographicSpaces(text string) []edit {
	var out []edit
	for i := 0; ; {
		j := strings.Index(text[i:], "　")
		if j < 0 {
			return out
		}
		start := i + j
		end := start
		for strings.HasPrefix(text[end:], "　") {
			end += len("　")
		}
		out = append(out, edit{Span: schema.Span{Start: start, End: end}, with: strings.Repeat(" ", (end-start)/len("　"))})
		i = end
	}
}
