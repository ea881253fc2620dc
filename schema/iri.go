package schema

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// DefaultBase is the base of every IRI unless a flag changes it.
const DefaultBase = "https://w3id.org/districtkg/"

// IRIs mints the IRIs of a graph. They are valid by RFC 3987: characters
// outside iunreserved are percent-encoded. There are no blank nodes.
type IRIs struct{ Base string } // ends with "/" or "#"

// Vocabulary returns the IRI of a class or property of the ontology.
func (m IRIs) Vocabulary(name string) string { return m.Base + "ns#" + escape(name) }

// Graph returns the IRI of a document, which is also the name of the graph
// that holds what was read from it. It is made of the file's SHA-256, so that
// a renamed file is the same document.
func (m IRIs) Graph(sha256 string) string { return m.Base + "id/document/" + escape(sha256[:16]) }

// Division returns the IRI of the division with the GB/T 2260 code.
func (m IRIs) Division(code string) string { return m.Base + "id/division/" + escape(code) }

// Entity returns the IRI of an entity: of its code for a division that has
// one, else of class, scope and normalised name.
func (m IRIs) Entity(e Entity) string {
	if e.Class == Division && e.Code != "" {
		return m.Division(e.Code)
	}
	scope := e.Scope
	if scope == "" {
		scope = "cn"
	}
	return m.Base + "id/" + strings.ToLower(string(e.Class)) + "/" + escape(scope) + "/" + escape(NormalName(e.Name))
}

// Indicator returns the IRI of an indicator: of its id in the lexicon, or of
// its words for the long tail.
func (m IRIs) Indicator(canonical, words string) string {
	if canonical != "" {
		return m.Base + "id/indicator/" + escape(canonical)
	}
	return m.Base + "id/indicator/worded/" + escape(NormalName(words))
}

// Part returns the IRI of a part of a document: its figures, statements and
// evidence.
func (m IRIs) Part(sha256, kind, id string) string {
	return m.Graph(sha256) + "/" + escape(kind) + "/" + escape(id)
}

// NormalName returns the form of a name by which things are told apart: NFKC,
// lower case, without white space, quotation marks and title marks.
func NormalName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune(`“”"'‘’《》「」`, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(name))
}

// escape percent-encodes all but the letters, digits and marks that RFC 3987
// lets stand in a path segment.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unreserved(r) {
			b.WriteRune(r)
			continue
		}
		for _, c := range []byte(string(r)) {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

const hex = "0123456789ABCDEF"

// unreserved reports whether r is of RFC 3987's iunreserved: ALPHA, DIGIT,
// "-._~" and ucschar, of which only letters and digits are taken.
func unreserved(r rune) bool {
	switch {
	case r < 0x80:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._~", r)
	case r == unicode.ReplacementChar:
		return false
	default:
		return ucschar(r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
	}
}

// ucschar reports whether r lies in a range that RFC 3987 calls ucschar.
func ucschar(r rune) bool {
	return r >= 0xA0 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFEF ||
		r >= 0x10000 && r <= 0xEFFFD && r&0xFFFF <= 0xFFFD
}
