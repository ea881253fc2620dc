package entity

import (
	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// repeat finds the kept names wherever else the document says them. A name of
// fewer than three characters is not sure enough, nor is one that words of the
// text run over.
func (r *Recogniser) repeat(doc *schema.Doc, words []word, kept []candidate) []candidate {
	var names []string
	var first []candidate
	seen := map[string]bool{}
	for _, c := range kept {
		if runes(c.name) >= 3 && !seen[c.name] && !r.flags.words[c.name].has(common) {
			seen[c.name] = true
			names = append(names, c.name)
			first = append(first, c)
		}
	}
	trie := lexicon.NewTrie(names)
	out := occupy(doc.Text, kept)
	for i := range words {
		if words[i].has(mark) {
			continue
		}
		key, end, ok := trie.Longest(doc.Text, words[i].Start)
		if !ok || !endsWord(words[i:], end) {
			continue
		}
		span := schema.Span{Start: words[i].Start, End: end}
		if !out.free(span) {
			continue
		}
		c := first[key]
		c.Span, c.rule = span, "repeat"
		if doc.Traced() {
			doc.Decide(stage, c.rule, span, true, string(c.class)+" "+c.name+" is named elsewhere")
		}
		out.add(c)
	}
	return out.sorted()
}

// endsWord reports whether one of the first words ends at byte b.
func endsWord(words []word, b int) bool {
	for i := range words {
		if words[i].End >= b {
			return words[i].End == b
		}
	}
	return false
}
