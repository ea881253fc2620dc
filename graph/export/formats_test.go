package export

import (
	"encoding/csv"
	"encoding/xml"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

func TestSorterAgreesWithSlicesSort(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 40 {
		s := newSorter(t.TempDir())
		s.limits = limits{bytes: 1 + random.IntN(2000), pieces: 1 + random.IntN(3)}
		want := []string{}
		for range random.IntN(2000) {
			r := "https://w3id.org/districtkg/id/"[:random.IntN(31)] + strings.Repeat("\x00", random.IntN(3)) + string(rune('a'+random.IntN(4)))
			want = append(want, r)
			if err := s.add([]byte(r)); err != nil {
				t.Fatal(err)
			}
		}
		spilled := len(s.files)
		slices.Sort(want)
		want = slices.Compact(want)
		var got []string
		for r, err := range s.all() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(r))
		}
		s.close()
		if !slices.Equal(got, want) {
			t.Fatalf("round %d: %d records, want %d", round, len(got), len(want))
		}
		for _, f := range s.files {
			if _, err := os.Stat(f.Name()); !os.IsNotExist(err) {
				t.Errorf("%s is still there: %v", f.Name(), err)
			}
		}
		if round == 39 && spilled == 0 && s.limits.bytes < 100 {
			t.Error("nothing went to a file")
		}
	}
}

func TestSorterWithoutADirectory(t *testing.T) {
	s := newSorter(t.TempDir() + "/none")
	s.limits = limits{bytes: 10, pieces: 1}
	var err error
	for range 100 {
		if err = s.add([]byte("0123456789")); err != nil {
			break
		}
	}
	s.close()
	if !os.IsNotExist(err) {
		t.Errorf("error %v", err)
	}
}

func TestTurtle(t *testing.T) {
	text := write(t, "turtle", sample(t, 1))
	for _, want := range []string{
		"@prefix dkg: <https://w3id.org/districtkg/ns#> .\n",
		"<https://w3id.org/districtkg/id/division/220102> a dkg:Division ;\n\trdfs:label \"第220102区\" ;\n\tdkg:code \"220102\" ;\n\tdkg:partOf <https://w3id.org/districtkg/id/division/220100> .\n",
		`dkg:value "30.23"^^xsd:decimal`,
		`skos:altLabel "QM" , "启明0" ;`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(text, "{") {
		t.Error("Turtle with a graph")
	}
	if trig := write(t, "trig", odd()); !strings.Contains(trig, "\n<https://example.org/g> {\n") {
		t.Errorf("TriG without its graph:\n%s", trig)
	}
}

func TestNetworksAreWhole(t *testing.T) {
	foreign := quad.Quad{Subject: quad.IRI("https://example.org/a&b"), Predicate: quad.IRI(schema.DefaultBase + "ns#locatedIn"), Object: quad.IRI("https://example.org/c")}
	for format, id := range map[string]*regexp.Regexp{"graphml": regexp.MustCompile(`<node id="([^"]*)"`), "gexf": regexp.MustCompile(`<node id="([^"]*)"`)} {
		text := write(t, format, append(sample(t, 2), foreign))
		if err := xml.Unmarshal([]byte(text), new(struct{})); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		nodes := map[string]bool{}
		for _, m := range id.FindAllStringSubmatch(text, -1) {
			if nodes[m[1]] {
				t.Errorf("%s: node %s twice", format, m[1])
			}
			nodes[m[1]] = true
		}
		ends := regexp.MustCompile(`(?:source|target)="([^"]*)"`).FindAllStringSubmatch(text, -1)
		for _, m := range ends {
			if !nodes[m[1]] {
				t.Errorf("%s: an edge ends at %s, which is no node", format, m[1])
			}
		}
		if len(nodes) != 3+4+4+4+2 || len(ends) != 2*(2+8+8+4+1) { // divisions, enterprises, projects, documents and two foreign ones
			t.Errorf("%s: %d nodes, %d ends of edges", format, len(nodes), len(ends))
		}
		if !strings.Contains(text, "第220102区") || !strings.Contains(text, "落户") {
			t.Errorf("%s: names are missing", format)
		}
	}
}

func TestCSV(t *testing.T) {
	all := sample(t, 2)
	for format, rows := range map[string]int{"csv-nodes": 3 + 4 + 4, "csv-edges": 4 * 11, "csv-figures": 4 * 12, "csv-evidence": 4 * (11 + 12 + 14 + 5)} {
		table, err := csv.NewReader(strings.NewReader(write(t, format, all))).ReadAll()
		if err != nil || len(table) != rows+1 {
			t.Errorf("%s: %d rows, want %d; %v", format, len(table)-1, rows, err)
			continue
		}
		for _, row := range table[1:] {
			if row[0] == "" || row[1] == "" || row[2] == "" {
				t.Errorf("%s: %q", format, row)
			}
		}
	}
}

func TestCubeHasNoCellTwice(t *testing.T) {
	text := write(t, "cube", sample(t, 2))
	cells := regexp.MustCompile(`(?s)dkg:subject .*?dkg:occurrence \d+`).FindAllString(text, -1)
	if n := len(cells); n != 4*12 {
		t.Errorf("%d observations, want 48", n)
	}
	slices.Sort(cells)
	if len(slices.Compact(cells)) != 4*12 {
		t.Error("two observations agree in all dimensions")
	}
}

func TestOntologyAndShapesNameEverything(t *testing.T) {
	var ontology, shapes strings.Builder
	if err := Ontology(&ontology, schema.IRIs{Base: schema.DefaultBase}); err != nil {
		t.Fatal(err)
	}
	if err := Shapes(&shapes, schema.IRIs{Base: schema.DefaultBase}); err != nil {
		t.Fatal(err)
	}
	for _, c := range quads.Classes() {
		if !strings.Contains(ontology.String(), "\ndkg:"+string(c.Class)+" a owl:Class") || !strings.Contains(shapes.String(), "sh:targetClass dkg:"+string(c.Class)+" ") {
			t.Errorf("%s is missing", c.Class)
		}
	}
	for _, p := range schema.Predicates() {
		if !strings.Contains(ontology.String(), "\ndkg:"+string(p.Predicate)+" a owl:ObjectProperty") || !strings.Contains(shapes.String(), "sh:targetObjectsOf dkg:"+string(p.Predicate)+" ") {
			t.Errorf("%s is missing", p.Predicate)
		}
	}
	for _, p := range quads.Properties() {
		if !strings.Contains(p.Name, ":") && !strings.Contains(ontology.String(), "\ndkg:"+p.Name+" a owl:") {
			t.Errorf("%s is missing", p.Name)
		}
	}
	if err := Shapes(full{}, schema.IRIs{Base: schema.DefaultBase}); err == nil {
		t.Error("a full disk was not noticed")
	}
}

func BenchmarkWrite(b *testing.B) {
	all := sample(b, 60)
	for _, f := range Formats() {
		b.Run(f.Name, func(b *testing.B) {
			for b.Loop() {
				if err := Write(b.Context(), io.Discard, f.Name, source(all), Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(all))*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}
