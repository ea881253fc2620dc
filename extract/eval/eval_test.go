package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/districtkg/districtkg/extract"
	"github.com/districtkg/districtkg/schema"
)

// lines reads the predictions of a file of JSON lines.
func lines(t *testing.T, fsys fs.FS, name string) []extract.Line {
	t.Helper()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	var out []extract.Line
	for dec := json.NewDecoder(bytes.NewReader(data)); dec.More(); {
		var l extract.Line
		if err := dec.Decode(&l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

func example(t *testing.T) *Report {
	t.Helper()
	dir := os.DirFS("testdata/example")
	r, err := Score(dir, lines(t, dir, "out.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// testdata/example/want.json is what the reference scorer, a program in another
// language, gives for the example.
func TestScoreAgreesWithReference(t *testing.T) {
	var want struct {
		Total     map[string]struct{ P, R, F, Optional float64 }
		Subject   [2]int
		Documents map[string]map[string]float64
	}
	data, err := os.ReadFile("testdata/example/want.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	got := example(t)
	if len(got.Rows) != len(want.Total) || len(got.Rows) == 0 {
		t.Fatalf("%d levels, want %d", len(got.Rows), len(want.Total))
	}
	same := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	for _, r := range got.Rows {
		w, ok := want.Total[r.Name]
		if !ok || !same(r.Precision(), w.P) || !same(r.Recall(), w.R) || !same(r.F1(), w.F) || float64(r.Optional) != w.Optional {
			t.Errorf("%s: %.3f %.3f %.3f, %d optional; want %+v", r.Name, r.Precision(), r.Recall(), r.F1(), r.Optional, w)
		}
	}
	for _, d := range got.Documents {
		for _, r := range d.Rows {
			if w := want.Documents[d.Name][r.Name]; !same(r.F1(), w) {
				t.Errorf("%s of %s: F1 %.3f, want %.3f", r.Name, d.Name, r.F1(), w)
			}
		}
	}
	if s := got.Identity[0]; s.Right != want.Subject[0] || s.All != want.Subject[1] {
		t.Errorf("subjects right: %+v, want %v", s, want.Subject)
	}
}

func TestScoreByType(t *testing.T) {
	r := example(t)
	find := func(rows []Row, name string) Tally {
		for _, x := range rows {
			if x.Name == name {
				return x.Tally
			}
		}
		t.Fatalf("no row %s", name)
		return Tally{}
	}
	for _, tt := range []struct {
		rows []Row
		name string
		want Tally
	}{
		{r.Classes, "Division", Tally{Right: 1, Optional: 2}},
		{r.Classes, "Road", Tally{Right: 1, Extra: 1}},
		{r.Relations, "cooperatesWith", Tally{Right: 1}},
		{r.Relations, "settledIn", Tally{Missed: 1}},
		{r.Slots, "measure", Tally{Right: 7, Extra: 2, Missed: 2, Optional: 1}},
		{r.Slots, "subject", Tally{Right: 6, Extra: 3, Missed: 3, Optional: 1}},
	} {
		if got := find(tt.rows, tt.name); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestWriteTable(t *testing.T) {
	var b strings.Builder
	if err := example(t).WriteTable(&b, 1); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"entity                      0.667  0.667  0.667        4      2      2            2\n",
		"document kind right: 1 of 3\n",
		"   missed   E\tAgency\t区统计局|南关区统计局\n",
		"   surplus  Organization\t区统计局\n",
		"  one                           entity 0.667  relation 0.667  figure 0.800  figure (full) 0.533\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// The gold of the sample documents is well formed.
func TestSampleGold(t *testing.T) {
	dir := os.DirFS("testdata/gold")
	names, err := fs.Glob(dir, "*.gold")
	if err != nil || len(names) != 5 {
		t.Fatalf("gold files: %v, %v", names, err)
	}
	for _, n := range names {
		g, err := readGold(dir, n)
		if err != nil {
			t.Error(err)
			continue
		}
		if g.about["subject"] == "" || len(g.entities) == 0 || len(g.relations) == 0 || len(g.figures) == 0 {
			t.Errorf("%s: a part is empty", n)
		}
	}
}

func TestReadGoldErrors(t *testing.T) {
	const head = "D\tsubject=南关区\n"
	for _, tt := range []struct{ name, text, want string }{
		{"unknown record", head + "X\ta\n", "a.gold:2: invalid record \"X\""},
		{"too few fields", head + "\n# note\nE\tDivision\n", "a.gold:4: invalid record: 2 fields, want 3"},
		{"empty field", head + "F\t\ti\tlevel\t1\t2023\n", "a.gold:2: invalid record: field 2 is empty"},
		{"no document", "E\tDivision\t南关区\n", "a.gold:1: invalid: no D record"},
		{"two documents", head + head, "a.gold:2: invalid: a second D record"},
	} {
		_, err := Score(fstest.MapFS{"a.gold": {Data: []byte(tt.text)}}, nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !errors.Is(err, schema.ErrInvalid) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
	if _, err := Score(fstest.MapFS{}, nil); !errors.Is(err, schema.ErrNotFound) {
		t.Errorf("no gold: %v", err)
	}
}

func TestParseQuantity(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want quantity
		ok   bool
	}{
		{"521.92亿元", quantity{52192000000, "元"}, true},
		{"1.2万人", quantity{12000, "人"}, true},
		{"-2.9%", quantity{-2.9, "%"}, true},
		{"0.6个百分点", quantity{0.6, "个百分点"}, true},
		{"3千瓦时", quantity{3, "千瓦时"}, true},
		{"５００ 户", quantity{500, "户"}, true},
		{"IL9万户", quantity{}, false},
		{"第一", quantity{}, false},
		{"1.2.3", quantity{}, false},
	} {
		if got, ok := parseQuantity(tt.in); !closeTo(got.value, tt.want.value) || got.unit != tt.want.unit || ok != tt.ok {
			t.Errorf("parseQuantity(%q) = %v, %v; want %v, %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

func TestCore(t *testing.T) {
	for in, want := range map[string]string{
		"全区地区生产总值": "地区生产总值", "完成的投资额": "投资额", "累计": "累计", "“四上” 企业": "四上企业", "达到了": "达到了",
	} {
		if got := core(in); got != want {
			t.Errorf("core(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParseGold(f *testing.F) {
	f.Add("D\tsubject=南关区\nE\tDivision\t南关区|长春市南关区\nF\t南关区\tGDP\tlevel\t1亿元\t2023\n")
	f.Add("?R\ta\tb\tc\nD")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := parseGold(strings.NewReader(text))
		if err == nil && g.about == nil {
			t.Errorf("no D record and no error in %q", text)
		}
	})
}
