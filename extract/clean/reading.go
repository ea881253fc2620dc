package clean

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// kindReading is the kind of warning for the reading of a character.
const kindReading = "reading"

// leastReadings is how many readings with a tone show that a text gives the
// reading of characters; from then on we take those without a tone for readings too.
const leastReadings = 3

// readings leaves out the sound of a character in brackets behind it, which
// converters from simplified to traditional script leave where one character
// may be several: 項(xiàng)目, 開(kāi)工. Such converters lose the character and the
// opening bracket at times (日?bào)訊) and double commas.
func readings(text string) []edit {
	if strings.IndexByte(text, ')') < 0 && !strings.Contains(text, "）") {
		return nil
	}
	var toned, plain []edit
	for i := 0; i < len(text); {
		n := size(text[i])
		switch {
		case !opens(text[i:]):
		case !ideograph(last(text[:i])):
		default:
			n = max(n, addReading(text, i, i+n, &toned, &plain))
		}
		if text[i] == '?' {
			n = max(n, addReading(text, i, i+n, &toned, nil))
		}
		i += n
	}
	if len(toned) < leastReadings {
		return toned
	}
	return sorted(append(append(toned, plain...), doubledCommas(text)...))
}

// opens reports whether s begins with an opening bracket.
func opens(s string) bool { return s[0] == '(' || strings.HasPrefix(s, "（") }

// addReading adds an edit for the reading between the bracket at start, whose
// inside begins at in, and its closing bracket. It returns the bytes of both
// brackets and what is between, or 0.
func addReading(text string, start, in int, toned, plain *[]edit) int {
	end, tone := syllable(text, in)
	if end == in || end == len(text) || text[end] != ')' && !strings.HasPrefix(text[end:], "）") {
		return 0
	}
	s := schema.Span{Start: start, End: end + size(text[end])}
	switch e := drop(text, s, kindReading); {
	case tone:
		*toned = append(*toned, e)
	case plain == nil || !spelled(text[in:end]):
		return 0
	default:
		*plain = append(*plain, e)
	}
	return s.Len()
}

// longestSyllable is how many letters a syllable has at most: zhuang.
const longestSyllable = 6

// syllable returns where the small Latin letters from offset i on end, and
// whether one, and only one, bears a tone. More letters than a syllable has are none.
func syllable(text string, i int) (end int, tone bool) {
	letters, tones := 0, 0
	for end = i; end < len(text); {
		r, n := utf8.DecodeRuneInString(text[end:])
		switch {
		case 'a' <= r && r <= 'z', r == 'ü', r == 'ɑ', r == 'ɡ':
			letters++
		case strings.ContainsRune("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿăĕĭŏŭ", r):
			letters++
			tones++
		case letters > 0 && (r == '\u0300' || r == '\u0301' || r == '\u0304' || r == '\u030c'):
			tones++
		default:
			if tones > 1 {
				return i, false
			}
			return end, tones == 1
		}
		if end += n; letters > longestSyllable {
			return i, false
		}
	}
	return end, tones == 1
}

// finals are the ends of syllables in the spelling of Standard Chinese, between spaces.
const finals = " a o e i u v ai ei ao ou an en ang eng ong er ia ie iao iu ian in iang ing iong ua uo uai ui uan un uang ue ve "

// spelled reports whether letters without a tone are a syllable, which tells
// them from the symbols of units.
func spelled(s string) bool {
	rest := s
	for _, initial := range []string{"zh", "ch", "sh"} {
		rest = strings.TrimPrefix(rest, initial)
	}
	if rest == s && strings.IndexByte("bpmfdtnlgkhjqxrzcsyw", s[0]) >= 0 {
		rest = s[1:]
	}
	return rest != "" && strings.Contains(finals, " "+rest+" ")
}

// doubledCommas leaves out the second of two commas between words.
func doubledCommas(text string) []edit {
	var out []edit
	for _, comma := range []string{",", "，"} {
		for i := 0; ; {
			j := strings.Index(text[i:], comma+comma)
			if j < 0 {
				break
			}
			second := schema.Span{Start: i + j + len(comma), End: i + j + 2*len(comma)}
			i = second.End
			if ideograph(first(text[i:])) {
				out = append(out, drop(text, second, kindReading))
			}
		}
	}
	return out
}
