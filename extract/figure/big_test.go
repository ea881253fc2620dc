package figure

import (
	"strings"
	"testing"
	"time"
)

// TestLongTexts reads texts that would show work in the square of their length.
func TestLongTexts(t *testing.T) {
	r := recogniser(t)
	for name, text := range map[string]string{
		"short lines":     strings.Repeat("2020年增长\n", 20_000),
		"one line":        strings.Repeat("增长5%、", 30_000),
		"cells":           strings.Repeat("| 产量(吨) | 5 ", 20_000),
		"rows":            strings.Repeat("2022年 5 6\n", 20_000),
		"rows in vain":    "指标 2022年\n" + strings.Repeat("粮食 2022年 | 5\n", 20_000),
		"years":           strings.Repeat("2022年\n5\n", 20_000),
		"units":           strings.Repeat("单位：亿元、%\n", 20_000),
		"heads":           strings.Repeat("指标|单位|2022年|增长%\n", 20_000),
		"a long row":      "指标|" + strings.Repeat("2022年|", 20_000) + "\n粮食|" + strings.Repeat("5|", 20_000),
		"nested brackets": strings.Repeat("(1个", 30_000),
		"spaces":          strings.Repeat("增长 5 ", 30_000),
		"each":            strings.Repeat("甲、乙分别", 20_000) + "1个、2个",
		"ranks":           strings.Repeat("全市第一", 20_000),
	} {
		doc, entities := testCase{in: text}.document()
		start := time.Now()
		r.Recognise(doc, entities, "e0")
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(text), took)
		} else {
			t.Logf("%s: %d bytes took %v", name, len(text), took)
		}
	}
}
