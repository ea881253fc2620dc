package clean

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/districtkg/districtkg/schema"
)

// characters finds single characters, and sequences that stand for one, which
// a reader sees as others or not at all: line breaks of other systems, control
// and invisible characters, entities and tags of HTML, written-out escapes,
// full-width letters and digits, radicals that stand for characters.
func characters(text string) []edit {
	c := charScanner{text: text}
	for c.at < len(text) {
		b := text[c.at]
		switch {
		case b >= utf8.RuneSelf:
			c.wide(b)
		case b < ' ' || b == 0x7f:
			c.control(b)
		case b == '&':
			c.entity()
		case b == '\\':
			c.escape()
		case b == '<':
			c.tag()
		case b == '.' && c.at > 0 && text[c.at-1] >= utf8.RuneSelf:
			c.dots()
		default:
			c.at++
		}
	}
	return c.edits
}

// A charScanner walks over a text, byte by byte where nothing is of interest.
type charScanner struct {
	text  string
	at    int
	edits []edit
}

// replace takes the next n bytes for with.
func (c *charScanner) replace(n int, with, kind, message string) {
	c.edits = append(c.edits, edit{Span: schema.Span{Start: c.at, End: c.at + n}, with: with, kind: kind, message: message})
	c.at += n
}

// control handles the ASCII control characters. A tab stays, since it parts
// the cells of a table; a form feed ends a page, so it ends a line too.
func (c *charScanner) control(b byte) {
	switch b {
	case '\n', '\t':
		c.at++
	case '\r':
		if strings.HasPrefix(c.text[c.at:], "\r\n") {
			c.replace(1, "", "", "")
		} else {
			c.replace(1, "\n", "", "")
		}
	case '\f', '\v':
		c.replace(1, "\n", "", "")
	default:
		c.replace(1, "", "invisible_character", fmt.Sprintf("left out: control character U+%04X", b))
	}
}

// longestEntity bounds a reference such as &ldquo; or &#x4e2d; in bytes.
const longestEntity = 12

// entity handles a character reference of HTML.
func (c *charScanner) entity() {
	rest := c.text[c.at:min(len(c.text), c.at+longestEntity)]
	n := strings.IndexByte(rest, ';') + 1
	if n < 4 || strings.ContainsAny(rest[1:n], " \n&") {
		c.at++
		return
	}
	with := html.UnescapeString(rest[:n])
	if with == rest[:n] {
		c.at++
		return
	}
	switch with {
	case "\u00a0", "\u2002", "\u2003", "\u2009", "\u3000":
		with = " "
	case "\u200b", "\u200c", "\u200d", "\u00ad":
		with = ""
	}
	c.replace(n, with, "html_entity", fmt.Sprintf("%s read as “%s”", rest[:n], with))
}

// escape handles a line break or tab that is written out, as in \r\n. One
// before a letter is more likely part of a path.
func (c *charScanner) escape() {
	rest := c.text[c.at:]
	n := 0
	for n+1 < len(rest) && rest[n] == '\\' && strings.IndexByte("rnt", rest[n+1]) >= 0 {
		n += 2
	}
	if n == 0 || n < len(rest) && letter(rest[n]) {
		c.at++
		return
	}
	c.replace(n, "\n", "literal_escape", rest[:n]+" read as a line break")
}

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func digit(b byte) bool  { return '0' <= b && b <= '9' }

// dots reads three or six points behind a Chinese character as an ellipsis.
// More of them lead to the page of a heading.
func (c *charScanner) dots() {
	rest := c.text[c.at:]
	n := len(rest) - len(strings.TrimLeft(rest, "."))
	if n != 3 && n != 6 || n < len(rest) && digit(rest[n]) {
		c.at += n
		return
	}
	c.replace(n, "……", kindWide, rest[:n]+" read as ……")
}

// longestTag bounds a tag with its attributes in bytes.
const longestTag = 300

// tag handles a tag of HTML that stands in a text. Those that begin a line on
// a page do so here.
func (c *charScanner) tag() {
	rest := c.text[c.at:min(len(c.text), c.at+longestTag)]
	n := strings.IndexByte(rest, '>') + 1
	if n == 0 {
		c.at++
		return
	}
	name := strings.TrimLeft(rest[1:n-1], "/")
	if i := strings.IndexAny(name, " /\t"); i >= 0 {
		name = name[:i]
	}
	switch strings.ToLower(name) {
	case "br", "p", "div", "tr", "li", "h1", "h2", "h3", "table":
		c.replace(n, "\n", "html_tag", excerpt(rest[:n])+" read as a line break")
	case "td", "th":
		c.replace(n, "|", "html_tag", excerpt(rest[:n])+" read as the border of a cell")
	case "span", "strong", "b", "i", "u", "em", "font", "a", "img", "tbody", "center", "ul", "sup", "sub":
		c.replace(n, "", "html_tag", "left out: "+excerpt(rest[:n]))
	default:
		c.at++
	}
}

// wide handles a character beyond ASCII, whose first byte is b.
func (c *charScanner) wide(b byte) {
	switch b {
	case 0xc2, 0xe1, 0xe2, 0xe3, 0xef, 0xf0:
		c.symbol()
	default:
		c.at += size(b)
	}
}

// size returns how many bytes a character of valid UTF-8 has, by its first.
func size(b byte) int {
	switch {
	case b < utf8.RuneSelf:
		return 1
	case b >= 0xf0:
		return 4
	case b >= 0xe0:
		return 3
	}
	return 2
}

// symbol handles the blocks of Unicode in which symbols, forms and formatting
// characters stand among others.
func (c *charScanner) symbol() {
	r, n := utf8.DecodeRuneInString(c.text[c.at:])
	switch {
	case invisible(r):
		c.replace(n, "", "invisible_character", fmt.Sprintf("left out: invisible character U+%04X", r))
	case r == '\u00a0' || '\u2000' <= r && r <= '\u200a' || r == '\u202f' || r == '\u205f':
		c.replace(n, " ", "", "")
	case r == '\u0085' || r == '\u2028' || r == '\u2029':
		c.replace(n, "\n", "", "")
	case fullWidth(r):
		c.fullWidth()
	case r == '〝' || r == '〟' || r == '〞':
		c.quote(r, n)
	case r == '﹪':
		c.replace(n, "%", kindWide, "﹪ read as %")
	case '\u2e80' <= r && r <= '\u2fdf' || '\uf900' <= r && r <= '\ufaff':
		if with := norm.NFKC.String(c.text[c.at : c.at+n]); with != c.text[c.at:c.at+n] {
			c.replace(n, with, "variant_character", fmt.Sprintf("%c (U+%04X) read as %s", r, r, with))
			return
		}
		c.at += n
	default:
		c.at += n
	}
}

// quote reads the quotation marks of upright text, which some fonts have in
// place of the usual ones, as those.
func (c *charScanner) quote(r rune, n int) {
	with := "”"
	if r == '〝' {
		with = "“"
	}
	c.replace(n, with, "variant_character", string(r)+" read as "+with)
}

// invisible reports whether r takes no room on a page: soft hyphens, joiners,
// marks of direction and byte order.
func invisible(r rune) bool {
	switch {
	case r == '\u00ad', '\u200b' <= r && r <= '\u200f', '\u202a' <= r && r <= '\u202e', '\u2060' <= r && r <= '\u2064', r == '\ufeff':
		return true
	}
	return '\ufe00' <= r && r <= '\ufe0f' // variation selectors
}

// fullWidth reports whether r is the wide form of a letter, a digit, or a mark
// that belongs to numbers. Wide punctuation is Chinese punctuation and stays.
func fullWidth(r rune) bool {
	return '０' <= r && r <= '９' || 'Ａ' <= r && r <= 'Ｚ' || 'ａ' <= r && r <= 'ｚ' || r == '％'
}

// fullWidth reads a whole run of wide forms at once, so that a number is one
// repair. A wide point or minus counts where it stands inside or before digits.
func (c *charScanner) fullWidth() {
	var with strings.Builder
	start, end := c.at, c.at
	if minus, ok := strings.CutSuffix(c.text[:c.at], "－"); ok && !endsInDigit(minus) && (len(c.edits) == 0 || c.edits[len(c.edits)-1].End <= len(minus)) {
		with.WriteByte('-')
		start = len(minus)
	}
	for end < len(c.text) {
		r, n := utf8.DecodeRuneInString(c.text[end:])
		if r == '．' {
			if next, _ := utf8.DecodeRuneInString(c.text[end+n:]); '０' <= next && next <= '９' {
				with.WriteByte('.')
				end += n
				continue
			}
		}
		if !fullWidth(r) {
			break
		}
		with.WriteRune(r - 0xfee0) // the block of forms mirrors ASCII
		end += n
	}
	from := c.text[start:end]
	c.at = start
	c.replace(end-start, with.String(), kindWide, from+" read as "+with.String())
}

// endsInDigit reports whether the last character of s is a digit of either width.
func endsInDigit(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return '0' <= r && r <= '9' || '０' <= r && r <= '９'
}
