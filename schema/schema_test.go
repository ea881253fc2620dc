package schema

import (
	"testing"
	"testing/quick"
	"unicode/utf8"
)

func TestOffsetMapOriginal(t *testing.T) {
	// original "税收4\n5、.3亿元" is read as text "税收4.3亿元".
	m := NewOffsetMap()
	m.Append(0, 0, 7)   // 税收4
	m.Append(7, 12, 8)  // .3亿元
	m.Append(15, 25, 3) // after a removed run of five bytes
	for _, tt := range []struct {
		name string
		in   Span
		want Span
	}{
		{"before the repair", Span{0, 6}, Span{0, 6}},
		{"across the repair", Span{6, 15}, Span{6, 20}},
		{"after the repair", Span{9, 15}, Span{14, 20}},
		{"ends at a gap", Span{8, 15}, Span{13, 20}},
		{"past a gap", Span{15, 18}, Span{25, 28}},
		{"empty", Span{7, 7}, Span{12, 12}},
	} {
		if got := m.Original(tt.in); got != tt.want {
			t.Errorf("%s: Original(%v) = %v, want %v", tt.name, tt.in, got, tt.want)
		}
	}
	m.Append(18, 30, 2) // a repair at the very end: １２ is read as 12
	m.Close(22, 38)
	if got := m.Original(Span{20, 22}); got != (Span{32, 38}) {
		t.Errorf("the repair at the end maps to %v, want {32 38}", got)
	}
	var identity OffsetMap
	if got := identity.Original(Span{3, 9}); got != (Span{3, 9}) {
		t.Errorf("identity map moved the span to %v", got)
	}
}

func TestQuoterAgreesWithQuote(t *testing.T) {
	agree := func(text string, a, b uint) bool {
		if !utf8.ValidString(text) || text == "" {
			return true
		}
		d := &Doc{Original: text, Text: text}
		starts := []int{}
		for i := range text {
			starts = append(starts, i)
		}
		x, y := starts[a%uint(len(starts))], starts[b%uint(len(starts))]
		s := Span{min(x, y), max(x, y)}
		return d.Quotes().Quote(s) == d.Quote(s)
	}
	if err := quick.Check(agree, &quick.Config{MaxCountScale: 20}); err != nil {
		t.Error(err)
	}
	long := make([]rune, 1000)
	for i := range long {
		long[i] = '区' + rune(i%7)
	}
	d := &Doc{Original: string(long)}
	if got := d.Quotes().Original(Span{3 * 500, 3 * 502}); got.Start != 500 || got.End != 502 {
		t.Errorf("quote of code points 500 to 502 = %+v", got)
	}
}

func TestSentenceAt(t *testing.T) {
	d := &Doc{Sentences: []Span{{0, 10}, {12, 20}}}
	for b, want := range map[int]int{0: 0, 9: 0, 10: -1, 12: 1, 19: 1, 20: -1} {
		if got := d.SentenceAt(b); got != want {
			t.Errorf("SentenceAt(%d) = %d, want %d", b, got, want)
		}
	}
}

func TestIRIs(t *testing.T) {
	m := IRIs{DefaultBase}
	for _, tt := range []struct{ name, got, want string }{
		{"division", m.Entity(Entity{Class: Division, Name: "南关区", Code: "220102"}), DefaultBase + "id/division/220102"},
		{"scoped", m.Entity(Entity{Class: Place, Name: "劳动公园", Scope: "2201"}), DefaultBase + "id/place/2201/劳动公园"},
		{"nationwide", m.Entity(Entity{Class: Enterprise, Name: "京东MALL 超级店"}), DefaultBase + "id/enterprise/cn/京东mall超级店"},
		{"quotes and signs", m.Entity(Entity{Class: Program, Name: "“1+4”工程"}), DefaultBase + "id/program/cn/1%2B4工程"},
		{"angle bracket", m.Indicator("", "a>b"), DefaultBase + "id/indicator/worded/a%3Eb"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestAdmits(t *testing.T) {
	if !Admits(SettledIn, Enterprise, Division) || Admits(Acquired, Division, Enterprise) || Admits("likes", Person, Person) {
		t.Error("Admits does not follow the table")
	}
	for _, p := range Predicates() {
		if len(p.Domain) == 0 || len(p.Range) == 0 || p.Chinese == "" || p.English == "" {
			t.Errorf("%s: incomplete row", p.Predicate)
		}
	}
}
