package relation_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/relation"
	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/extract/rule/ruletest"
	"github.com/districtkg/districtkg/schema"
)

var update = flag.Bool("update", false, "write what was got into the files of cases")

// knowledge is the seeds that the tests share; loading them takes a while.
var knowledge = sync.OnceValues(func() (*lexicon.Lexicon, *rule.Set) {
	seeds := os.DirFS("../../seeds")
	lex, err := lexicon.Load(seeds)
	if err != nil {
		panic(err)
	}
	rules, err := rule.Load(seeds, "rules")
	if err != nil {
		panic(err)
	}
	return lex, rules
})

// entities makes an entity of each marked name, the subject first.
func entities(mentions []schema.Mention, subject schema.Entity) []schema.Entity {
	subject.ID, subject.Class = "e1", schema.Division
	out := []schema.Entity{subject}
	index := map[string]int{}
	for _, n := range append([]string{subject.Name}, subject.Aliases...) {
		index[string(schema.Division)+n] = 0
	}
	for _, m := range mentions {
		k := string(m.Class) + m.Name
		i, known := index[k]
		if !known {
			i = len(out)
			index[k] = i
			out = append(out, schema.Entity{ID: fmt.Sprintf("e%d", i+1), Class: m.Class, Name: m.Name})
		}
		out[i].Mentions = append(out[i].Mentions, m)
	}
	return out
}

func TestRelate(t *testing.T) {
	lex, rules := knowledge()
	r := relation.New(rules, lex.Divisions)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	fired := map[string]bool{}
	for _, file := range files {
		ruletest.Run(t, file, *update, func(t *testing.T, c ruletest.Case) string {
			doc, mentions := ruletest.Mark(t, c.In)
			doc.Identity.Kind = schema.Kind(c.Keys["kind"])
			if title, ok := c.Keys["title"]; ok {
				at := strings.Index(doc.Text, title)
				doc.Identity.Evidence = map[string]schema.Span{"title": {Start: at, End: at + len(title)}}
			}
			es := entities(mentions, subjectOf(c))
			for i := range es {
				if es[i].Class == schema.Division && es[i].Code == "" {
					es[i].Code = codeOf(lex.Divisions, es[i].Name, es[0].Code)
				}
			}
			var out []string
			for _, x := range r.Relate(doc, es, "e1") {
				check(t, doc, es, x)
				fired[x.Rule] = true
				out = append(out, fmt.Sprintf("%s %s %s (%s, %s)", name(es, x.Subject), x.Predicate, name(es, x.Object), x.Rule, x.Trigger.In(doc.Text)))
			}
			return strings.Join(out, "\n")
		})
	}
	for _, r := range rules.Rules() {
		if !fired[r.Name] {
			t.Errorf("%s:%d: no case shows what rule %s does", r.File, r.Line, r.Name)
		}
	}
}

// TestRenewed shows that the company lies here that works are named after by which it
// renews what it has, and not that of other works.
func TestRenewed(t *testing.T) {
	lex, rules := knowledge()
	doc, mentions := ruletest.Mark(t, "[J:星河药业异地技改]、[J:华江电力北山二期]等项目进展顺利。")
	for _, m := range mentions {
		within := schema.Mention{Span: schema.Span{Start: m.Start, End: m.Start + len("星河药业")}, Class: schema.Enterprise}
		within.Name = within.In(doc.Text)
		mentions = append(mentions, within)
	}
	es := entities(mentions, schema.Entity{Name: "安平区"})
	var got []string
	for _, x := range relation.New(rules, lex.Divisions).Relate(doc, es, "e1") {
		check(t, doc, es, x)
		if x.Rule == "renewed" {
			got = append(got, name(es, x.Subject)+" "+x.Trigger.In(doc.Text))
		}
	}
	if want := "星河药业 异地技改"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// codeOf returns the code of the division of that name, of namesakes the one
// in the subject.
func codeOf(ds *lexicon.Divisions, name, subject string) string {
	code := ""
	for _, d := range ds.Named(name) {
		if code == "" || subject != "" && strings.HasPrefix(d.Code, subject) {
			code = d.Code
		}
	}
	return code
}

// subjectOf returns the division that a case is about: 安平区 unless it says otherwise.
func subjectOf(c ruletest.Case) schema.Entity {
	e := schema.Entity{Name: "安平区", Aliases: []string{"安平"}}
	if s, ok := c.Keys["subject"]; ok {
		f := strings.Fields(s)
		e = schema.Entity{Name: f[0], Code: f[1], Aliases: f[2:]}
	}
	return e
}

func name(es []schema.Entity, id string) string {
	for _, e := range es {
		if e.ID == id {
			return e.Name
		}
	}
	return id
}

// check fails if a relation breaks what the package promises.
func check(t *testing.T, doc *schema.Doc, es []schema.Entity, x schema.Relation) {
	t.Helper()
	class := map[string]schema.Class{schema.DocumentID: schema.DocumentClass}
	for _, e := range es {
		class[e.ID] = e.Class
	}
	if class[x.Subject] == "" || class[x.Object] == "" || !schema.Admits(x.Predicate, class[x.Subject], class[x.Object]) {
		t.Errorf("%s %s %s: not admitted by the ontology", x.Subject, x.Predicate, x.Object)
	}
	whole := schema.Span{End: len(doc.Text)}
	if x.Trigger.Len() == 0 || !x.Evidence.Contains(x.Trigger) || !whole.Contains(x.Evidence) {
		t.Errorf("%s: trigger %v, evidence %v of %d bytes", x.Rule, x.Trigger, x.Evidence, len(doc.Text))
	}
}

func FuzzRelate(f *testing.F) {
	lex, rules := knowledge()
	r := relation.New(rules, lex.Divisions)
	f.Add("今年引进星河科技、蓝海智能等企业，安平大桥通车。区长 王明", uint16(0b1010), uint8(3))
	f.Add("与华信集团签订协议\n由云川建投投资建设的安平中心封顶，荣获全国先进", uint16(0b11), uint8(1))
	classes := schema.Classes()
	f.Fuzz(func(t *testing.T, text string, cuts uint16, shift uint8) {
		doc := &schema.Doc{Original: text, Text: text, Sentences: []schema.Span{{End: len(text)}}}
		var starts []int
		for i := range text {
			starts = append(starts, i)
		}
		var mentions []schema.Mention
		for i := 0; i+4 < len(starts); i += 4 {
			if cuts>>(i/4%16)&1 == 1 {
				s := schema.Span{Start: starts[i], End: starts[i+3]}
				class := classes[(i/4+int(shift))%14].Class
				mentions = append(mentions, schema.Mention{Span: s, Class: class, Name: s.In(text)})
			}
		}
		es := entities(mentions, schema.Entity{Name: "安平区"})
		for _, x := range r.Relate(doc, es, "e1") {
			check(t, doc, es, x)
		}
	})
}

func BenchmarkRelate(b *testing.B) {
	lex, rules := knowledge()
	r := relation.New(rules, lex.Divisions)
	var in strings.Builder
	for i := range 400 {
		fmt.Fprintf(&in, "全年引进[E:星河%d科技]、[E:蓝海智能]等企业20家，总投资35.6亿元，建成[R:安平大桥]并实现通车，群众获得感明显增强。", i%90)
		in.WriteString("一般公共预算收入完成12.6亿元，增长5.8%，城乡居民人均可支配收入分别增长6.1%和7.3%，各项工作走在全市前列。")
	}
	var t testing.T
	doc, mentions := ruletest.Mark(&t, in.String())
	es := entities(mentions, schema.Entity{Name: "安平区"})
	b.SetBytes(int64(len(doc.Text)))
	for b.Loop() {
		r.Relate(doc, es, "e1")
	}
}
