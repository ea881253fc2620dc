package gizmo

import (
	"regexp"
	"strings"
)

// expandQuoted expands the prefixed names that are whole strings in double
// quotation marks: how MQL writes predicates and nodes.
func (p Prefixes) expandQuoted(text string) string {
	return eachString(text, func(s string) string {
		name := strings.Trim(s, `"`)
		if full := p.Expand(name); len(s) == len(name)+2 && full != name {
			return `"` + full + `"`
		}
		return s
	}, func(s string) string { return s })
}

// expandGraphQL expands the prefixed names outside strings, and parts a name
// from an IRI or a string that follows its colon without a space, which
// Cayley's lexer reads as one word.
func (p Prefixes) expandGraphQL(text string) string {
	return eachString(text, func(s string) string { return s }, func(s string) string {
		s = gluedArgument.ReplaceAllString(s, "$1: $2")
		return gqlWord.ReplaceAllStringFunc(s, func(word string) string {
			rev := ""
			if strings.HasPrefix(word, "~") {
				rev, word = "~", word[1:]
			}
			word, colon := strings.CutSuffix(word, ":") // of an argument's name
			if word = p.Expand(word); colon {
				word += ":"
			}
			return rev + word
		})
	})
}

var (
	// name:<iri> or name:"string", which should have a space after the colon
	gluedArgument = regexp.MustCompile(`\b([A-Za-z_]\w*):(<|$)`)
	// a word of Cayley's GraphQL: all but white space, brackets and commas
	gqlWord = regexp.MustCompile(`[^\s"{}()|^,` + "`" + `\[\]@!$]+`)
)

// eachString rewrites the strings in double quotation marks by one function
// and the text between them by another.
func eachString(text string, quoted, between func(string) string) string {
	var b strings.Builder
	start, inside := 0, false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && inside:
			i++
		case text[i] == '"' && inside:
			b.WriteString(quoted(text[start : i+1]))
			start, inside = i+1, false
		case text[i] == '"':
			b.WriteString(between(text[start:i]))
			start, inside = i, true
		}
	}
	b.WriteString(between(text[start:])) // an unclosed string is the parser's to refuse
	return b.String()
}
