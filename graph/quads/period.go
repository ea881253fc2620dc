package quads

import (
	"strconv"
	"strings"
	"time"
)

// PeriodDays returns the first and last day of a period (2023, 2025-H1,
// 2023-Q1..Q3, 2023-06, 2016..2020, 2024-01-11) as 2023-01-01, and "" for both
// where it is none that we know.
func PeriodDays(p string) (first, last string) {
	from, to, ranged := strings.Cut(p, "..")
	start, end, ok := span(from)
	if ranged && ok {
		if len(to) > 0 && (to[0] < '0' || to[0] > '9' || len(to) < 4) { // 2023-Q1..Q3, 2023-01..06
			to = from[:5] + to
		}
		_, end, ok = span(to)
	}
	if !ok || end.Before(start) {
		return "", ""
	}
	return start.Format(time.DateOnly), end.Format(time.DateOnly)
}

// span returns the first and last day of a period that is no range.
func span(p string) (first, last time.Time, ok bool) {
	if len(p) < 4 || len(p) > 10 {
		return first, last, false
	}
	year, err := strconv.Atoi(p[:4])
	if err != nil || year < 1 {
		return first, last, false
	}
	month, months, days, ok := within(strings.TrimPrefix(p[4:], "-"), p)
	if !ok {
		return first, last, false
	}
	if days != 0 {
		day, err := time.Parse(time.DateOnly, p)
		return day, day, err == nil
	}
	first = time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return first, first.AddDate(0, months, -1), true
}

// within reads what follows the year: the first month, and how many months or days.
func within(rest, p string) (month, months, days int, ok bool) {
	switch {
	case len(p) == 4:
		return 1, 12, 0, true
	case len(rest) == 2 && rest[0] == 'H' && rest[1] >= '1' && rest[1] <= '2':
		return int(rest[1]-'1')*6 + 1, 6, 0, true
	case len(rest) == 2 && rest[0] == 'Q' && rest[1] >= '1' && rest[1] <= '4':
		return int(rest[1]-'1')*3 + 1, 3, 0, true
	case len(p) == 7 && p[4] == '-':
		m, err := strconv.Atoi(rest)
		return m, 1, 0, err == nil && m >= 1 && m <= 12
	case len(p) == 10:
		return 1, 0, 1, true
	}
	return 0, 0, 0, false
}
