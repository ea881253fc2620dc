package resolve_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/resolve"
	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/extract/rule/ruletest"
	"github.com/districtkg/districtkg/schema"
)

var update = flag.Bool("update", false, "write what was got into the files of cases")

// resolver is what the tests share; loading it takes a while.
var resolver = sync.OnceValue(func() *resolve.Resolver {
	seeds := os.DirFS("../../seeds")
	lex, err := lexicon.Load(seeds)
	if err != nil {
		panic(err)
	}
	rules, err := rule.Load(seeds, "rules")
	if err != nil {
		panic(err)
	}
	r, err := resolve.New(seeds, lex, rules)
	if err != nil {
		panic(err)
	}
	return r
})

func TestResolve(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		ruletest.Run(t, file, *update, func(t *testing.T, c ruletest.Case) string {
			doc, mentions := ruletest.Mark(t, c.In)
			name, code, _ := strings.Cut(c.Keys["subject"], " ")
			doc.Identity = schema.Identity{Subject: name, Code: code}
			es, subject := resolver().Resolve(doc, mentions)
			check(t, doc, es, subject)
			var out []string
			for _, e := range es {
				out = append(out, line(e, subject))
			}
			return strings.Join(out, "\n")
		})
	}
}

// line prints an entity: class, name, other names, code or scope, and how
// often it is mentioned.
func line(e schema.Entity, subject string) string {
	s := fmt.Sprintf("%s %s", e.Class, e.Name)
	if len(e.Aliases) > 0 {
		s += " = " + strings.Join(e.Aliases, ", ")
	}
	if e.Code != "" {
		s += " #" + e.Code
	}
	if e.Scope != "" {
		s += " @" + e.Scope
	}
	if e.ID == subject {
		s += " subject"
	}
	return fmt.Sprintf("%s x%d", s, len(e.Mentions))
}

// check fails if entities break what the package promises.
func check(t *testing.T, doc *schema.Doc, es []schema.Entity, subject string) {
	t.Helper()
	if !slices.ContainsFunc(es, func(e schema.Entity) bool { return e.ID == subject && e.Class == schema.Division }) {
		t.Errorf("no entity %q that the document is about", subject)
	}
	for i, e := range es {
		if e.ID != fmt.Sprintf("e%d", i+1) || e.Name == "" || e.Class == "" || len(e.Mentions) == 0 {
			t.Errorf("incomplete entity %+v", e)
		}
		if slices.Contains(e.Aliases, e.Name) {
			t.Errorf("%s is its own alias", e.Name)
		}
		if i > 0 && len(e.Mentions) > 0 && len(es[i-1].Mentions) > 0 && e.Mentions[0].Start < es[i-1].Mentions[0].Start {
			t.Errorf("%s stands before %s in the text and after it in the list", e.Name, es[i-1].Name)
		}
		for _, m := range e.Mentions {
			if m.Start < 0 || m.Start > m.End || m.End > len(doc.Text) {
				t.Errorf("mention %v of %d bytes", m.Span, len(doc.Text))
			}
		}
	}
}

func FuzzResolve(f *testing.F) {
	f.Add("武侯区区政府南关区财政局市委我区万象城华润万象城XX公司（以下简称“华润”）", uint32(77), uint8(2))
	f.Add("一期项目“一网”工程改造项目省级“一网”", uint32(12345), uint8(9))
	classes := schema.Classes()
	f.Fuzz(func(t *testing.T, text string, cuts uint32, shift uint8) {
		doc := &schema.Doc{Original: text, Text: text, Sentences: []schema.Span{{End: len(text)}}}
		if shift%2 == 0 {
			doc.Identity = schema.Identity{Subject: "武侯区", Code: "510107"}
		}
		var starts []int
		for i := range text {
			starts = append(starts, i)
		}
		var mentions []schema.Mention
		for i := 0; i+6 < len(starts); i += 3 {
			if cuts>>(i/3%32)&1 == 1 {
				s := schema.Span{Start: starts[i], End: starts[i+2+i%4]}
				mentions = append(mentions, schema.Mention{Span: s, Class: classes[(i+int(shift))%14].Class, Name: s.In(text)})
			}
		}
		es, subject := resolver().Resolve(doc, mentions)
		check(t, doc, es, subject)
		again, _ := resolver().Resolve(doc, mentions)
		if fmt.Sprint(es) != fmt.Sprint(again) {
			t.Error("the same mentions give other entities the second time")
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	var in strings.Builder
	for i := range 800 {
		fmt.Fprintf(&in, "全年引进[E:星河%d科技]、[E:蓝海智能]等企业20家，建成[R:武侯大桥]，[A:区财政局]拨付资金，深入实施“[G:一网通管]”改革，群众获得感明显增强。\n", i%300)
	}
	var t testing.T
	doc, mentions := ruletest.Mark(&t, in.String())
	doc.Identity = schema.Identity{Subject: "武侯区", Code: "510107"}
	b.SetBytes(int64(len(doc.Text)))
	for b.Loop() {
		resolver().Resolve(doc, mentions)
	}
}

func TestNewReportsTheLine(t *testing.T) {
	seeds := fstest.MapFS{"rules/organs.tsv": {Data: []byte("# organs\n财政局\n税务局\t财政局\n")}}
	_, err := resolve.New(seeds, &lexicon.Lexicon{}, &rule.Set{})
	if !errors.Is(err, schema.ErrInvalid) || !strings.Contains(err.Error(), "rules/organs.tsv:3") {
		t.Errorf("error %v, want an invalid line at rules/organs.tsv:3", err)
	}
}
