package figure

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A headRole is what a word in the head of a table tells of the column.
type headRole uint32

const (
	roleName headRole = 1 << iota
	rolePlace
	roleUnit
	roleCounter
	roleNote
	roleGrowth
	roleDiffer // may be a growth or a change
	roleChange
	rolePoints // in per cent points
	roleRank
	roleShare
	roleIndex
	rolePast
	roleDone
	roleTarget
	roleGoal
	roleLast
	roleMonth
	roleSoFar
	roleYearly
	rolePlain
	roleAlone

	roleLabels = roleName | rolePlace | roleUnit | roleCounter | roleNote
	roleTells  = roleGrowth | roleChange | roleRank | roleShare | roleIndex | rolePast | roleDone | roleYearly
	roleTimes  = roleLast | roleMonth | roleSoFar
)

var headRoles = map[string]headRole{
	"name": roleName, "place": rolePlace, "unit": roleUnit, "counter": roleCounter, "note": roleNote, "growth": roleGrowth, "differ": roleGrowth | roleDiffer,
	"change": roleChange, "points": roleChange | rolePoints, "rank": roleRank, "share": roleShare, "index": roleIndex, "past": rolePast, "done": roleDone,
	"target": roleTarget, "goal": roleGoal, "last": roleLast, "month": roleMonth, "sofar": roleSoFar, "yearly": roleYearly,
	"plain": rolePlain, "alone": roleAlone,
}

func (l *lists) tableRow(f []string) error {
	role, ok := headRoles[f[1]]
	if !ok {
		return fmt.Errorf("%w role %q of head %q", schema.ErrInvalid, f[1], f[0])
	}
	l.tabular.add(f[0], role)
	return nil
}

// wholeRole is the role of a head that is one word of the list.
func (l *lists) wholeRole(s string) headRole {
	s = tidyHead(s)
	if role, n := l.tabular.first(s); n == len(s) {
		return role
	}
	return 0
}

// headBlanks takes the white space out of a head.
var headBlanks = strings.NewReplacer(" ", "", "\u3000", "", "\u00a0", "", "\t", "")

// tidyHead is a head or label without white space and footnote marks.
func tidyHead(s string) string {
	if tidy(s) {
		return s
	}
	s = headBlanks.Replace(s)
	for i := 0; i < len(s); i++ {
		if n := footnote(s[i:]); n > 0 {
			s = s[:i] + s[i+n:]
		}
	}
	return s
}

// tidy reports whether s has no byte that white space or a footnote mark has.
func tidy(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case ' ', '\t', '[', 0xc2, 0xe3, 0xef: // of U+00A0, U+3000 and ［
			return false
		}
	}
	return true
}

// sums takes out what a head says of numbers in brackets: 年均增速[累计].
var sums = strings.NewReplacer("[累计]", "", "［累计］", "", "〔累计〕", "", "【累计】", "", "[累计数]", "", "[五年累计]", "", "〔五年累计〕", "")

// A headReading is what the words of a head come to.
type headReading struct {
	roles headRole
	word  string // the last word of a role that goes into the indicator: 完成率, 年度目标
	rest  string // the words of no role
	time  period
	unit  string
}

// readHead goes through a head once: 2023年规上工业增加值增速（%） tells a time,
// a name, a growth and a unit.
func (l *lists) readHead(head string) (h headReading) {
	s, unit := l.parenthesised(sums.Replace(tidyHead(head)))
	if again, other := l.parenthesised(s); other != "" {
		s, unit = again, other
	}
	h.unit = unit
	if y, n := yearAt(s); n > 0 && n == len(s) {
		h.time = period{year: y}
		return h
	}
	var rest strings.Builder
	for i := 0; i < len(s); {
		n := l.headWord(s, i, &h, rest.Len() == 0)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s[i:])
			rest.WriteString(s[i : i+n])
		}
		i += n
	}
	h.rest = strings.Trim(withoutEmpty(rest.String()), "：:、,，.-—/的 ")
	if l.wholeRole(h.rest)&(roleAlone|rolePlain) != 0 {
		h.rest = ""
	}
	return h
}

// withoutEmpty takes brackets that nothing is left in out.
func withoutEmpty(s string) string {
	for _, pair := range []string{"()", "（）", "[]"} {
		s = strings.ReplaceAll(s, pair, "")
	}
	return s
}

// headWord reads the time or the word at byte i of a head and returns its
// length, 0 where neither begins.
func (l *lists) headWord(s string, i int, h *headReading, first bool) int {
	role, n := l.tabular.first(s[i:])
	p, k := l.when(s[i:])
	switch {
	case k > n && p.said() && !h.time.said():
		h.time = p
		return k
	case n == 0 || role&roleAlone != 0 && n != len(s) || role&rolePlain != 0 && !first && i+n < len(s):
		return 0
	case role&(roleGoal|roleLabels) != 0 && n != len(s): // 计划 within a name
		return 0
	case role&(roleDone|roleTarget|roleGoal|rolePast) != 0:
		h.word = s[i : i+n]
	}
	h.roles |= role
	return n
}
