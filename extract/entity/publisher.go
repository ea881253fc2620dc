package entity

import (
	"strings"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// maxPaper bounds the characters of the name of a paper or a channel.
const maxPaper = 12

// publishers finds the papers and channels that a line names as its source, or whose
// reporters it names, and whose names are too short to tell it elsewhere: 来源：云岭报,
// 云岭新闻|记者.
func (r *Recogniser) publishers(s *sentence) {
	s.source()
	for i := range s.words {
		for _, who := range [...]string{"记者", "通讯员", "讯"} {
			if strings.HasSuffix(s.in(i), who) {
				s.reporters(s.words[i].End - len(who))
			}
		}
	}
}

// reporters proposes the paper or channel that is named up to byte b, where the word for
// its reporters or its report stands.
func (s *sentence) reporters(b int) {
	text := strings.TrimRight(s.text[s.Start:b], " ")
	end := s.Start + len(text)
	start := s.Start
	if i := strings.LastIndexFunc(text, func(c rune) bool { return isMark(c) && !strings.ContainsRune("·-+", c) || c == ' ' }); i >= 0 {
		start += i + lexicon.RuneLen(text[i])
	}
	name := s.text[start:end]
	kind := s.r.papers.Suffix(name)
	if n := runes(name); kind == "" || n > maxPaper || n < runes(kind)+2 || strings.HasPrefix(name, "本") {
		return
	}
	s.propose(schema.Span{Start: start, End: end}, schema.Organization, "publisher")
}

// source proposes the paper or channel behind 来源.
func (s *sentence) source() {
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
	if n := runes(name); n < 3 || n > maxPaper || s.r.papers.Suffix(name) == "" {
		return
	}
	s.propose(schema.Span{Start: start, End: start + len(name)}, schema.Organization, "publisher")
}
