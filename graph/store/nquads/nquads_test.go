package nquads

import (
	"errors"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
)

func readAll(text string) (out []quad.Quad, err error) {
	for q, err := range Read(strings.NewReader(text)) {
		if err != nil {
			return out, err
		}
		out = append(out, q)
	}
	return out, nil
}

func TestValues(t *testing.T) {
	for _, tt := range []struct {
		text string
		want quad.Value
	}{
		{`<a:b>`, quad.IRI("a:b")},
		{`<a:\u4e2d>`, quad.IRI("a:中")},
		{`_:b.1`, quad.BNode("b.1")},
		{`"南关区"`, quad.String("南关区")},
		{`"a\"b\\\n\t\u0041\U00020000"`, quad.String("a\"b\\\n\tA𠀀")},
		{`"chat"@fr-BE`, quad.LangString{Value: "chat", Lang: "fr-BE"}},
		{`"5"^^<http://www.w3.org/2001/XMLSchema#integer>`, quad.Int(5)},
		{`"05"^^<http://www.w3.org/2001/XMLSchema#integer>`, quad.TypedString{Value: "05", Type: xsdInteger}},
		{`"1.5E+00"^^<http://www.w3.org/2001/XMLSchema#double>`, quad.Float(1.5)},
		{`"1.5"^^<http://www.w3.org/2001/XMLSchema#double>`, quad.TypedString{Value: "1.5", Type: xsdDouble}},
		{`"true"^^<http://www.w3.org/2001/XMLSchema#boolean>`, quad.Bool(true)},
		{`"1"^^<http://www.w3.org/2001/XMLSchema#boolean>`, quad.TypedString{Value: "1", Type: xsdBoolean}},
		{`"91218.10"^^<http://www.w3.org/2001/XMLSchema#decimal>`, quad.TypedString{Value: "91218.10", Type: xsd + "decimal"}},
	} {
		got, err := readAll("<s> <p> " + tt.text + " <g> . # comment\r\n")
		if err != nil || len(got) != 1 || got[0].Object != tt.want {
			t.Errorf("%s: got %v, %v; want %#v", tt.text, got, err, tt.want)
		}
	}
}

// TestRuns reads quads that have a term of the one before last, which had another one or none in between.
func TestRuns(t *testing.T) {
	const text = `<s> <p> <o> <g> .
<s> <p> "o" .
<s> <p> <o> <g> .
_:s <q> <o> <h> .
<s> <p> "<o>" <g> .
<s> <p> <o2> <g2> .
<s> <p> <o> <g> .
`
	quads, err := readAll(text)
	if err != nil {
		t.Fatal(err)
	}
	var got []byte
	for _, q := range quads {
		got = AppendQuad(got, q)
	}
	if string(got) != text {
		t.Errorf("got %s", got)
	}
}

func TestSyntaxErrors(t *testing.T) {
	for _, tt := range []string{
		`<s> <p> <o>`, `<s> <p> .`, `"s" <p> <o> .`, `<s> _:p <o> .`, `<s> <p> "o .`, `<s> <p> <o .`, `<s> <p> <o> <g> <h> .`,
		`<s> <p> "\q" .`, `<s> <p> "\u12" .`, `<s> <p> "o"@ .`, `<s> <p> "o"^^int .`, `<s p> <p> <o> .`, `<> <p> <o> .`,
		"<s> <p> \"\xff\" .", `<s> <p> <\u0020> .`, `<s> <p> "\uD800" .`, `<s> <p> <o> . x`, `_: <p> <o> .`, `<s> <p> "o`,
	} {
		_, err := readAll("<s> <p> <o> .\n\n# c\n" + tt + "\n")
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Line != 4 {
			t.Errorf("%s: got %v, want a syntax error in line 4", tt, err)
		}
	}
}

// TestBlocks reads a text of several blocks, with a line longer than a block.
func TestBlocks(t *testing.T) {
	var b strings.Builder
	want := 0
	for b.Len() < 3*blockSize {
		b.WriteString("<s> <p> \"" + strings.Repeat("x", want%100) + "\" .\n")
		want++
	}
	b.WriteString("<s> <p> \"" + strings.Repeat("y", 2*blockSize) + "\" .\n<s> <p> <o> .")
	got, err := readAll(b.String())
	if err != nil || len(got) != want+2 {
		t.Errorf("got %d quads, %v; want %d", len(got), err, want+2)
	}
	b.WriteString("\nbad\n")
	var syntax *SyntaxError
	if _, err := readAll(b.String()); !errors.As(err, &syntax) || syntax.Line != want+3 {
		t.Errorf("got %v, want a syntax error in line %d", err, want+3)
	}
}

// TestStop leaves off in the middle.
func TestStop(t *testing.T) {
	text := strings.Repeat("<s> <p> <o> .\n", 100000)
	n := 0
	for range Read(strings.NewReader(text)) {
		if n++; n == 10 {
			break
		}
	}
	if n != 10 {
		t.Errorf("got %d quads", n)
	}
}

// FuzzRead checks that what is read is written so that it reads the same, and that a line reads
// the same alone.
func FuzzRead(f *testing.F) {
	f.Add("<s> <p> \"a\\n\"@en <g> .\n_:a <p> \"5\"^^<http://www.w3.org/2001/XMLSchema#integer> .")
	f.Add("# c\n<s> <p> \"2024-01-11T00:00:00.5Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\r\n")
	f.Add("<s> <p> <o> <g> .\n<s> <p> \"o\" .\n<s> <p> <o> <g> .")
	f.Fuzz(func(t *testing.T, text string) {
		quads, err := readAll(text)
		if err != nil {
			return
		}
		var out []byte
		for _, q := range quads {
			out = AppendQuad(out, q)
		}
		again, err := readAll(string(out))
		if err != nil || len(again) != len(quads) {
			t.Fatalf("%q: wrote %q: read %d quads of %d: %v", text, out, len(again), len(quads), err)
		}
		alone := 0
		for line := range strings.Lines(text) {
			one, err := readAll(line)
			if err != nil || len(one) > 0 && string(AppendQuad(nil, one[0])) != string(AppendQuad(nil, quads[alone])) {
				t.Errorf("%q: line %q alone is %v, %v", text, line, one, err)
			}
			alone += len(one)
		}
		for i, q := range quads {
			if string(AppendQuad(nil, q)) != string(AppendQuad(nil, again[i])) {
				t.Errorf("%q: read %v, then %v", text, q, again[i])
			}
		}
	})
}
