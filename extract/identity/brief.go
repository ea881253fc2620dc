package identity

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// briefMonths is how many months after its end a brief on a part of a year
// is printed at most.
const briefMonths = 3

// briefPeriod is the part of a year that a dated brief is about which names no
// year with it: the part is that of its title or the one that it speaks of
// most, and the year is that in which it had just ended on the date.
func (p *page) briefPeriod() (string, schema.Span) {
	w := p.written()
	if w.year == 0 {
		return "", w.Span
	}
	suffix := p.barePart(p.title.In(p.doc.Text))
	if suffix == "" && p.partSaidEarly() {
		suffix = p.partMeant()
	}
	last := lastMonth(suffix)
	year := w.year
	if last > w.month || last == 12 {
		year--
	}
	if late := 12*(w.year-year) + w.month - last; last == 0 || late > briefMonths {
		return "", w.Span
	}
	return fmt.Sprintf("%d%s", year, strings.ReplaceAll(suffix, "..-", fmt.Sprintf("..%d-", year))), w.Span
}

// partSaidEarly reports whether a part of a year is spoken of in the first
// sentences below the date.
func (p *page) partSaidEarly() bool {
	for i := range parts {
		for _, end := range p.places[len(p.table.kinds)+i] {
			if end < dateline {
				return true
			}
		}
	}
	return false
}

// barePart is the suffix for the part of a year that a title names without its
// year: -H1 of 上半年经济运行, -01..-11 of 1—11月. It is "" for none.
func (p *page) barePart(title string) string {
	for at := range title {
		if title[at] < '1' || title[at] > '9' || at > 0 && title[at-1] >= '0' && title[at-1] <= '9' {
			continue
		}
		if s := bareMonths(title[at:]); s != "" {
			return s
		}
	}
	for _, x := range parts {
		if strings.Contains(title, x.words) {
			return x.suffix
		}
	}
	return ""
}

// bareMonths reads 1—11月 and 11月份 at the start of s.
func bareMonths(s string) string {
	n := digitsEnd(s, 0)
	first, _ := strconv.Atoi(s[:min(n, 3)])
	if first < 1 || first > 12 {
		return ""
	}
	if strings.HasPrefix(s[n:], "月份") {
		return fmt.Sprintf("-%02d", first)
	}
	k := unit(s, n, "-", "—", "–", "－", "至", "~", "～")
	end := digitsEnd(s, k)
	last, _ := strconv.Atoi(s[k:min(end, k+3)])
	if k == n || last <= first || last > 12 || !strings.HasPrefix(s[end:], "月") {
		return ""
	}
	for _, x := range parts {
		if x.words == fmt.Sprintf("%d-%d月", first, last) {
			return x.suffix
		}
	}
	return fmt.Sprintf("-%02d..-%02d", first, last)
}

// lastMonth is the last month of the part of a year that a suffix says, 0 for none.
func lastMonth(suffix string) int {
	switch suffix {
	case "-Q1":
		return 3
	case "-H1", "-Q2":
		return 6
	case "-Q3", "-Q1..Q3":
		return 9
	case "-H2", "-Q4":
		return 12
	}
	month, _ := strconv.Atoi(suffix[strings.LastIndexByte(suffix, '-')+1:])
	return month
}
