package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// maxPaper bounds the characters of the name of a paper or a channel.
const maxPaper = 12

// publishers finds the papers and channels that a line names as its source, whose
// names are too short to tell it elsewhere: 来源：云岭报.
func (r *Recogniser) publishers(s *sentence) {
	const source = "来源"
	i := strings.Index(s.In(s.text), source)
	if i < 0 {
		return
	}
	rest := s.rest(s.Start + i + len(source))
	name := strings.TrimLeft(rest, "：: 　")
	if name == rest {
		return
	}
	if end := strings.IndexFunc(name, isMark); end >= 0 {
		name = name[:end]
	}
	start := s.End - len(strings.TrimLeft(rest, "：: 　"))
	if n := runes(name); n < 3 || n > maxPaper || r.papers.Suffix(name) == "" {
		return
	}
	s.propose(schema.Span{Start: start, End: start + len(name)}, schema.Organization, "publisher")
}
