// Package nquads reads and writes N-Quads (https://www.w3.org/TR/n-quads/) at
// the speed of the store's bulk load: a reader parses on all cores, and yields the
// quads in the order of the text.
//
// A literal of type xsd:integer, xsd:double, xsd:boolean or xsd:dateTime becomes Cayley's
// native value where writing that gives the same bytes back, and a typed string
// otherwise. So a text comes out as it went in, but for comments, space
// and escapes: a character is written as itself where the grammar lets it be.
package nquads

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strings"

	"github.com/cayleygraph/quad"
)

// A SyntaxError says where a text is not N-Quads.
type SyntaxError struct {
	Line int // from 1
	Why  string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("N-Quads line %d: %s", e.Line, e.Why) }

// blockSize is how much text one goroutine parses at a time, in bytes.
const blockSize = 256 << 10

// Read yields the quads of r. An error, a [SyntaxError] or one of reading, is the last thing that it yields.
func Read(r io.Reader) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		stop := make(chan struct{})
		defer close(stop)
		line := 0
		for result := range parseBlocks(r, stop) {
			b := <-result
			for _, q := range b.quads {
				if !yield(q, nil) {
					return
				}
			}
			if b.err != nil {
				if b.why != "" {
					b.err = &SyntaxError{Line: line + b.lines, Why: b.why}
				}
				yield(quad.Quad{}, b.err)
				return
			}
			line += b.lines
		}
	}
}

// A block is what one goroutine made of a piece of text.
type block struct {
	quads []quad.Quad
	lines int // read; the last one is at fault if err is set
	why   string
	err   error
}

// parseBlocks yields the results for the pieces of r in order.
func parseBlocks(r io.Reader, stop <-chan struct{}) <-chan chan block {
	out := make(chan chan block, runtime.GOMAXPROCS(0))
	go func() {
		defer close(out)
		var rest []byte
		for {
			text, tail, err := readBlock(r, rest)
			rest = tail
			result := make(chan block, 1)
			select {
			case out <- result:
			case <-stop:
				return
			}
			if err != nil && err != io.EOF {
				result <- block{err: fmt.Errorf("read N-Quads: %w", err)}
				return
			}
			go func() { result <- parseBlock(string(text)) }()
			if err == io.EOF {
				return
			}
		}
	}()
	return out
}

// readBlock returns whole lines, starting with rest, and the start of the next line.
func readBlock(r io.Reader, rest []byte) (text, tail []byte, err error) {
	buf := append(make([]byte, 0, len(rest)+blockSize), rest...)
	for {
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return buf, nil, io.EOF
		}
		if err != nil {
			return nil, nil, err
		}
		if i := bytes.LastIndexByte(buf, '\n'); i >= 0 {
			return buf[:i+1], buf[i+1:], nil
		}
		buf = append(make([]byte, 0, 2*cap(buf)), buf...) // a line longer than the block
	}
}

func parseBlock(text string) (b block) {
	p := parser{text: text, terms: map[string]quad.Value{}}
	b.quads = make([]quad.Quad, 0, strings.Count(text, "\n")+1)
	for p.pos < len(p.text) {
		b.lines++
		q, ok, why := p.line()
		if why != "" {
			b.why, b.err = why, &SyntaxError{}
			return b
		}
		if ok {
			b.quads = append(b.quads, q)
		}
	}
	return b
}
