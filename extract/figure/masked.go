package figure

import "strings"

// longestMask is how many characters a year has at most whose digits are hidden.
const longestMask = 4

// masked goes past a year whose digits are hidden (20XX年, 202x年, ××年), so that
// it is no part of the name of what is counted. It says nothing of when.
func (s *scanner) masked(rest string) bool {
	switch c := rest[0]; {
	case c >= '0' && c <= '9', c == 'X', c == 'x', c == '*', c == "×"[0]:
	default:
		return false
	}
	n := maskedYear(rest)
	if n == 0 || s.afterDigit() {
		return false
	}
	s.add(noise, n, quantity{}, period{})
	return true
}

// maskedYear returns the length of a year that s begins with, up to four
// characters of which one or more at the end are masks, or 0.
func maskedYear(s string) int {
	n, digits := 0, 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
		digits++
	}
	masks := 0
	for digits+masks <= longestMask {
		size := 0
		for _, mask := range [...]string{"X", "x", "*", "×"} {
			if strings.HasPrefix(s[n:], mask) {
				size = len(mask)
			}
		}
		if size == 0 {
			break
		}
		n += size
		masks++
	}
	if masks == 0 || digits+masks > longestMask || !strings.HasPrefix(s[n:], "年") || strings.HasPrefix(s[n:], "年级") {
		return 0
	}
	n += len("年")
	for _, part := range [...]string{"底", "末", "初"} {
		if strings.HasPrefix(s[n:], part) {
			n += len(part)
		}
	}
	return n
}
