package gizmo

import (
	"sort"
	"strings"
)

// Prefixes maps prefixes (without the colon) to the IRIs that they stand for.
type Prefixes map[string]string

// Expand returns the full IRI, in angle brackets, of a prefixed name: of
// rdfs:label and <rdfs:label>. It returns s itself where s is none.
func (p Prefixes) Expand(s string) string {
	name := s
	if strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") {
		name = s[1 : len(s)-1]
	}
	if full, ok := p.full(name); ok {
		return "<" + full + ">"
	}
	return s
}

func (p Prefixes) full(name string) (string, bool) {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok || local == "" || strings.HasPrefix(local, "//") || strings.ContainsAny(local, " \t\n\r<>\"{}|\\^`") {
		return "", false
	}
	base, ok := p[prefix]
	return base + local, ok
}

// Shorten returns the prefixed form of an IRI in angle brackets, or s itself
// where no prefix fits. The longest fitting namespace wins.
func (p Prefixes) Shorten(s string) string {
	if len(s) < 2 || s[0] != '<' || s[len(s)-1] != '>' {
		return s
	}
	iri, best := s[1:len(s)-1], ""
	for prefix, base := range p {
		if base != "" && strings.HasPrefix(iri, base) && len(iri) > len(base) &&
			(best == "" || len(base) > len(p[best]) || len(base) == len(p[best]) && prefix < best) {
			best = prefix
		}
	}
	if best == "" {
		return s
	}
	return best + ":" + iri[len(p[best]):]
}

// Names returns the prefixes in alphabetical order.
func (p Prefixes) Names() []string {
	out := make([]string, 0, len(p))
	for name := range p {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}
