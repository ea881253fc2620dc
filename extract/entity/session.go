package entity

import (
	"regexp"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// sessionTail is what the name of a session of a congress or committee ends
// with, and sessionBody what may stand between the division and it. Both are
// matched against the few characters around the word 会议 or 代表大会 only.
var (
	sessionTail = regexp.MustCompile(`^(?:会议|全体会议|全会|全体[(（]扩大[)）]会议|代表大会|党代会|人代会|党员代表大会)`)
	sessionBody = regexp.MustCompile(`(?:第?[一二三四五六七八九十百\d]+届?次?|届|次|人民代表大会|人民政治协商会议|中国人民政治协商会议|政协|人大|常委会|常务委员会|委员会|委|党代会|人代会|代表大会|中国共产党|党员|全体|全会)+$`)
)

// sessionReach is how many bytes before the tail a session's name can begin.
const sessionReach = 120

// sessions finds the sessions of congresses and committees:
// 南开区第十八届人民代表大会第五次会议, 区十八届人大四次会议, 区十四次党代会.
func (r *Recogniser) sessions(s *sentence) {
	sent := s.In(s.text)
	for at := 0; ; {
		i := strings.Index(sent[at:], "次")
		if i < 0 {
			return
		}
		at += i + len("次")
		tail := sessionTail.FindString(sent[at:min(len(sent), at+60)])
		if tail == "" {
			continue
		}
		s.session(s.Start+at, s.Start+at+len(tail))
		at += len(tail)
	}
}

// session proposes the session whose number ends at byte mid and whose name
// ends at byte end.
func (s *sentence) session(mid, end int) {
	from := max(s.Start, mid-sessionReach)
	window := s.text[from:mid]
	body := sessionBody.FindStringIndex(strings.ToValidUTF8(window, ""))
	if body == nil {
		return
	}
	start := mid - (len(strings.ToValidUTF8(window, "")) - body[0])
	if strings.HasSuffix(s.text[s.Start:start], "中共") {
		start -= len("中共")
	}
	if d, ok := s.divisionEnding(start); ok {
		start = s.withParty(d.chain)
	} else if start = s.levelBefore(start); start < 0 {
		return
	}
	s.propose(schema.Span{Start: start, End: end}, schema.Event, "session")
}

// levelBefore returns where the word for a level begins that ends at byte b,
// or -1.
func (s *sentence) levelBefore(b int) int {
	l := s.r.levels.Suffix(s.text[s.Start:b])
	if l == "" {
		return -1
	}
	if i := s.wordAt(b - len(l)); s.words[i].Start != b-len(l) {
		return -1
	}
	return b - len(l)
}
