// Package ruletest reads the test cases of the packages that work on entities:
// sentences in which the entities are marked, and what is wanted of them.
//
// A file of cases is UTF-8. A case is a line that says what it shows, lines
// KEY: VALUE, a line "-- in --", the text, a line "-- want --", and what is
// wanted; a line "====" parts it from the next. In the text [E:星河科技] marks
// an entity by the letter of its class.
package ruletest

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A Case is one test case.
type Case struct {
	Name string
	Keys map[string]string
	In   string
	Want string
	keys []string // the lines, as they stand
}

// Letters are the marks of the classes.
var letters = map[string]schema.Class{
	"D": schema.Division, "E": schema.Enterprise, "A": schema.Agency, "O": schema.Organization, "H": schema.Hospital,
	"S": schema.School, "J": schema.Project, "Z": schema.Zone, "P": schema.Place, "R": schema.Road, "G": schema.Program,
	"V": schema.Event, "N": schema.Honor, "M": schema.Person,
}

// Run runs got on every case of the file and compares. With update it writes
// what it got into the file instead.
func Run(t *testing.T, file string, update bool, got func(t *testing.T, c Case) string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range strings.Split(strings.TrimSpace(string(text)), "\n====\n") {
		c, err := parse(s)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		t.Run(c.Name, func(t *testing.T) {
			g := strings.TrimSpace(got(t, c))
			if g != c.Want && !update {
				t.Errorf("%s\ngot:\n%s\nwant:\n%s", c.In, g, c.Want)
			}
			c.Want = g
		})
		out = append(out, c.String())
	}
	if update {
		if err := os.WriteFile(file, []byte(strings.Join(out, "\n====\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func parse(s string) (Case, error) {
	head, rest, ok := strings.Cut(s, "\n-- in --\n")
	in, want, split := strings.Cut(rest, "\n-- want --")
	if !ok || !split {
		return Case{}, fmt.Errorf("%w case %q: want -- in -- and -- want --", schema.ErrInvalid, s)
	}
	lines := strings.Split(head, "\n")
	c := Case{Name: lines[0], Keys: map[string]string{}, In: in, Want: strings.TrimSpace(want), keys: lines[1:]}
	for _, l := range c.keys {
		k, v, ok := strings.Cut(l, ": ")
		if !ok {
			return c, fmt.Errorf("%w case %s: want KEY: VALUE, not %q", schema.ErrInvalid, c.Name, l)
		}
		c.Keys[k] = v
	}
	return c, nil
}

// String returns the case as it stands in a file.
func (c Case) String() string {
	head := strings.Join(append([]string{c.Name}, c.keys...), "\n")
	return head + "\n-- in --\n" + c.In + "\n-- want --\n" + c.Want
}

// Mark returns the text without its marks, split into sentences, and the
// mentions that were marked: [A:统战部=区委统战部] prints 统战部 and means 区委统战部.
func Mark(t *testing.T, in string) (*schema.Doc, []schema.Mention) {
	t.Helper()
	var text strings.Builder
	var mentions []schema.Mention
	for {
		before, rest, ok := strings.Cut(in, "[")
		text.WriteString(before)
		if !ok {
			break
		}
		mark, after, closed := strings.Cut(rest, "]")
		letter, name, colon := strings.Cut(mark, ":")
		class, known := letters[letter]
		if !closed || !colon || !known {
			t.Fatalf("bad mark in %q", rest)
		}
		start := text.Len()
		printed, full, _ := strings.Cut(name, "=")
		name = cmp.Or(full, printed)
		text.WriteString(printed)
		mentions = append(mentions, schema.Mention{Span: schema.Span{Start: start, End: text.Len()}, Class: class, Name: name, Rule: "marked"})
		in = after
	}
	doc := &schema.Doc{Path: "case.txt", SHA256: strings.Repeat("0a", 32), Original: text.String(), Text: text.String()}
	doc.Sentences = sentences(doc.Text)
	return doc, mentions
}

// sentences splits a text after full stops and at line breaks.
func sentences(text string) []schema.Span {
	var out []schema.Span
	start := 0
	for i, r := range text {
		if strings.ContainsRune("。！？；\n", r) {
			end := i + utf8.RuneLen(r)
			out = append(out, schema.Span{Start: start, End: end})
			start = end
		}
	}
	if start < len(text) {
		out = append(out, schema.Span{Start: start, End: len(text)})
	}
	return out
}
