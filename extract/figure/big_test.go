package figure

import (
	"strings"
	"testing"
	"time"
)

// TestLongTexts reads texts that would show work in the square of their length:
// one of eight times the length may take three times eight the time, where such
// work would take 64 times. A pause of the machine does not come twice.
func TestLongTexts(t *testing.T) {
	const short, longer, slack, tries = 1200, 8, 3, 3
	r := recogniser(t)
	for name, text := range map[string]func(n int) string{
		"short lines":  times("2020年增长\n"),
		"one line":     times("增长5%、"),
		"cells":        times("| 产量(吨) | 5 "),
		"rows":         times("2022年 5 6\n"),
		"rows in vain": func(n int) string { return "指标 2022年\n" + strings.Repeat("粮食 2022年 | 5\n", n) },
		"years":        times("2022年\n5\n"),
		"units":        times("单位：亿元、%\n"),
		"heads":        times("指标|单位|2022年|增长%\n"),
		"a long row": func(n int) string {
			return "指标|" + strings.Repeat("2022年|", n) + "\n粮食|" + strings.Repeat("5|", n)
		},
		"nested brackets": times("(1个"),
		"spaces":          times("增长 5 "),
		"each":            func(n int) string { return strings.Repeat("甲、乙分别", n) + "1个、2个" },
		"ranks":           times("全市第一"),
	} {
		read := func(n int) time.Duration {
			doc, entities := testCase{in: text(n)}.document()
			start := time.Now()
			r.Recognise(doc, entities, "e0")
			return time.Since(start)
		}
		ratio := 0.0
		for range tries {
			if ratio = read(short*longer).Seconds() / read(short).Seconds(); ratio <= slack*longer {
				break
			}
		}
		if t.Logf("%s: %.1f times", name, ratio); ratio > slack*longer {
			t.Errorf("%s: %d times the text takes %.0f times as long", name, longer, ratio)
		}
	}
}

// times returns a text of n times s.
func times(s string) func(n int) string {
	return func(n int) string { return strings.Repeat(s, n) }
}
