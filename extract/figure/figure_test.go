package figure

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/districtkg/districtkg/schema"
)

var update = flag.Bool("update", false, "rewrite the wanted figures in testdata")

// recogniser loads the word lists of the seeds.
func recogniser(t testing.TB) *Recogniser {
	t.Helper()
	f, err := New(os.DirFS("../../seeds"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A testCase is a text with what is known of its document, and the figures
// that are to be read from it.
//
//	# title
//	-- period=2023 kind=work_report date=2024-01-11 Project=甲项目 --
//	text
//	-- want --
//	level	常住人口	17900人	2023
type testCase struct {
	title, head, in string
	want            []string
}

func readCases(t testing.TB, file string) []testCase {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	for _, part := range strings.Split("\n"+string(text), "\n# ")[1:] {
		title, rest, _ := strings.Cut(part, "\n")
		head, rest, ok := strings.Cut(rest, "--\n")
		in, want, ok2 := strings.Cut(rest, "\n-- want --\n")
		if !ok || !ok2 || !strings.HasPrefix(head, "--") {
			t.Fatalf("%s: case %q is not of the form title, -- head --, text, -- want --", file, title)
		}
		cases = append(cases, testCase{title, strings.Trim(strings.TrimPrefix(head, "--"), " -"), in, strings.Split(strings.TrimSpace(want), "\n")})
	}
	return cases
}

// document makes the document of a case, with a sentence for each line or
// full stop and the mentions of the entities that its head names.
func (c testCase) document() (*schema.Doc, []schema.Entity) {
	doc := &schema.Doc{Path: c.title, Original: c.in, Text: c.in}
	doc.Identity.Period = "2023"
	for start := 0; start < len(c.in); {
		end := start + 1
		for end < len(c.in) && c.in[end-1] != '\n' && !strings.HasSuffix(c.in[:end], "。") {
			end++
		}
		doc.Sentences = append(doc.Sentences, schema.Span{Start: start, End: end})
		start = end
	}
	entities := []schema.Entity{{ID: "e0", Class: schema.Division, Name: "本地"}}
	for _, f := range strings.Fields(c.head) {
		key, value, _ := strings.Cut(f, "=")
		switch key {
		case "period":
			doc.Identity.Period = strings.TrimSuffix(value, "none")
		case "kind":
			doc.Identity.Kind = schema.Kind(value)
		case "date":
			doc.Identity.Date = value
		case "title":
			doc.Identity.Title = value
		case "subject":
			entities[0].Name, doc.Identity.Subject = value, value
			entities[0].Mentions = mentions(c.in, value, schema.Division)
		default:
			entities = append(entities, schema.Entity{ID: value, Class: schema.Class(key), Name: value, Mentions: mentions(c.in, value, schema.Class(key))})
		}
	}
	return doc, entities
}

func mentions(text, name string, class schema.Class) []schema.Mention {
	var out []schema.Mention
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return out
		}
		at += i
		out = append(out, schema.Mention{Span: schema.Span{Start: at, End: at + len(name)}, Class: class, Name: name})
		at += len(name)
	}
}

// show writes a figure in one line: measure, indicator, value with unit,
// period, and what differs from the usual.
func show(x schema.Figure) string {
	value := x.Value.String()
	if !x.High.Equal(x.Value) {
		value += "~" + x.High.String()
	}
	s := fmt.Sprintf("%s\t%s\t%s%s\t%s", x.Measure, x.Indicator, value, x.Unit, x.Period)
	if x.Status != schema.Actual {
		s += "\t" + string(x.Status)
	}
	if x.Bound != schema.Exact {
		s += "\t" + string(x.Bound)
	}
	if x.Subject != "e0" {
		s += "\tof " + x.Subject
	}
	return strings.TrimRight(s, "\t")
}

func TestRecognise(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data", err)
	}
	f := recogniser(t)
	for _, file := range files {
		var out strings.Builder
		for _, c := range readCases(t, file) {
			doc, entities := c.document()
			var got []string
			for _, x := range f.Recognise(doc, entities, "e0") {
				got = append(got, show(x))
			}
			for _, w := range doc.Warnings {
				got = append(got, "warning\t"+w.Kind)
			}
			if len(got) == 0 {
				got = []string{"nothing"}
			}
			if !*update && strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("%s: %s: %s\ngot\n%s\nwant\n%s", filepath.Base(file), c.title, c.in, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			fmt.Fprintf(&out, "# %s\n-- %s --\n%s\n-- want --\n%s\n\n", c.title, c.head, c.in, strings.Join(got, "\n"))
		}
		if *update {
			if err := os.WriteFile(file, []byte(strings.TrimSpace(out.String())+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
