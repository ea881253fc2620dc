package export

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/schema"
)

// inNetwork reports whether things of a class are nodes of a network: named things and documents.
func inNetwork(c schema.Class) bool {
	return c == schema.DocumentClass || slices.ContainsFunc(schema.Classes(), func(i schema.ClassInfo) bool { return i.Class == c && i.Named })
}

// name returns the name that most documents use, of equals the longest, else the IRI; and the others.
func (x *subject) name() (name string, aliases []string) {
	for s := range x.names {
		aliases = append(aliases, s)
	}
	if len(aliases) == 0 {
		return x.iri, nil
	}
	slices.SortFunc(aliases, func(a, b string) int {
		return cmp.Or(cmp.Compare(x.names[b], x.names[a]), cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	name, aliases = aliases[0], aliases[1:]
	slices.Sort(aliases)
	return name, aliases
}

// An edge is a relation with the number of documents that state it.
type edge struct {
	source, predicate, target string
	documents                 int
}

// edges yields the relations between nodes, sorted.
func (w *writer) edges() iter.Seq2[edge, error] {
	return func(yield func(edge, error) bool) {
		s, err := w.sorted(func(dst []byte, q quad.Quad) []byte {
			if w.vocab.PredicateOf(q.Predicate) == "" {
				return dst
			}
			return appendRecord(dst, q.Subject, q.Predicate, q.Object, q.Label)
		})
		if err != nil {
			yield(edge{}, err)
			return
		}
		defer s.close()
		if err := w.eachEdge(s, func(e edge) bool { return yield(e, nil) }); err != nil {
			yield(edge{}, err)
		}
	}
}

func (w *writer) eachEdge(s *sorter, yield func(edge) bool) error {
	var last []byte // record without its graph
	var now edge
	for record, err := range s.all() {
		if err == nil {
			err = w.failed()
		}
		if err != nil {
			return err
		}
		var f [4][]byte
		fields(record, f[:])
		if triple := record[:len(record)-len(f[3])-1]; !bytes.Equal(triple, last) {
			if last != nil && !yield(now) {
				return nil
			}
			last = append(last[:0], triple...)
			now = edge{decoded(string(f[0])), string(w.vocab.PredicateOf(quad.IRI(decoded(string(f[1]))))), decoded(string(f[2])), 0}
		}
		now.documents++
	}
	if last != nil {
		yield(now)
	}
	return nil
}

// labelOf returns the Chinese label of a relation.
func labelOf(predicate string) string {
	for _, p := range schema.Predicates() {
		if string(p.Predicate) == predicate {
			return p.Chinese
		}
	}
	return predicate
}

// A colour is red, green and blue.
type colour [3]uint8

// A classColour is a row of the table of colours.
type classColour struct {
	class  schema.Class
	colour colour
}

// colours has one for each class of nodes, told apart by hue.
var colours = [...]classColour{
	{schema.Division, colour{228, 87, 86}},
	{schema.Enterprise, colour{76, 120, 168}},
	{schema.Agency, colour{114, 183, 178}},
	{schema.Organization, colour{84, 162, 75}},
	{schema.Hospital, colour{238, 202, 59}},
	{schema.School, colour{178, 121, 162}},
	{schema.Project, colour{245, 133, 24}},
	{schema.Zone, colour{157, 117, 93}},
	{schema.Place, colour{136, 210, 122}},
	{schema.Road, colour{121, 112, 110}},
	{schema.Program, colour{255, 157, 166}},
	{schema.Event, colour{214, 165, 201}},
	{schema.Honor, colour{212, 166, 42}},
	{schema.Person, colour{67, 147, 195}},
	{schema.DocumentClass, colour{186, 176, 172}},
}

// colourOf returns the colour of a class, grey for one that has none.
func colourOf(class string) colour {
	for _, row := range colours {
		if string(row.class) == class {
			return row.colour
		}
	}
	return colour{128, 128, 128}
}

func (c colour) hex() string { return fmt.Sprintf("#%02X%02X%02X", c[0], c[1], c[2]) }

// escaped returns text that can stand in XML, in an attribute too.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

// token names a node in a way that XML's NMTOKEN allows, which GraphML demands.
func token(iri string) string {
	sum := sha256.Sum256([]byte(iri))
	return "n" + hex.EncodeToString(sum[:10])
}

func writeGraphML(w *writer) error {
	w.put(xml.Header, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`+
		` xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">`, "\n")
	for _, k := range [][3]string{{"label", "node", "string"}, {"class", "node", "string"}, {"iri", "node", "string"}, {"code", "node", "string"},
		{"color", "node", "string"}, {"documents", "node", "int"}, {"predicate", "edge", "string"}, {"name", "edge", "string"}, {"weight", "edge", "int"}} {
		w.put(`<key id="`, k[0], `" for="`, k[1], `" attr.name="`, k[0], `" attr.type="`, k[2], `"/>`, "\n")
	}
	w.put(`<graph id="districtkg" edgedefault="directed">`, "\n")
	for x, err := range w.subjects() {
		if err != nil {
			return err
		}
		name, _ := x.name()
		w.put(`<node id="`, token(x.iri), `">`)
		w.data("label", name, "class", x.class, "iri", x.iri, "code", x.code, "color", colourOf(x.class).hex(), "documents", strconv.Itoa(x.docs))
		w.put("</node>\n")
	}
	for e, err := range w.edges() {
		if err != nil {
			return err
		}
		w.put(`<edge source="`, token(e.source), `" target="`, token(e.target), `">`)
		w.data("predicate", e.predicate, "name", labelOf(e.predicate), "weight", strconv.Itoa(e.documents))
		w.put("</edge>\n")
	}
	w.put("</graph>\n</graphml>\n")
	return nil
}

// data writes keys and values of GraphML, leaving out empty ones.
func (w *writer) data(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			w.put(`<data key="`, pairs[i], `">`, escaped(pairs[i+1]), "</data>")
		}
	}
}

func writeGEXF(w *writer) error {
	w.put(xml.Header, `<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">`, "\n",
		"<meta><creator>districtkg</creator><description>", escaped(w.opt.IRIs.Base), "</description></meta>\n",
		`<graph defaultedgetype="directed" mode="static">`, "\n",
		`<attributes class="node"><attribute id="class" title="class" type="string"/><attribute id="code" title="code" type="string"/>`,
		`<attribute id="documents" title="documents" type="integer"/></attributes>`, "\n",
		`<attributes class="edge"><attribute id="predicate" title="predicate" type="string"/></attributes>`, "\n<nodes>\n")
	for x, err := range w.subjects() {
		if err != nil {
			return err
		}
		name, _ := x.name()
		c := colourOf(x.class)
		w.put(`<node id="`, escaped(x.iri), `" label="`, escaped(name), `"><attvalues>`)
		w.attributes("class", x.class, "code", x.code, "documents", strconv.Itoa(x.docs))
		w.put("</attvalues>", fmt.Sprintf(`<viz:color r="%d" g="%d" b="%d"/>`, c[0], c[1], c[2]), "</node>\n")
	}
	w.put("</nodes>\n<edges>\n")
	n := 0
	for e, err := range w.edges() {
		if err != nil {
			return err
		}
		w.put(`<edge id="`, strconv.Itoa(n), `" source="`, escaped(e.source), `" target="`, escaped(e.target), `" label="`, escaped(labelOf(e.predicate)),
			`" weight="`, strconv.Itoa(e.documents), `"><attvalues>`)
		w.attributes("predicate", e.predicate)
		w.put("</attvalues></edge>\n")
		n++
	}
	w.put("</edges>\n</graph>\n</gexf>\n")
	return nil
}

// attributes writes keys and values of GEXF, leaving out empty ones.
func (w *writer) attributes(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			w.put(`<attvalue for="`, pairs[i], `" value="`, escaped(pairs[i+1]), `"/>`)
		}
	}
}
