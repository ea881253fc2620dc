package store

import (
	"encoding/binary"

	"github.com/cayleygraph/quad"
)

// First bytes of keys; part of the format.
const (
	metaPrefix = 'm'
	nodePrefix = 'n'
)

// Names of meta keys; part of the format.
const (
	metaFormat = iota + 1
	metaTotals
)

func metaKey(name uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{metaPrefix}, name)
}

const (
	idLen   = 8
	nodeLen = 1 + idLen
	quadLen = 1 + 4*idLen
)

// ids are the node ids of a quad: subject, predicate, object, label.
// A label of 0 is none.
type ids [4]uint64

// at returns the id in the direction d.
func (q ids) at(d quad.Direction) uint64 { return q[d-quad.Subject] }

// An order is one of the ways in which quads are sorted.
type order struct {
	prefix byte
	dirs   [4]uint8 // positions in ids
}

const (
	bySubject = iota
	byPredicate
	byObject
	byLabel
)

// orders returns the four orders, so that orders()[d] starts with position d.
// Together they have as a prefix each position, and the pairs SP, PO, OS and LS.
// The pairs LP and LO are found by the shorter list, filtered.
func orders() [4]order {
	return [4]order{
		bySubject:   {'s', [4]uint8{0, 1, 2, 3}},
		byPredicate: {'p', [4]uint8{1, 2, 0, 3}},
		byObject:    {'o', [4]uint8{2, 0, 1, 3}},
		byLabel:     {'l', [4]uint8{3, 0, 1, 2}},
	}
}

// appendKey appends the key of q in the order o.
func (o *order) appendKey(dst []byte, q ids) []byte {
	dst = append(dst, o.prefix)
	for _, d := range o.dirs {
		dst = binary.BigEndian.AppendUint64(dst, q[d])
	}
	return dst
}

// permute returns the ids of q in the sequence of the order.
func (o *order) permute(q ids) ids {
	return ids{q[o.dirs[0]], q[o.dirs[1]], q[o.dirs[2]], q[o.dirs[3]]}
}

// permuted returns the order of ids that permute has put in the sequence of o.
func (o *order) permuted() order { return order{o.prefix, [4]uint8{0, 1, 2, 3}} }

// decode is the inverse of appendKey for a key that is quadLen long. The places are below
// four; masked, the compiler knows it too.
func (o *order) decode(key []byte, q *ids) {
	_ = key[quadLen-1]
	q[o.dirs[0]&3] = binary.BigEndian.Uint64(key[1:])
	q[o.dirs[1]&3] = binary.BigEndian.Uint64(key[1+idLen:])
	q[o.dirs[2]&3] = binary.BigEndian.Uint64(key[1+2*idLen:])
	q[o.dirs[3]&3] = binary.BigEndian.Uint64(key[1+3*idLen:])
}

func appendNodeKey(dst []byte, id uint64) []byte {
	return binary.BigEndian.AppendUint64(append(dst, nodePrefix), id)
}

// after returns the least key that is greater than all keys with this prefix,
// in the space of prefix: the prefix is changed. No prefix of ours is all 0xff,
// because the first byte is a letter.
func after(prefix []byte) []byte {
	for i := len(prefix) - 1; ; i-- {
		if prefix[i]++; prefix[i] != 0 {
			return prefix[:i+1]
		}
	}
}

// compareIDs compares as the keys do.
func compareIDs(a, b ids) int {
	// The first ids differ most often, so they are not left to the loop.
	if a[0] != b[0] {
		return less(a[0], b[0])
	}
	for i := 1; i < len(a); i++ {
		if a[i] != b[i] {
			return less(a[i], b[i])
		}
	}
	return 0
}

// less returns the order of numbers that differ.
func less(a, b uint64) int {
	if a < b {
		return -1
	}
	return 1
}

// A pattern matches the quads that have the given ids where bound is true.
type pattern struct {
	ids   ids
	bound [4]bool
}

func (p *pattern) set(d quad.Direction, id uint64) {
	p.ids[d-quad.Subject], p.bound[d-quad.Subject] = id, true
}

func (p *pattern) match(q ids) bool {
	for i, b := range p.bound {
		if b && p.ids[i] != q[i] {
			return false
		}
	}
	return true
}

// count returns how many positions are bound.
func (p *pattern) count() (n int) {
	for _, b := range p.bound {
		if b {
			n++
		}
	}
	return n
}

// prefixLen returns how many leading positions of the order are bound.
func (p *pattern) prefixLen(o *order) int {
	for i, d := range o.dirs {
		if !p.bound[d] {
			return i
		}
	}
	return len(o.dirs)
}

// appendPrefix appends the part of the key that the pattern fixes.
func (p *pattern) appendPrefix(dst []byte, o *order) []byte {
	dst = append(dst, o.prefix)
	for _, d := range o.dirs[:p.prefixLen(o)] {
		dst = binary.BigEndian.AppendUint64(dst, p.ids[d])
	}
	return dst
}
