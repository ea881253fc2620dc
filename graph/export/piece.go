package export

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// A piece is records in one buffer, to be sorted in memory.
type piece struct {
	text    []byte
	records []record32
}

// A record32 is a record in a piece's text, with the eight bytes by which it is
// being compared: big endian, with zeros after its end.
type record32 struct {
	key        uint64
	start, end uint32
}

// load takes the keys from so many bytes into each record.
func (p *piece) load(rs []record32, depth int) {
	for i := range rs {
		rest := p.text[int(rs[i].start)+min(depth, int(rs[i].end-rs[i].start)) : rs[i].end]
		if len(rest) >= 8 {
			rs[i].key = binary.BigEndian.Uint64(rest)
			continue
		}
		var padded [8]byte
		copy(padded[:], rest)
		rs[i].key = binary.BigEndian.Uint64(padded[:])
	}
}

// few is how many records are sorted by plain comparison.
const few = 12

// sort sorts records that agree in their first depth bytes and whose keys are
// those that follow: three-way quicksort by keys, then the records of equal
// keys by the next eight bytes. IRIs share long beginnings, which are thus read
// once and not once a comparison.
func (p *piece) sort(rs []record32, depth int) {
	for len(rs) > few {
		pivot := median(rs[0].key, rs[len(rs)/2].key, rs[len(rs)-1].key)
		lt, gt := partition(rs, pivot)
		p.sort(rs[:lt], depth)
		p.sort(rs[gt:], depth)
		rs = p.deepen(rs[lt:gt], depth)
		depth += 8
	}
	slices.SortFunc(rs, func(a, b record32) int {
		return bytes.Compare(p.text[a.start:a.end], p.text[b.start:b.end])
	})
}

// partition moves records with lesser keys to the front and those with greater
// ones to the back, and returns where the equal ones begin and end.
func partition(rs []record32, pivot uint64) (lt, gt int) {
	gt = len(rs)
	for i := 0; i < gt; {
		switch k := rs[i].key; {
		case k < pivot:
			rs[i], rs[lt] = rs[lt], rs[i]
			lt, i = lt+1, i+1
		case k > pivot:
			gt--
			rs[i], rs[gt] = rs[gt], rs[i]
		default:
			i++
		}
	}
	return lt, gt
}

// deepen puts the records that end within their keys first, shorter before
// longer, and returns the others with their next keys.
func (p *piece) deepen(rs []record32, depth int) []record32 {
	ended := 0
	for i := range rs {
		if int(rs[i].end-rs[i].start) <= depth+8 {
			rs[i], rs[ended] = rs[ended], rs[i]
			ended++
		}
	}
	slices.SortFunc(rs[:ended], func(a, b record32) int { return cmp.Compare(a.end-a.start, b.end-b.start) })
	p.load(rs[ended:], depth+8)
	return rs[ended:]
}

func median(a, b, c uint64) uint64 { return max(min(a, b), min(max(a, b), c)) }
