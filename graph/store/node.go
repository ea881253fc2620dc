package store

import (
	"encoding/binary"
	"fmt"
)

// A node is the record of a value.
type node struct {
	counts [4]int64 // quads that have it as subject, predicate, object, label
	value  []byte   // encoded
}

func (n *node) appendTo(dst []byte) []byte {
	for _, c := range n.counts {
		dst = binary.AppendUvarint(dst, uint64(c))
	}
	return append(dst, n.value...)
}

// used reports whether a quad mentions the node.
func (n *node) used() bool { return n.counts != [4]int64{} }

// decodeNode reads a record. The value stays a part of b.
func decodeNode(b []byte) (n node, err error) {
	for i := range n.counts {
		c, w := binary.Uvarint(b)
		if w <= 0 {
			return n, fmt.Errorf("%w: node record cut short", ErrCorrupt)
		}
		n.counts[i], b = int64(c), b[w:]
	}
	n.value = b
	return n, nil
}

// totals are the numbers of nodes and quads in a store.
type totals struct{ nodes, quads int64 }

func (t totals) append(dst []byte) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(dst, uint64(t.nodes)), uint64(t.quads))
}

func decodeTotals(b []byte) (totals, error) {
	n, w := binary.Uvarint(b)
	if w <= 0 {
		return totals{}, fmt.Errorf("%w: totals", ErrCorrupt)
	}
	q, v := binary.Uvarint(b[w:])
	if v <= 0 || w+v != len(b) {
		return totals{}, fmt.Errorf("%w: totals", ErrCorrupt)
	}
	return totals{int64(n), int64(q)}, nil
}
