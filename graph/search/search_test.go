package search

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/schema"
)

// library is a graph of documents only.
type library struct {
	version uint64
	docs    []graph.Document
	reads   int
}

func (l *library) Version() uint64 { return l.version }

func (l *library) Documents(_ context.Context, q graph.DocumentQuery) (graph.List[graph.DocumentItem], error) {
	out := graph.List[graph.DocumentItem]{Total: len(l.docs)}
	for i, d := range l.docs { // pages of one
		if q.After == "" && i == 0 || q.After == fmt.Sprint(i) {
			out.Items = append(out.Items, d.DocumentItem)
			if i+1 < len(l.docs) {
				out.Next = fmt.Sprint(i + 1)
			}
		}
	}
	return out, nil
}

func (l *library) Document(_ context.Context, id string) (graph.Document, error) {
	l.reads++
	for _, d := range l.docs {
		if d.ID == id {
			return d, nil
		}
	}
	return graph.Document{}, schema.ErrNotFound
}

func document(id, code, text string, names ...string) graph.Document {
	var d graph.Document
	d.ID, d.SHA256, d.Code, d.Text = id, fmt.Sprint(len(text)), code, text
	for _, name := range names {
		at := len([]rune(text[:strings.Index(text, name)]))
		d.MentionList = append(d.MentionList, graph.Mention{
			Entity: graph.Ref{ID: "e/" + name, Name: name},
			Place:  graph.Place{Start: at, End: at + len([]rune(name)), Text: name},
		})
	}
	return d
}

func samples() *library {
	return &library{version: 1, docs: []graph.Document{
		document("a", "220102", "桂花集团落户南关区。全区生产总值５２１亿元！\n商贸业回升", "桂花集团", "南关区"),
		document("b", "120104", "南开区新增企业三百户；其中Star公司入驻。“一核两翼”布局形成。", "南开区"),
	}}
}

func TestSearch(t *testing.T) {
	x, err := Open("", samples())
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for _, tt := range []struct {
		name string
		q    Query
		want string // sentences with marks and entities
		near bool
	}{
		{"a name", Query{Text: "南关区"}, "a 0-10 桂花集团落户南关区。 [6-9] 桂花集团,南关区", false},
		{"across words", Query{Text: "落户南关"}, "a 0-10 桂花集团落户南关区。 [4-8] 桂花集团,南关区", false},
		{"two words", Query{Text: "关区 桂花"}, "a 0-10 桂花集团落户南关区。 [0-2 7-9] 桂花集团,南关区", false},
		{"wide digits", Query{Text: "521亿元"}, "a 10-22 全区生产总值５２１亿元！ [6-11] ", false},
		{"case", Query{Text: "star"}, "b 11-22 其中Star公司入驻。 [2-6] ", false},
		{"one character", Query{Text: "翼"}, "b 22-33 “一核两翼”布局形成。 [4-5] ", false},
		{"line", Query{Text: "商贸"}, "a 23-28 商贸业回升 [0-2] ", false},
		{"of a document", Query{Text: "南", Document: "b"}, "b 0-11 南开区新增企业三百户； [0-1] 南开区", false},
		{"of a city", Query{Text: "区", Code: "2201"}, "a 10-22 全区生产总值５２１亿元！ [1-2] |a 0-10 桂花集团落户南关区。 [8-9] 桂花集团,南关区", false},
		{"nearly", Query{Text: "桂花街道"}, "a 0-10 桂花集团落户南关区。 [] 桂花集团,南关区", true},
		{"nothing", Query{Text: "青岛"}, "", false},
	} {
		got, err := x.Search(t.Context(), tt.q)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if s := show(got); s != tt.want || got.Approximate != tt.near {
			t.Errorf("%s: approximate %v\n got %s\nwant %s", tt.name, got.Approximate, s, tt.want)
		}
	}
}

func show(r Result) string {
	var out []string
	for _, s := range r.Items {
		var marks, names []string
		for _, m := range s.Marks {
			marks = append(marks, fmt.Sprintf("%d-%d", m.Start, m.End))
		}
		for _, e := range s.Entities {
			names = append(names, e.Name)
		}
		out = append(out, fmt.Sprintf("%s %d-%d %s [%s] %s", s.Document.ID, s.Start, s.End, s.Text, strings.Join(marks, " "), strings.Join(names, ",")))
	}
	return strings.Join(out, "|")
}

func TestSearchRefuses(t *testing.T) {
	x, err := Open("", samples())
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for _, q := range []Query{{}, {Text: "  "}, {Text: "\xff"}, {Text: "区", Page: graph.Page{After: "x"}}, {Text: "区", Page: graph.Page{After: "99999999"}}} {
		if _, err := x.Search(t.Context(), q); !errors.Is(err, schema.ErrInvalid) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

func TestPagesFitTogether(t *testing.T) {
	l := &library{version: 1}
	for i := range 30 {
		l.docs = append(l.docs, document(fmt.Sprintf("d%02d", i), "", "全区经济平稳。全区社会安定。"))
	}
	x, err := Open("", l)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	seen := map[string]bool{}
	for after := ""; ; {
		got, err := x.Search(t.Context(), Query{Text: "全区", Page: graph.Page{Limit: 7, After: after}})
		if err != nil || got.Total != 60 {
			t.Fatal(got.Total, err)
		}
		for _, s := range got.Items {
			seen[fmt.Sprint(s.Document.ID, s.Start)] = true
		}
		if after = got.Next; after == "" {
			break
		}
	}
	if len(seen) != 60 {
		t.Errorf("pages have %d sentences of 60", len(seen))
	}
}

// TestKeepsUp checks that the index follows the graph and that a directory is
// read again without reading texts again.
func TestKeepsUp(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sentences")
	l := samples()
	total := func(text string) int {
		t.Helper()
		x, err := Open(dir, l)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := x.Close(); err != nil {
				t.Error(err)
			}
		}()
		got, err := x.Search(t.Context(), Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return got.Total
	}
	if n := total("南关区"); n != 1 {
		t.Fatalf("%d sentences", n)
	}
	l.reads = 0
	if n := total("没有的词"); n != 0 || l.reads != 0 {
		t.Errorf("%d sentences, %d texts read again", n, l.reads)
	}
	l.docs = l.docs[1:]
	if n := total("南关区"); n != 0 {
		t.Errorf("%d sentences of a document that is gone", n)
	}
	l.docs = append(l.docs, document("a", "220102", "南关区与桂花集团再签约。"))
	if n := total("南关区"); n != 1 {
		t.Errorf("%d sentences of a document that came back changed", n)
	}
}

func TestSentences(t *testing.T) {
	long := strings.Repeat("长", maxSentence+5)
	for _, tt := range []struct {
		text string
		want []span
	}{
		{"", nil},
		{" \n ", nil},
		{"一。二", []span{{0, 2, "一。"}, {2, 3, "二"}}},
		{"他说：“好。”她说：（不）！！完", []span{{0, 7, "他说：“好。”"}, {7, 15, "她说：（不）！！"}, {15, 16, "完"}}},
		{"标题\n  正文", []span{{0, 2, "标题"}, {5, 7, "正文"}}},
		{long, []span{{0, maxSentence, long[:3*maxSentence]}, {maxSentence, maxSentence + 5, "长长长长长"}}},
	} {
		if got := sentences(tt.text); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%.20q: %v", tt.text, got)
		}
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("一。”二\n！")
	f.Fuzz(func(t *testing.T, text string) {
		runes := []rune(text)
		last := 0
		for _, s := range sentences(text) {
			if s.start < last || s.end <= s.start || s.end > len(runes) || string(runes[s.start:s.end]) != s.text {
				t.Errorf("%q: %+v after %d", text, s, last)
			}
			last = s.end
		}
	})
}
