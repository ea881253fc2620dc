package export

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/graph/quads/quadstest"
	"github.com/districtkg/districtkg/schema"
)

// sample returns the quads of some documents, backwards, as a store might give them.
func sample(t testing.TB, districts int) []quad.Quad {
	t.Helper()
	v := quads.NewVocabulary(schema.IRIs{Base: schema.DefaultBase})
	var all []quad.Quad
	for d := range districts {
		for _, year := range []int{2022, 2023} {
			one, err := quads.FromFacts(quadstest.Bulletin(d, year, quadstest.Small), v)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, one...)
		}
	}
	slices.Reverse(all)
	return all
}

func source(all []quad.Quad) Source {
	return func() iter.Seq2[quad.Quad, error] {
		return func(yield func(quad.Quad, error) bool) {
			for _, q := range all {
				if !yield(q, nil) {
					return
				}
			}
		}
	}
}

func write(t testing.TB, format string, all []quad.Quad) string {
	t.Helper()
	var b strings.Builder
	if err := Write(t.Context(), &b, format, source(all), Options{TempDir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// odd are quads with all that writing can trip over.
func odd() []quad.Quad {
	s, p, g := quad.IRI("https://example.org/s"), quad.IRI("https://example.org/p"), quad.IRI("https://example.org/g")
	var all []quad.Quad
	for _, o := range []quad.Value{
		quad.String(""), quad.String("a\"b\\c\nd\re\tf\bg\fh\x00i\x7f"), quad.String("汉字𠀀"), quad.String("@en"), quad.String(`"^^<x>`),
		quad.LangString{Value: "词", Lang: "zh-Hans"}, quad.TypedString{Value: "1.50", Type: quads.XSDDecimal}, quad.TypedString{Value: "05", Type: quads.XSDInteger},
		quad.Int(-5), quad.Float(5.2192e10), quad.Float(1), quad.Float(-0.25), quad.Bool(true), quad.TypedString{Value: "2024-01-11T08:00:00.5Z", Type: quads.XSDDateTime},
		quad.TypedString{Value: "2023-01-01", Type: quads.XSDDate}, quad.IRI("https://example.org/a%20b?c=d#e"), quad.BNode("b1"), quad.IRI("urn:x:汉"),
	} {
		all = append(all, quad.Quad{Subject: s, Predicate: p, Object: o, Label: g}, quad.Quad{Subject: s, Predicate: p, Object: o})
	}
	all = append(all, quad.Quad{Subject: quad.BNode("b2"), Predicate: quads.RDFType, Object: quad.String("no class")}, quad.Quad{Subject: quad.BNode("b2"), Predicate: quads.RDFType, Object: g})
	return append(all, quad.Quad{Subject: quad.BNode("b1"), Predicate: quads.RDFType, Object: quad.IRI("https://w3id.org/districtkg/ns#Person"), Label: g})
}

func TestExportImportExport(t *testing.T) {
	for name, all := range map[string][]quad.Quad{"documents": sample(t, 3), "odd": odd(), "nothing": nil} {
		want := write(t, "nquads", all)
		for _, format := range []string{"nquads", "jsonld"} {
			text := write(t, format, all)
			back, err := Read(t.Context(), strings.NewReader(text), format)
			if err != nil {
				t.Fatal(err)
			}
			read := collect(t, back)
			if again := write(t, format, read); again != text {
				t.Errorf("%s: %s changed:\n%s", name, format, diff(text, again))
			}
			if lines := write(t, "nquads", read); lines != want {
				t.Errorf("%s: %s lost or added quads:\n%s", name, format, diff(want, lines))
			}
		}
	}
}

func collect(t testing.TB, all iter.Seq2[quad.Quad, error]) []quad.Quad {
	t.Helper()
	var out []quad.Quad
	for q, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

// diff returns the first lines that differ.
func diff(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "- " + x[i] + "\n+ " + y[i]
		}
	}
	return "one is longer"
}

func TestNQuadsAreCanonical(t *testing.T) {
	text := write(t, "nquads", append(sample(t, 2), odd()...))
	lines := strings.SplitAfter(text, "\n")
	lines = lines[:len(lines)-1]
	if !slices.IsSorted(lines) || len(slices.Compact(slices.Clone(lines))) != len(lines) {
		t.Error("lines are not sorted and distinct")
	}
	for _, want := range []string{
		`"5.2192E10"^^<http://www.w3.org/2001/XMLSchema#double>`, `"1.0E0"^^<`, `"-2.5E-1"^^<`, `"true"^^<http://www.w3.org/2001/XMLSchema#boolean>`,
		`"-5"^^<http://www.w3.org/2001/XMLSchema#integer>`, `"a\"b\\c\nd\re\tf\bg\fh\u0000i\u007F"`, `"词"@zh-Hans`, "_:b1 <",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(text, "<xsd:") {
		t.Error("a short datatype")
	}
}

func TestSameBytesWhateverTheOrder(t *testing.T) {
	all := sample(t, 3)
	other := slices.Clone(all)
	slices.SortFunc(other, quads.Compare)
	other = append(other, other[:50]...) // a store may repeat itself
	for _, f := range Formats() {
		a, b := write(t, f.Name, all), write(t, f.Name, other)
		if a != b {
			t.Errorf("%s: %s", f.Name, diff(a, b))
		}
		if len(a) == 0 {
			t.Errorf("%s: nothing written", f.Name)
		}
	}
}

func TestWriteReports(t *testing.T) {
	broken := errors.New("broken")
	failing := func() iter.Seq2[quad.Quad, error] {
		return func(yield func(quad.Quad, error) bool) { yield(quad.Quad{}, broken) }
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, f := range Formats() {
		if err := Write(t.Context(), &bytes.Buffer{}, f.Name, failing, Options{}); !errors.Is(err, broken) {
			t.Errorf("%s: broken source: %v", f.Name, err)
		}
		if err := Write(t.Context(), full{}, f.Name, source(sample(t, 2)), Options{}); !errors.Is(err, errFull) {
			t.Errorf("%s: full disk: %v", f.Name, err)
		}
		if err := Write(canceled, &bytes.Buffer{}, f.Name, source(sample(t, 1)), Options{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: canceled: %v", f.Name, err)
		}
	}
	if err := Write(t.Context(), &bytes.Buffer{}, "xml", failing, Options{}); !errors.Is(err, schema.ErrUnsupported) {
		t.Errorf("unknown format: %v", err)
	}
	if _, err := Read(t.Context(), strings.NewReader(""), "turtle"); !errors.Is(err, schema.ErrUnsupported) {
		t.Errorf("unknown format to read: %v", err)
	}
}

var errFull = errors.New("full")

// full takes no bytes.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// TestWriteFiles writes one file a format where DISTRICTKG_EXPORT_DIR says, for check/check.mjs and other tools.
func TestWriteFiles(t *testing.T) {
	dir := os.Getenv("DISTRICTKG_EXPORT_DIR")
	if dir == "" {
		dir = t.TempDir()
	}
	all := sample(t, 3)
	for _, f := range Formats() {
		if err := os.WriteFile(filepath.Join(dir, "sample"+f.Extension), []byte(write(t, f.Name, all)), 0o644); err != nil {
			t.Error(err)
		}
	}
	for name, make := range map[string]func(*bytes.Buffer) error{
		"ontology.ttl": func(b *bytes.Buffer) error { return Ontology(b, schema.IRIs{Base: schema.DefaultBase}) },
		"shapes.ttl":   func(b *bytes.Buffer) error { return Shapes(b, schema.IRIs{Base: schema.DefaultBase}) },
	} {
		var b bytes.Buffer
		if err := make(&b); err != nil {
			t.Error(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o644); err != nil {
			t.Error(err)
		}
	}
}
