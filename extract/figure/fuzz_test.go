package figure

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/districtkg/districtkg/schema"
)

// FuzzRecognise holds whatever the text: no panic; spans lie in the text, and
// a number within its sentence; ids are unique and a growth's level exists.
func FuzzRecognise(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, line := range strings.Split(string(text), "\n") {
			f.Add(line)
		}
		for _, c := range readCases(f, file) { // tables take several lines
			f.Add(c.in)
		}
	}
	f.Add("指标|单位|2023年\n|||\n粮食|吨|-\n1|2|3")
	f.Add("指标 | 单位\n|\n粮食 | 1\n")
	f.Add("分别分别1、2%和第3位(4个")
	f.Add("00000000000\U000e7da80%0A") // a character beyond the first plane, and no place to look for
	f.Add("分别$0和0,增0%0")
	f.Add("\xff1亿\x00元第十一百分之")
	r := recogniser(f)
	f.Fuzz(func(t *testing.T, text string) {
		doc, entities := testCase{in: text, head: "Project=项目 Division=乡"}.document()
		figures := r.Recognise(doc, entities, "e0")
		ids := map[string]bool{"": true}
		for _, x := range figures {
			ids[x.ID] = true
		}
		if len(ids) != len(figures)+1 {
			t.Errorf("%q: ids are not unique", text)
		}
		for _, x := range figures {
			check(t, doc, x)
			if !ids[x.Of] {
				t.Errorf("%q: %s is of %q, which is no figure", text, x.ID, x.Of)
			}
		}
	})
}

func check(t *testing.T, doc *schema.Doc, x schema.Figure) {
	t.Helper()
	in := func(s schema.Span) bool { return 0 <= s.Start && s.Start < s.End && s.End <= len(doc.Text) }
	if !in(x.Span) || !in(x.Evidence) || !x.Evidence.Contains(x.Span) {
		t.Errorf("%q: spans out of bounds: %+v", doc.Text, x)
	}
	if x.Indicator == "" || x.Subject == "" || x.Measure == "" {
		t.Errorf("%q: incomplete: %+v", doc.Text, x)
	}
	if x.Value.Exponent() > 20 || x.Value.NumDigits() > 60 {
		t.Errorf("%q: value %s is out of all measure", doc.Text, x.Value)
	}
}

// BenchmarkRecognise reports the throughput on the texts of the test cases.
func BenchmarkRecognise(b *testing.B) {
	var text strings.Builder
	for _, name := range []string{"nanguan-2023-bulletin.txt", "nankai-2023-report.txt", "nanguan-2022-feature.txt"} {
		t, err := os.ReadFile(filepath.Join("../../seeds/documents", name))
		if err != nil {
			b.Fatal(err)
		}
		text.Write(t)
	}
	r := recogniser(b)
	doc, entities := testCase{in: text.String()}.document()
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		doc.Warnings = doc.Warnings[:0]
		r.Recognise(doc, entities, "e0")
	}
}

func TestNewReportsBadLines(t *testing.T) {
	for _, tt := range []struct{ name, file, line, want string }{
		{"kind of unit", unitsFile, "元\tcoins\t元", "lexicon/units.tsv:1: invalid kind of unit"},
		{"role of word", wordsFile, "元\tnone", "lexicon/figure-words.tsv:1: invalid role"},
		{"columns", ranksFile, "全市", "lexicon/figure-ranks.tsv:1: invalid entry"},
		{"period", periodsFile, "去年\tyear\tx", "lexicon/figure-periods.tsv:1: invalid period"},
		{"indicator id", indicatorsFile, "GDP\t地区生产总值\tmoney", "lexicon/indicators.tsv:1: invalid id"},
		{"same name twice", indicatorsFile, "a\t产值\tmoney\nb\t产值\tmoney", "lexicon/indicators.tsv:2: invalid indicator"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(overlay{os.DirFS("../../seeds"), tt.file, tt.line})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("New: %v, want %s", err, tt.want)
			}
		})
	}
}
