package quads

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/graph/quads/quadstest"
	"github.com/districtkg/districtkg/schema"
)

func vocabulary() *Vocabulary { return NewVocabulary(schema.IRIs{Base: schema.DefaultBase}) }

func TestRecordRoundTrip(t *testing.T) {
	v := vocabulary()
	for district := range 20 {
		facts := quadstest.Bulletin(district, 2020+district%4, quadstest.Size{Enterprises: district, Figures: 2 * district})
		if district == 0 {
			facts.SubjectID, facts.Doc.Identity = "", schema.Identity{}
		}
		want, err := New(facts, v.IRIs)
		if err != nil {
			t.Fatal(err)
		}
		encoded := want.Quads(v)
		rand.Shuffle(len(encoded), func(i, j int) { encoded[i], encoded[j] = encoded[j], encoded[i] })
		got, err := Decode(encoded, v)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := plain(want), plain(got); !reflect.DeepEqual(a, b) {
			t.Fatalf("district %d: decoded\n%+v\nwant\n%+v", district, b, a)
		}
	}
}

// plain returns the record with decimals that can be compared deeply.
func plain(r *Record) *Record {
	for i := range r.Figures {
		f := &r.Figures[i]
		f.Value, f.High = decimal.RequireFromString(f.Value.String()), decimal.RequireFromString(f.High.String())
	}
	return r
}

func TestQuadsAreCanonical(t *testing.T) {
	v := vocabulary()
	facts := quadstest.Bulletin(3, 2023, quadstest.Small)
	first, err := FromFacts(facts, v)
	if err != nil {
		t.Fatal(err)
	}
	second, _ := FromFacts(quadstest.Bulletin(3, 2023, quadstest.Small), v)
	if !reflect.DeepEqual(first, second) {
		t.Error("the same facts gave other quads")
	}
	if !slices.IsSortedFunc(first, Compare) || len(slices.Compact(slices.Clone(first))) != len(first) {
		t.Error("quads are not sorted and distinct")
	}
	label := quad.IRI(v.IRIs.Graph(facts.Doc.SHA256))
	for _, q := range first {
		if q.Label != label {
			t.Errorf("%v is not in the document's graph", q)
		}
		checkTerms(t, q)
	}
}

// checkTerms reports blank nodes, empty or short IRIs, and short datatypes.
func checkTerms(t *testing.T, q quad.Quad) {
	t.Helper()
	for _, d := range quad.Directions {
		switch x := q.Get(d).(type) {
		case quad.BNode, nil:
			t.Errorf("%v: no blank node or empty position is allowed", q)
		case quad.IRI:
			if !strings.HasPrefix(string(x), "http") {
				t.Errorf("%v: short IRI", q)
			}
		case quad.TypedString:
			if !strings.HasPrefix(string(x.Type), "http://www.w3.org/2001/XMLSchema#") {
				t.Errorf("%v: short datatype", q)
			}
		}
	}
}

func TestPlacesAreSlicesOfTheOriginal(t *testing.T) {
	v := vocabulary()
	facts := quadstest.Bulletin(1, 2023, quadstest.Small)
	rec, err := New(facts, v.IRIs)
	if err != nil {
		t.Fatal(err)
	}
	runes := []rune(facts.Doc.Original)
	places := []Place{}
	for _, f := range rec.Figures {
		places = append(places, f.Printed, f.Evidence)
	}
	for _, s := range rec.Statements {
		places = append(places, s.Evidence)
	}
	for _, m := range rec.Mentions {
		places = append(places, m.Place)
	}
	for _, p := range places {
		if p.Text == "" || string(runes[p.Start:p.End]) != p.Text {
			t.Errorf("%s: %d to %d is %q, not %q", p.IRI, p.Start, p.End, string(runes[p.Start:p.End]), p.Text)
		}
	}
	if len(rec.Figures) != 12 || len(rec.Statements) != 11 || len(rec.Warnings) != 5 {
		t.Errorf("%d figures, %d statements, %d warnings", len(rec.Figures), len(rec.Statements), len(rec.Warnings))
	}
}

func TestNewRefusesDanglingFacts(t *testing.T) {
	for name, spoil := range map[string]func(*schema.Facts){
		"relation's subject": func(f *schema.Facts) { f.Relations[0].Subject = "e99" },
		"relation's object":  func(f *schema.Facts) { f.Relations[0].Object = "e99" },
		"figure's subject":   func(f *schema.Facts) { f.Figures[0].Subject = "e99" },
		"figure's level":     func(f *schema.Facts) { f.Figures[1].Of = "f99" },
		"document":           func(f *schema.Facts) { f.Doc = nil },
		"sum":                func(f *schema.Facts) { f.Doc.SHA256 = "" },
	} {
		facts := quadstest.Bulletin(1, 2023, quadstest.Small)
		spoil(facts)
		if _, err := New(facts, schema.IRIs{Base: schema.DefaultBase}); !errors.Is(err, schema.ErrInvalid) {
			t.Errorf("%s: error %v, want ErrInvalid", name, err)
		}
	}
}

func TestLocalSubjectsOfTwoDocumentsDiffer(t *testing.T) {
	iri := func(year int) quad.IRI {
		facts := quadstest.Bulletin(1, year, quadstest.Size{})
		facts.Entities[1].Name, facts.Entities[1].Code = schema.Local, ""
		rec, err := New(facts, schema.IRIs{Base: schema.DefaultBase})
		if err != nil {
			t.Fatal(err)
		}
		return rec.Document.About
	}
	if a, b := iri(2022), iri(2023); a == b {
		t.Errorf("both are %s", a)
	}
}

func TestNumbers(t *testing.T) {
	v := vocabulary()
	for _, tt := range []struct{ in, value, integer string }{
		{"52192000000", "52192000000", "52192000000"},
		{"-2.90", "-2.9", "-3"},
		{"0", "0", "0"},
		{"1e3", "1000", "1000"},
		{"99999999999999999999", "99999999999999999999", ""},
	} {
		facts := quadstest.Bulletin(1, 2023, quadstest.Size{Figures: 1})
		f := &facts.Figures[0]
		f.Value, f.High = decimal.RequireFromString(tt.in), decimal.Decimal{}
		all, err := FromFacts(facts, v)
		if err != nil {
			t.Fatal(err)
		}
		n := Node(slices.DeleteFunc(all, func(q quad.Quad) bool { return !strings.HasSuffix(string(q.Subject.(quad.IRI)), "/f1") }))
		if got := n.Text(v.Term(value)); got != tt.value {
			t.Errorf("%s: value %s, want %s", tt.in, got, tt.value)
		}
		if got := n.Text(v.Term(integer)); got != tt.integer {
			t.Errorf("%s: integer %q, want %q", tt.in, got, tt.integer)
		}
		if n.One(v.Term(high)) != nil {
			t.Errorf("%s: an upper end that nobody printed", tt.in)
		}
	}
}

func TestPeriodDays(t *testing.T) {
	for _, tt := range []struct{ in, first, last string }{
		{"2023", "2023-01-01", "2023-12-31"},
		{"2025-H1", "2025-01-01", "2025-06-30"},
		{"2025-H2", "2025-07-01", "2025-12-31"},
		{"2024-Q1", "2024-01-01", "2024-03-31"},
		{"2023-Q1..Q3", "2023-01-01", "2023-09-30"},
		{"2023-01..06", "2023-01-01", "2023-06-30"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2016..2020", "2016-01-01", "2020-12-31"},
		{"2023-01..2023-11", "2023-01-01", "2023-11-30"},
		{"2024-01-11", "2024-01-11", "2024-01-11"},
		{"2024-13", "", ""},
		{"2024-02-30", "", ""},
		{"2020..2016", "", ""},
		{"2023-Q5", "", ""},
		{"十四五", "", ""},
		{"", "", ""},
	} {
		if first, last := PeriodDays(tt.in); first != tt.first || last != tt.last {
			t.Errorf("%q: %s to %s, want %s to %s", tt.in, first, last, tt.first, tt.last)
		}
	}
}

func FuzzPeriodDays(f *testing.F) {
	for _, s := range []string{"2023", "2023-Q1..Q3", "2016..2020", "2023-01..0", "..", "20..3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if first, last := PeriodDays(in); first > last || (first == "") != (last == "") {
			t.Errorf("%q: %s to %s", in, first, last)
		}
	})
}

func TestCompareIDs(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"x/f9", "x/f10", -1}, {"x/f10", "x/f10", 0}, {"x/e2.11", "x/e2.2", 1}, {"a", "b", -1}, {"f01", "f1", -1}, {"f", "f1", -1}} {
		if got := CompareIDs(quad.IRI(tt.a), quad.IRI(tt.b)); got != tt.want {
			t.Errorf("%s against %s: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestPropertiesAreComplete(t *testing.T) {
	v := vocabulary()
	used := map[quad.Value]bool{RDFType: true, RDFSLabel: true, SKOSAltLabel: true}
	for _, p := range Properties() {
		used[v.Term(p.Name)] = true
		if p.Chinese == "" || p.English == "" || !utf8.ValidString(p.Chinese) {
			t.Errorf("%s: incomplete row", p.Name)
		}
	}
	all, err := FromFacts(quadstest.Bulletin(1, 2023, quadstest.Small), v)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if !used[q.Predicate] && v.PredicateOf(q.Predicate) == "" {
			t.Errorf("%v is in no table", q.Predicate)
		}
	}
}

func BenchmarkFromFacts(b *testing.B) {
	v, facts := vocabulary(), quadstest.Bulletin(1, 2023, quadstest.Size{Enterprises: 100, Figures: 200})
	n := 0
	for b.Loop() {
		all, err := FromFacts(facts, v)
		if err != nil {
			b.Fatal(err)
		}
		n += len(all)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "quads/s")
}
