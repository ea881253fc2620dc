package identity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// leastBeforeSite is how many characters a title has at least that the name of
// a site follows.
const leastBeforeSite = 8

// titleLines is how many lines a title is looked for in, and longestTitle how
// many characters it has at most.
const (
	titleLines   = 12
	longestTitle = 60
)

// findTitle returns the first line that says what titles say, or else the
// first one that can be a title, which running text ends the search for.
func (p *page) findTitle() schema.Span {
	var first schema.Span
	lines := headLines(p.head.In(p.doc.Text), titleLines)
	for i, line := range lines {
		s := tidyTitle(line.In(p.doc.Text))
		n := utf8.RuneCountInString(s)
		if n > longestTitle {
			if t := p.greeted(line); t.Len() > 0 {
				return t
			}
		}
		navigates := p.navigates(s)
		if n > longestTitle && (!navigates || strings.Contains(s, "。")) && (i == 0 || first.Len() > 0) {
			break
		}
		if n < 4 || n > longestTitle || clock(s) || strings.Contains(s, "。") || hasSuffix(s, ",", "，", "、", "；", ";") {
			continue
		}
		if slices.ContainsFunc(p.titled, func(w string) bool { return strings.Contains(s, w) }) && !strings.Contains(s, "我代表") {
			return p.withLast(lines, i)
		}
		if first.Len() == 0 && !navigates && !numbered(s) {
			first = withNext(lines, i, s)
		}
	}
	return first
}

// greeted returns the title that a line of running text begins with where the
// greeting of the audience ends it, as in previews that have lost their line
// breaks: 2020年政府工作报告各位代表:….
func (p *page) greeted(line schema.Span) schema.Span {
	s := line.In(p.doc.Text)
	i := strings.Index(s, "各位代表")
	if i <= 0 || utf8.RuneCountInString(s[:i]) > longestTitle || strings.ContainsAny(s[:i], "。，,;；") ||
		!slices.ContainsFunc(p.titled, func(w string) bool { return strings.Contains(s[:i], w) }) {
		return schema.Span{}
	}
	return schema.Span{Start: line.Start, End: line.Start + len(strings.TrimRight(s[:i], " 　"))}
}

// clock reports whether a line tells an hour, 17:49:30, as it does where a site
// says when it took a text in.
func clock(s string) bool {
	for i := range len(s) - 4 {
		if s[i+2] == ':' && isDigits(s[i:i+2]) && isDigits(s[i+3:i+5]) {
			return true
		}
	}
	return false
}

// isDigits reports whether s has digits only.
func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// navigates reports whether a line leads about a site and is no title.
func (p *page) navigates(s string) bool {
	return strings.Count(s, "|")+strings.Count(s, ">") >= 2 || strings.Contains(s, "www.") || hasPrefix(s, p.navigation...)
}

// numbered reports whether a line is the heading of a part, 一、 or (二), that
// names no year: where the first part reviews one, its heading serves as title.
func numbered(s string) bool {
	if len(dates(s, schema.Span{End: len(s)})) > 0 {
		return false
	}
	s = strings.TrimLeft(s, "(（第")
	rest := strings.TrimLeft(s, "一二三四五六七八九十")
	return rest != s && hasPrefix(rest, "、", ")", "）", "部分", ".", "．")
}

// withLast returns a line of a title with the one before where that is its
// first half: it names a year or what the title is about, and ends nothing.
func (p *page) withLast(lines []schema.Span, i int) schema.Span {
	if i == 0 {
		return lines[0]
	}
	s := tidyTitle(lines[i-1].In(p.doc.Text))
	n := utf8.RuneCountInString(s) + utf8.RuneCountInString(tidyTitle(lines[i].In(p.doc.Text)))
	if n > longestTitle || p.navigates(s) || len(dates(s, schema.Span{End: len(s)})) == 0 && !strings.HasPrefix(s, "关于") ||
		strings.ContainsAny(s, "。，,;；:：)）") || hasSuffix(s, "报告", "公报", "日", "月", "号") {
		return lines[i]
	}
	return schema.Span{Start: lines[i-1].Start, End: lines[i].End}
}

// withNext returns a line of a title with the next one where a colon joins
// them: newspapers print the place above what they say of it.
func withNext(lines []schema.Span, i int, s string) schema.Span {
	if (strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":")) && i+1 < len(lines) {
		return schema.Span{Start: lines[i].Start, End: lines[i+1].End}
	}
	return lines[i]
}

// headLines returns the first n lines of text that are not blank, trimmed.
func headLines(text string, n int) []schema.Span {
	var out []schema.Span
	for start := 0; start < len(text) && len(out) < n; {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		line := text[start:end]
		left := len(line) - len(strings.TrimLeftFunc(line, unicode.IsSpace))
		if s := strings.TrimSpace(line); s != "" {
			out = append(out, schema.Span{Start: start + left, End: start + left + len(s)})
		}
		start = end + 1
	}
	return out
}

// tidyTitle closes up a spaced title, 政 府 工 作 报 告, and leaves out the label
// or the way through the site that is printed before it.
func tidyTitle(s string) string {
	s = strings.Trim(s[strings.LastIndex(s, ">")+1:], " \t\r\n|　")
	for _, label := range []string{"信息名称", "文件名称", "名称", "标题", "题名"} {
		if rest, ok := strings.CutPrefix(s, label); ok && hasPrefix(rest, ":", "：") {
			s = strings.TrimLeft(rest, ":： ")
		}
	}
	for _, suffix := range []string{".docx", ".doc", ".pdf", ".wps", ".txt"} {
		s = strings.TrimSuffix(s, suffix)
	}
	if i := strings.IndexByte(s, '_'); i > 0 && utf8.RuneCountInString(s[:i]) >= leastBeforeSite {
		s = s[:i] // what follows is the site, or the title again
	}
	fields := strings.Fields(s)
	for _, f := range fields {
		if utf8.RuneCountInString(f) > 1 {
			return strings.Join(fields, " ")
		}
	}
	return strings.Join(fields, "")
}

// date returns the first full date of the head, or else of the end.
func (p *page) date() (string, schema.Span) {
	last := p.parts[len(p.parts)-1]
	for _, part := range []schema.Span{p.head, {Start: max(last.Start, runeStart(p.doc.Text, last.End-headSize)), End: last.End}} {
		for _, d := range dates(p.doc.Text, part) {
			if d.day > 0 && d.year > 0 {
				return d.String(), d.Span
			}
		}
	}
	return "", schema.Span{}
}

// publisher returns who the head says published it: what follows 来源:, or a
// statistics bureau that has a line of its own.
func (p *page) publisher() schema.Span {
	text := p.head.In(p.doc.Text)
	for _, w := range p.Identifier.publisher {
		for at := 0; ; {
			i := strings.Index(text[at:], w)
			if i < 0 {
				break
			}
			at += i + len(w)
			if s := publisherAt(text, at); s.Len() > 0 {
				return s
			}
		}
	}
	for _, line := range headLines(text, titleLines) {
		for _, m := range p.mentions {
			if m.Class == schema.Agency && m.Span == line {
				return m.Span
			}
		}
	}
	return schema.Span{}
}

// publisherAt reads a colon and a name at byte at of text.
func publisherAt(text string, at int) schema.Span {
	rest := strings.TrimLeft(text[at:], " 　|")
	colon := strings.TrimPrefix(strings.TrimPrefix(rest, ":"), "：")
	if colon == rest {
		return schema.Span{}
	}
	name := strings.TrimLeft(colon, " 　|")
	start := len(text) - len(name)
	end := strings.IndexAny(name, " 　|\n\r\t,，。;；)）")
	if end < 0 {
		end = len(name)
	}
	if utf8.RuneCountInString(name[:end]) < 3 {
		return schema.Span{}
	}
	return schema.Span{Start: start, End: start + end}
}
