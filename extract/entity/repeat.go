package entity

import (
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// repeat finds the kept names wherever else the document says them. A name of
// fewer than three characters is not sure enough, nor is one that words of the
// text run over.
func (r *Recogniser) repeat(doc *schema.Doc, kept []schema.Mention) []schema.Mention {
	trie, first := r.repeatable(kept)
	out := make([]schema.Mention, 0, len(kept)+len(kept)/2)
	rest, done := kept, 0
	for b := range doc.Words {
		if b < done || !doc.Words.Begins(b) {
			continue
		}
		for len(rest) > 0 && rest[0].End <= b {
			out = append(out, rest[0])
			rest = rest[1:]
		}
		if len(rest) > 0 && rest[0].Start <= b {
			done = rest[0].End
			continue
		}
		key, end, ok := trie.Longest(doc.Text, b)
		if !ok || !doc.Words.Ends(end) || len(rest) > 0 && rest[0].Start < end || markAt(doc, b) {
			continue
		}
		m := first[key]
		m.Span, m.Rule = schema.Span{Start: b, End: end}, "repeat"
		if doc.Traced() {
			doc.Decide(stage, m.Rule, m.Span, true, string(m.Class)+" "+m.Name+" is named elsewhere")
		}
		out = append(out, m)
		done = end
	}
	return append(out, rest...)
}

// repeatable returns the names that are looked for elsewhere, and the first
// mention of each.
func (r *Recogniser) repeatable(kept []schema.Mention) (*lexicon.Trie, []schema.Mention) {
	var names []string
	var first []schema.Mention
	seen := map[string]bool{}
	for _, m := range kept {
		if !seen[m.Name] && runes(m.Name) >= 3 && !r.flags.words[m.Name].has(common) {
			seen[m.Name] = true
			names = append(names, m.Name)
			first = append(first, m)
		}
	}
	return lexicon.NewTrie(names), first
}

// markAt reports whether the word that begins at byte b is punctuation.
func markAt(doc *schema.Doc, b int) bool {
	c, size := utf8.DecodeRuneInString(doc.Text[b:])
	return isMark(c) && doc.Words.End(b) == b+size
}
