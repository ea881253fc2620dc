package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
)

// size says what a generated graph looks like.
type size struct{ Quads, Entities, Predicates, Documents int }

const base = "http://example.org/"

// valuePredicates is how many of the predicates have values as objects, not entities:
// texts, decimals (as typed strings, since nothing reads them as numbers) and integers.
const valuePredicates = 10

// write writes the graph as N-Quads, document by document and, in each, subject by subject. The same
// shape gives the same bytes. A document's quads are its own: none is in two.
func (g size) write(w io.Writer) error {
	r := rand.New(rand.NewPCG(1, 2))
	b := bufio.NewWriterSize(w, 1<<20)
	per := max(1, g.Quads/g.Documents)
	subject := 0
	for i := range g.Quads {
		if i%per%10 == 0 {
			subject = r.IntN(g.Entities)
		}
		predicate := r.IntN(g.Predicates)
		fmt.Fprintf(b, "<%s> <%s> %s <%s> .\n", entityIRI(subject), predicateIRI(predicate), g.object(r, i, predicate), documentIRI(i/per))
	}
	return b.Flush()
}

// object returns an object that tells the quad from all others of its kind: i is the quad's number.
func (g size) object(r *rand.Rand, i, predicate int) string {
	switch {
	case predicate >= min(valuePredicates, g.Predicates-1):
		// A subject's quads end in different digits, so that no two are the same.
		return "<" + entityIRI((r.IntN(max(1, g.Entities/10))*10+i%10)%g.Entities) + ">"
	case predicate == integerPredicate:
		return fmt.Sprintf(`"%d"^^<http://www.w3.org/2001/XMLSchema#integer>`, r.IntN(10000)*10+i%10)
	case predicate%3 == 0:
		return fmt.Sprintf(`"%d.%02d"^^<http://www.w3.org/2001/XMLSchema#decimal>`, r.IntN(100000), i%100)
	}
	return fmt.Sprintf(`"第%d号 %d亿元"`, i, r.IntN(1000))
}

// integerPredicate is the one whose values are numbers to all stores.
const integerPredicate = 1

func entityIRI(i int) string    { return fmt.Sprintf("%se/%06d", base, i) }
func predicateIRI(i int) string { return fmt.Sprintf("%sp/%02d", base, i) }
func documentIRI(i int) string  { return fmt.Sprintf("%sg/%03d", base, i) }
