package export

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

func TestParseNQuad(t *testing.T) {
	s, p := quad.IRI("http://e/s"), quad.IRI("http://e/p")
	for _, tt := range []struct {
		line   string
		object quad.Value
		label  quad.Value
	}{
		{`<http://e/s> <http://e/p> <http://e/o> .`, quad.IRI("http://e/o"), nil},
		{`<http://e/s> <http://e/p> "o" <http://e/g> .`, quad.String("o"), quad.IRI("http://e/g")},
		{`<http://e/s><http://e/p>"o"<http://e/g>.`, quad.String("o"), quad.IRI("http://e/g")},
		{"\t<http://e/s>\t<http://e/p> _:b.c _:g . # a comment", quad.BNode("b.c"), quad.BNode("g")},
		{`<http://e/s> <http://e/p> _:b.`, quad.BNode("b"), nil},
		{`<http://e/s> <http://e/p> "\t\b\n\r\f\"\'\\\u6C49\U00020000" .`, quad.String("\t\b\n\r\f\"'\\汉𠀀"), nil},
		{`<http://e/s> <http://e/p> "词"@zh-Hans .`, quad.LangString{Value: "词", Lang: "zh-Hans"}, nil},
		{`<http://e/\u0073> <http://e/p> "o" .`, quad.String("o"), nil},
		{`<http://e/s> <http://e/p> "5"^^<http://www.w3.org/2001/XMLSchema#integer> .`, quad.Int(5), nil},
		{`<http://e/s> <http://e/p> "05"^^<http://www.w3.org/2001/XMLSchema#integer> .`, quad.TypedString{Value: "05", Type: quads.XSDInteger}, nil},
		{`<http://e/s> <http://e/p> "1e3"^^<http://www.w3.org/2001/XMLSchema#double> .`, quad.TypedString{Value: "1e3", Type: quads.XSDDouble}, nil},
		{`<http://e/s> <http://e/p> "1.0E3"^^<http://www.w3.org/2001/XMLSchema#double> .`, quad.Float(1000), nil},
		{`<http://e/s> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .`, quad.TypedString{Value: "1", Type: quads.XSDBoolean}, nil},
		{`<http://e/s> <http://e/p> "x"^^<http://www.w3.org/2001/XMLSchema#string> .`, quad.String("x"), nil},
		{`<http://e/s> <http://e/p> "NaN"^^<http://www.w3.org/2001/XMLSchema#double> .`, quad.TypedString{Value: "NaN", Type: quads.XSDDouble}, nil},
	} {
		q, ok, err := ParseNQuad(tt.line)
		if want := (quad.Quad{Subject: s, Predicate: p, Object: tt.object, Label: tt.label}); err != nil || !ok || q != want {
			t.Errorf("%s\n\tis %v, %v; want %v", tt.line, q, err, want)
		}
	}
}

func TestParseNQuadRefuses(t *testing.T) {
	for name, line := range map[string]string{
		"relative IRI":         `<s> <http://e/p> <http://e/o> .`,
		"space in an IRI":      `<http://e/ s> <http://e/p> <http://e/o> .`,
		"brace in an IRI":      `<http://e/{s}> <http://e/p> <http://e/o> .`,
		"short datatype":       `<http://e/s> <http://e/p> "5"^^xsd:integer .`,
		"relative datatype":    `<http://e/s> <http://e/p> "5"^^<integer> .`,
		"literal subject":      `"s" <http://e/p> <http://e/o> .`,
		"blank predicate":      `<http://e/s> _:p <http://e/o> .`,
		"literal label":        `<http://e/s> <http://e/p> <http://e/o> "g" .`,
		"no dot":               `<http://e/s> <http://e/p> <http://e/o>`,
		"two dots":             `<http://e/s> <http://e/p> <http://e/o> . .`,
		"two terms":            `<http://e/s> <http://e/p> .`,
		"open literal":         `<http://e/s> <http://e/p> "o .`,
		"open IRI":             `<http://e/s> <http://e/p> <http://e/o .`,
		"unknown escape":       `<http://e/s> <http://e/p> "\q" .`,
		"surrogate":            `<http://e/s> <http://e/p> "\uD800" .`,
		"half an escape":       `<http://e/s> <http://e/p> "\u12" .`,
		"letter escape in IRI": `<http://e/\n> <http://e/p> "o" .`,
		"no language":          `<http://e/s> <http://e/p> "o"@ .`,
		"digit language":       `<http://e/s> <http://e/p> "o"@1 .`,
		"not UTF-8":            "<http://e/s> <http://e/p> \"\xff\" .",
	} {
		if q, _, err := ParseNQuad(line); !errors.Is(err, schema.ErrInvalid) {
			t.Errorf("%s: %v, %v", name, q, err)
		}
	}
	for _, line := range []string{"", "  \t", "# comment", "  # comment"} {
		if _, ok, err := ParseNQuad(line); ok || err != nil {
			t.Errorf("%q: %v, %v", line, ok, err)
		}
	}
}

func TestReadNQuadsTellsTheLine(t *testing.T) {
	text := "# head\r\n<http://e/s> <http://e/p> \"1\" .\n\n<s> <http://e/p> \"2\" .\n"
	n := 0
	for _, err := range ReadNQuads(t.Context(), strings.NewReader(text)) {
		if n++; n == 2 && (!errors.Is(err, schema.ErrInvalid) || !strings.Contains(err.Error(), "line 5")) { // CR and LF end a line each
			t.Errorf("error %v", err)
		}
	}
	if n != 2 {
		t.Errorf("%d results, want a quad and an error", n)
	}
	for _, err := range ReadNQuads(t.Context(), iotest.ErrReader(io.ErrUnexpectedEOF)) {
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("broken reader: %v", err)
		}
	}
}

func FuzzParseNQuad(f *testing.F) {
	for _, q := range odd() {
		f.Add(strings.TrimSuffix(string(AppendQuad(nil, q)), "\n"))
	}
	f.Add(`<http://e/\u0000> <http://e/p> "\U0010FFFF"@a-b _:g .`)
	f.Fuzz(func(t *testing.T, line string) {
		q, ok, err := ParseNQuad(line)
		if err != nil || !ok {
			return
		}
		once := string(AppendQuad(nil, q))
		again, ok, err := ParseNQuad(strings.TrimSuffix(once, "\n"))
		if err != nil || !ok || again != q {
			t.Fatalf("%q is written as %q and read as %v, %v", line, once, again, err)
		}
		if twice := string(AppendQuad(nil, again)); twice != once {
			t.Errorf("%q, then %q", once, twice)
		}
	})
}

func TestReadJSONLD(t *testing.T) {
	const text = `{
	"@context": {"ex": "http://e/", "name": "ex:name", "knows": {"@id": "ex:knows", "@type": "@id"},
		"age": {"@id": "ex:age", "@type": "http://www.w3.org/2001/XMLSchema#integer"}, "@vocab": "http://v/"},
	"@id": "ex:s", "@type": ["ex:A", "B"], "name": "名", "knows": ["ex:o", "_:b"], "age": "7",
	"n": 5, "d": 0.5, "b": true, "no": null, "l": {"@value": "词", "@language": "zh"},
	"child": {"@id": "ex:c", "name": ["x", "y"]}
	}`
	got := map[quad.Quad]bool{}
	for _, q := range collect(t, ReadJSONLD(t.Context(), strings.NewReader(text))) {
		got[q] = true
	}
	s := quad.IRI("http://e/s")
	for _, want := range []quad.Quad{
		{Subject: s, Predicate: quads.RDFType, Object: quad.IRI("http://e/A")},
		{Subject: s, Predicate: quads.RDFType, Object: quad.IRI("http://v/B")},
		{Subject: s, Predicate: quad.IRI("http://e/name"), Object: quad.String("名")},
		{Subject: s, Predicate: quad.IRI("http://e/knows"), Object: quad.IRI("http://e/o")},
		{Subject: s, Predicate: quad.IRI("http://e/knows"), Object: quad.BNode("b")},
		{Subject: s, Predicate: quad.IRI("http://e/age"), Object: quad.Int(7)},
		{Subject: s, Predicate: quad.IRI("http://v/n"), Object: quad.Int(5)},
		{Subject: s, Predicate: quad.IRI("http://v/d"), Object: quad.Float(0.5)},
		{Subject: s, Predicate: quad.IRI("http://v/b"), Object: quad.Bool(true)},
		{Subject: s, Predicate: quad.IRI("http://v/l"), Object: quad.LangString{Value: "词", Lang: "zh"}},
		{Subject: s, Predicate: quad.IRI("http://v/child"), Object: quad.IRI("http://e/c")},
		{Subject: quad.IRI("http://e/c"), Predicate: quad.IRI("http://e/name"), Object: quad.String("x")},
		{Subject: quad.IRI("http://e/c"), Predicate: quad.IRI("http://e/name"), Object: quad.String("y")},
	} {
		if !got[want] {
			t.Errorf("no %v", want)
		}
		delete(got, want)
	}
	if len(got) != 0 {
		t.Errorf("also %v", got)
	}
}

func TestReadJSONLDRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       error
	}{
		{"remote context", `{"@context": "https://schema.org/", "@id": "http://e/s"}`, schema.ErrUnsupported},
		{"base", `{"@context": {"@base": "http://e/"}, "@id": "s"}`, schema.ErrUnsupported},
		{"list", `{"@id": "http://e/s", "http://e/p": {"@list": []}}`, schema.ErrUnsupported},
		{"reverse", `{"@id": "http://e/s", "@reverse": {}}`, schema.ErrUnsupported},
		{"no id", `{"@graph": [{"http://e/p": 1}]}`, schema.ErrUnsupported},
		{"late context", `{"@graph": [], "@context": {}}`, schema.ErrUnsupported},
		{"direction", `{"@id": "http://e/s", "http://e/p": {"@value": "x", "@direction": "ltr"}}`, schema.ErrUnsupported},
		{"unknown term", `{"@id": "http://e/s", "name": "x"}`, schema.ErrInvalid},
		{"relative id", `{"@id": "s", "http://e/p": 1}`, schema.ErrInvalid},
		{"not JSON", `{"@id": `, schema.ErrInvalid},
		{"a number", `5`, schema.ErrInvalid},
		{"two documents", `{} {}`, schema.ErrInvalid},
		{"graph in graph", `{"@graph": [{"@id": "http://e/g", "@graph": [{"@id": "http://e/h", "@graph": []}]}]}`, schema.ErrInvalid},
	} {
		var err error
		for _, e := range ReadJSONLD(t.Context(), strings.NewReader(tt.text)) {
			err = e
		}
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestReadersStop(t *testing.T) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, format := range []string{"nquads", "jsonld"} {
		text := write(t, format, sample(t, 2))
		for ctx, want := range map[context.Context]error{t.Context(): nil, canceled: context.Canceled} {
			all, _ := Read(ctx, strings.NewReader(text), format)
			n := 0
			for _, err := range all {
				if n++; !errors.Is(err, want) {
					t.Errorf("%s: %v, want %v", format, err, want)
				}
				break
			}
			if n != 1 {
				t.Errorf("%s: %d results after the caller left", format, n)
			}
		}
	}
}

func FuzzReadJSONLD(f *testing.F) {
	f.Add(`{"@context": {"a": "http://e/"}, "@graph": [{"@id": "a:g", "@graph": [{"@id": "a:s", "a:p": [1, "x", {"@id": "_:b"}]}]}]}`)
	f.Add(`[{"@id": "http://e/s", "@type": "http://e/T", "http://e/p": {"@value": "1", "@type": "http://e/d"}}]`)
	f.Fuzz(func(t *testing.T, text string) {
		var all []quad.Quad
		for q, err := range ReadJSONLD(t.Context(), strings.NewReader(text)) {
			if err != nil {
				return
			}
			all = append(all, q)
		}
		lines := write(t, "nquads", all)
		for q, err := range ReadNQuads(t.Context(), strings.NewReader(lines)) {
			if err != nil {
				t.Fatalf("%s gives %v, which N-Quads cannot say: %v", text, q, err)
			}
		}
	})
}
