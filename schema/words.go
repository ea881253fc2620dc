package schema

// A WordMap is what stays of the tokens of a text: where words begin and end,
// and the letters of their tags. It takes one byte for each of the text. The zero
// WordMap is that of a text in which nobody looked for words.
type WordMap []byte

// What a byte of a WordMap holds, beside the first letter of the tag of the
// word that begins there: its place in the alphabet, 0 where it is no letter.
const (
	wordBegins = 1 << 7
	wordEnds   = 1 << 6 // with this byte
	wordTagged = 1 << 5 // the tag has more than its first letter
	wordLetter = wordTagged - 1
)

// NewWordMap returns the map of a text of size bytes, without words.
func NewWordMap(size int) WordMap { return make(WordMap, size) }

// Add notes a word. It touches no byte outside of the word, so goroutines may
// add different ones at the same time.
func (w WordMap) Add(t Token) {
	mark := byte(wordBegins)
	if t.Tag != "" && 'a' <= t.Tag[0] && t.Tag[0] <= 'z' {
		mark |= t.Tag[0] - 'a' + 1
	}
	if len(t.Tag) > 1 {
		mark |= wordTagged
	}
	w[t.Start] |= mark
	w[t.End-1] |= wordEnds
}

// Begins reports whether a word begins at byte b.
func (w WordMap) Begins(b int) bool { return b < len(w) && w[b]&wordBegins != 0 }

// Ends reports whether a word ends at byte b.
func (w WordMap) Ends(b int) bool { return b > 0 && b <= len(w) && w[b-1]&wordEnds != 0 }

// Letter returns the first letter of the tag of the word that begins at byte b;
// 0 where none begins or its tag begins with no letter.
func (w WordMap) Letter(b int) byte {
	if !w.Begins(b) || w[b]&wordLetter == 0 {
		return 0
	}
	return 'a' + w[b]&wordLetter - 1
}

// Tagged reports whether a word begins at byte b whose tag is a single letter.
func (w WordMap) Tagged(b int, letter byte) bool {
	return w.Letter(b) == letter && w[b]&wordTagged == 0
}

// End returns where the word ends that begins at byte b.
func (w WordMap) End(b int) int {
	for b < len(w)-1 && w[b]&wordEnds == 0 {
		b++
	}
	return b + 1
}

// Spans reports whether byte b stands within a word, and not at its begin.
func (w WordMap) Spans(b int) bool {
	if b >= len(w) {
		return false
	}
	for b--; b >= 0 && w[b]&wordEnds == 0; b-- {
		if w[b]&wordBegins != 0 {
			return true
		}
	}
	return false
}
