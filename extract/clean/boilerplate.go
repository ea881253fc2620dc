package clean

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// boilerplate knows what portals and sharing sites put around a text. The uses
// of a phrase are told in seeds/clean/boilerplate.tsv.
type boilerplate struct {
	phrases phrases[use] // in squashed lines
	notices *matcher     // in the text as it stands
}

// A use is how a phrase of boilerplate is used.
type use string

// The uses but notice.
const (
	word   use = "word"
	label  use = "label"
	begins use = "begins"
	field  use = "field"
	rest   use = "rest"
)

func loadBoilerplate(seeds fs.FS) (*boilerplate, error) {
	b := &boilerplate{}
	var notices []string
	err := eachLine(seeds, "clean/boilerplate.tsv", func(f []string) error {
		if len(f) != 2 || f[1] == "" {
			return fmt.Errorf("%w entry: want 2 columns", schema.ErrInvalid)
		}
		switch u := use(f[0]); u {
		case word, label, begins, field, rest:
			b.phrases.add(f[1], u)
		case "notice":
			notices = append(notices, f[1])
		default:
			return fmt.Errorf("%w use %q of a phrase", schema.ErrInvalid, f[0])
		}
		return nil
	})
	b.notices = newMatcher(notices)
	return b, err
}

const (
	// longestButtons bounds a line of buttons and labels, in bytes.
	longestButtons = 360
	// shortestText is what a paragraph after a list of links has at least, in bytes.
	shortestText = 240
)

// kindBoilerplate is the kind of warning for what is left out.
const kindBoilerplate = "boilerplate"

// edits leaves boilerplate out.
func (b *boilerplate) edits(text string, ls []line) []edit {
	out := append(b.sentences(text), addresses(text)...)
	following := false // we are in the short lines after one of use rest
	for _, l := range ls {
		body := l.In(text)
		if following = following && !isText(body); following {
			out = append(out, drop(text, l.Span, kindBoilerplate))
			continue
		}
		if l.Len() > longestButtons {
			continue
		}
		u, whole := b.begins(body)
		following = u == rest && 2*l.Start >= len(text) // at the top it is a menu
		if whole {
			out = append(out, drop(text, l.Span, kindBoilerplate))
			continue
		}
		if n := extension(body); n > 0 {
			out = append(out, drop(text, schema.Span{Start: l.End - n, End: l.End}, kindBoilerplate))
		}
		if strings.Contains(body, "。") || l.Len() > longestBeginning && strings.Contains(body, "，") {
			continue // running text
		}
		for _, f := range b.buttons(body) {
			out = append(out, drop(text, schema.Span{Start: l.Start + f.start, End: l.Start + f.end}, kindBoilerplate))
		}
	}
	return sorted(out)
}

// isText reports whether a line after a heading of links is text and no link: it is
// long, or is a sentence of several clauses.
func isText(body string) bool {
	if len(body) >= shortestText && strings.Contains(body, "。") {
		return true
	}
	return strings.HasSuffix(strings.TrimSpace(body), "。") && strings.Count(body, "，")+strings.Count(body, ",") > 1
}

// trail reports whether a line is the path to a page: 首页 > 政务公开 > 正文.
func trail(s string) bool {
	if !strings.Contains(s, ">") && !strings.Contains(s, "＞") && !strings.Contains(s, "»") && !strings.Contains(s, "›") && !strings.Contains(s, "→") {
		return false
	}
	steps := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(">＞»›→", r) })
	if len(steps) < 3 && !(len(steps) == 2 && (strings.HasPrefix(s, "首页") || strings.ContainsRune(">＞»", first(s)))) {
		return false
	}
	for _, step := range steps {
		if len(step) > 60 || strings.ContainsAny(step, "0123456789，。") {
			return false
		}
	}
	return true
}

// tableOfContents reports whether a line leads from a heading to a page by dots.
func tableOfContents(s string) bool {
	if !digit(s[len(s)-1]) {
		return false
	}
	page := strings.TrimRight(s, "0123456789 ")
	heading := strings.TrimRight(page, ".…·． ")
	leader := strings.ReplaceAll(page[len(heading):], " ", "")
	return len(page) < len(s) && heading != "" && utf8.RuneCountInString(leader) >= 4
}

// extension returns the length of the file name extension that a title ends with, or 0.
func extension(s string) int {
	for _, e := range []string{".docx", ".doc", ".wps", ".pdf", ".txt", ".html", ".htm"} {
		if title, ok := strings.CutSuffix(s, e); ok && ideograph(last(title)) {
			return len(e)
		}
	}
	return 0
}

// longestBeginning bounds what is looked at of a line that may begin with boilerplate, in bytes.
const longestBeginning = 120

// prefix returns about the first n bytes of s, in whole characters.
func prefix(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// begins reports whether a line is left out for what it begins with.
func (b *boilerplate) begins(body string) (use, bool) {
	if trail(body) || tableOfContents(body) {
		return begins, true
	}
	if i := strings.IndexFunc(body, wordy); i < 0 || !b.phrases.start(first(body[i:])) {
		return "", false
	}
	q := squash(prefix(body, longestBeginning/2))
	p, ok := b.phrases.longest(q.text)
	switch {
	case !ok:
		return "", false
	case p.value == field:
		after := strings.TrimLeft(body[q.end(len(p.text)):], " 　")
		return field, strings.HasPrefix(after, ":") || strings.HasPrefix(after, "：")
	}
	return p.value, p.value == begins || p.value == rest
}

// sentences leaves out the sentences that have a notice in them.
func (b *boilerplate) sentences(text string) []edit {
	var out []edit
	b.notices.find(text, func(_, start, end int) bool {
		if n := len(out); n > 0 && start < out[n-1].End {
			return true
		}
		s := schema.Span{Start: sentenceStart(text, start), End: sentenceEnd(text, end)}
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			s.Start = out[n-1].End
		}
		out = append(out, drop(text, s, kindBoilerplate))
		return true
	})
	return out
}

// addresses leaves out addresses of pages, which no name or figure is read from.
func addresses(text string) []edit {
	var out []edit
	for _, scheme := range []string{"http://", "https://"} {
		for i := 0; ; {
			j := strings.Index(text[i:], scheme)
			if j < 0 {
				break
			}
			start := i + j
			end := start
			for end < len(text) && '!' <= text[end] && text[end] <= '~' {
				end++
			}
			out = append(out, drop(text, schema.Span{Start: start, End: end}, kindBoilerplate))
			i = end
		}
	}
	return out
}

// longestNotice bounds a sentence that is left out, in bytes on either side of
// the notice in it.
const longestNotice = 1500

// sentenceStart returns where the sentence that holds offset i begins.
func sentenceStart(text string, i int) int {
	at := max(0, i-longestNotice)
	for at < i && !utf8.RuneStart(text[at]) {
		at++
	}
	for _, mark := range []string{"。", "！", "\n"} {
		if j := strings.LastIndex(text[at:i], mark); j >= 0 {
			at += j + len(mark)
		}
	}
	return at
}

// sentenceEnd returns where the sentence that holds offset i ends.
func sentenceEnd(text string, i int) int {
	at := min(len(text), i+longestNotice)
	for at > i && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	if j := strings.IndexByte(text[i:at], '\n'); j >= 0 {
		at = i + j
	}
	for _, mark := range []string{"。", "！"} {
		if j := strings.Index(text[i:at], mark); j >= 0 {
			at = i + j + len(mark)
		}
	}
	return at
}
