package identity_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/districtkg/districtkg/extract/identity"
	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/extract/rule/ruletest"
	"github.com/districtkg/districtkg/schema"
)

var update = flag.Bool("update", false, "write what was got into the files of cases")

// identifier is what the tests share; loading it takes a while.
var identifier = sync.OnceValue(func() *identity.Identifier {
	seeds := os.DirFS("../../seeds")
	lex, err := lexicon.Load(seeds)
	if err != nil {
		panic(err)
	}
	rules, err := rule.Load(seeds, "rules")
	if err != nil {
		panic(err)
	}
	x, err := identity.New(seeds, lex, rules)
	if err != nil {
		panic(err)
	}
	return x
})

func TestIdentify(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		ruletest.Run(t, file, *update, func(t *testing.T, c ruletest.Case) string {
			doc, mentions := ruletest.Mark(t, c.In)
			identifier().Identify(doc, mentions)
			check(t, doc)
			return print(doc)
		})
	}
}

// print writes the slots that are filled, each with its evidence.
func print(doc *schema.Doc) string {
	id := doc.Identity
	var b strings.Builder
	for _, s := range []struct{ slot, value string }{
		{"subject", strings.TrimSpace(id.Subject + " " + id.Code)}, {"kind", string(id.Kind)}, {"period", id.Period},
		{"title", id.Title}, {"date", id.Date}, {"publisher", id.Publisher},
	} {
		if s.value != "" {
			fmt.Fprintf(&b, "%s: %s (%s)\n", s.slot, s.value, strings.ReplaceAll(id.Evidence[s.slot].In(doc.Text), "\n", " "))
		}
	}
	for _, w := range doc.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w.Kind)
	}
	return b.String()
}

func check(t *testing.T, doc *schema.Doc) {
	t.Helper()
	whole := schema.Span{End: len(doc.Text)}
	for slot, s := range doc.Identity.Evidence {
		if !whole.Contains(s) || s.Start > s.End {
			t.Errorf("evidence of %s is %v of %d bytes", slot, s, len(doc.Text))
		}
	}
	if doc.Identity.Subject == "" || doc.Identity.Kind == "" {
		t.Errorf("subject %q, kind %q: want both in every document", doc.Identity.Subject, doc.Identity.Kind)
	}
}

func FuzzIdentify(f *testing.F) {
	f.Add("政府工作报告\n现在,我代表武侯区人民政府,2024年1月11日")
	f.Add("2024-1-3 1-6月 9999年13月40日 来源: \n(2021年4月2")
	f.Fuzz(func(t *testing.T, text string) {
		doc := &schema.Doc{Original: text, Text: text, Sentences: []schema.Span{{End: len(text)}}}
		identifier().Identify(doc, nil)
		check(t, doc)
	})
}

func BenchmarkIdentify(b *testing.B) {
	text := "政府工作报告\n现在，我代表武侯区人民政府报告工作。\n" +
		strings.Repeat("全区地区生产总值完成1406.8亿元，增长5.8%，我区深化与成都市各部门的协作，浆洗街道面貌一新。\n", 150)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		doc := &schema.Doc{Original: text, Text: text}
		identifier().Identify(doc, nil)
	}
}

func TestNewReportsTheLine(t *testing.T) {
	lex, rules := &lexicon.Lexicon{}, &rule.Set{}
	for _, tt := range []struct{ name, file, want string }{
		{"columns", "weight\ttitle\n", "rules/identity.tsv:1"},
		{"number", "# points\nweight\ttitle\tmany\n", "rules/identity.tsv:2"},
		{"shape", "mood\tgood\t1\n", "rules/identity.tsv:1"},
	} {
		seeds := fstest.MapFS{"rules/identity.tsv": {Data: []byte(tt.file)}}
		if _, err := identity.New(seeds, lex, rules); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one at %s", tt.name, err, tt.want)
		}
	}
}
