package store

import (
	"encoding/binary"

	"github.com/cockroachdb/pebble/v2/sstable/colblk"
)

// dictMost is how many distinct ids a column tells apart by a byte.
const dictMost = 1<<8 - 1

// An idColumn collects one number of each key of a block. Most columns have few distinct ones, or
// each many times over: these are written once, and for each key a byte says which one it has. It
// takes less room than a general compressor makes of them, and a seek need not unpack the block.
//
// In a block a column is one byte, how many distinct numbers it has, or 0 if it lists the number
// of each key; then these numbers, of eight bytes, little endian; then, unless there is one
// number, or one for each key, a byte for each key: its number's place.
type idColumn struct {
	rows   []uint64 // the number of each key
	values []uint64 // each once, in the order of their coming; with one more than dictMost it is given up
	index  []byte   // of each key's number in values
	before int      // values without the last key, which Pebble may take back
	slots  [4 * (dictMost + 1)]uint8
}

func (c *idColumn) reset() {
	c.rows, c.values, c.index, c.before = c.rows[:0], c.values[:0], c.index[:0], 0
	clear(c.slots[:])
}

// add adds the number of the next key.
func (c *idColumn) add(v uint64) {
	c.before = len(c.values)
	if len(c.values) <= dictMost {
		if n := len(c.rows); n > 0 && v == c.rows[n-1] {
			c.index = append(c.index, c.index[n-1])
		} else {
			c.index = append(c.index, c.find(v))
		}
	}
	c.rows = append(c.rows, v)
}

// find returns the place of v in values, where it puts what is new. Slots are a hash table of
// these places, each plus one; the ids are hashes themselves.
func (c *idColumn) find(v uint64) byte {
	for slot := v % uint64(len(c.slots)); ; slot = (slot + 1) % uint64(len(c.slots)) {
		at := c.slots[slot]
		if at == 0 {
			c.values = append(c.values, v)
			c.slots[slot] = byte(len(c.values)) // 0 for the one that is too many: then nobody asks
			return byte(len(c.values) - 1)
		}
		if c.values[at-1] == v {
			return at - 1
		}
	}
}

// distinct returns how many values the first rows have, or 0 if it takes less room to list them all.
func (c *idColumn) distinct(rows int) int {
	n := len(c.values)
	if rows < len(c.rows) {
		n = c.before
	}
	if n > dictMost || n > 1 && n*idLen+rows >= rows*idLen {
		return 0
	}
	return n
}

func (c *idColumn) size(rows int, offset uint32) uint32 {
	switch n := c.distinct(rows); n {
	case 0:
		return offset + 1 + uint32(rows*idLen)
	case 1:
		return offset + 1 + idLen
	default:
		return offset + 1 + uint32(n*idLen+rows)
	}
}

func (c *idColumn) finish(rows int, offset uint32, buf []byte) uint32 {
	n := c.distinct(rows)
	buf[offset] = byte(n)
	offset++
	values := c.values[:n]
	if n == 0 {
		values = c.rows[:rows]
	}
	for _, v := range values {
		binary.LittleEndian.PutUint64(buf[offset:], v)
		offset += idLen
	}
	if n > 1 {
		offset += uint32(copy(buf[offset:], c.index[:rows]))
	}
	return offset
}

// A columnReader reads the columns of a block, to which it has the only pointer.
type columnReader struct {
	data    []byte
	columns [columns]columnPlace
}

// A columnPlace says where in a block a column is.
type columnPlace struct {
	values uint32
	index  uint32 // 0 if there is none
	one    bool   // whether all keys have the same number
}

func (r *columnReader) init(b *colblk.BlockDecoder) {
	r.data = b.Data()
	for i := range r.columns {
		r.columns[i] = colblk.DecodeColumn(b, i, b.Rows(), colblk.DataTypeUint, findColumn)
	}
}

// findColumn finds the column at the offset, and its end.
func findColumn(buf []byte, offset uint32, rows int) (columnPlace, uint32) {
	p := columnPlace{values: offset + 1}
	switch n := uint32(buf[offset]); n {
	case 0:
		return p, p.values + uint32(rows)*idLen
	case 1:
		p.one = true
		return p, p.values + idLen
	default:
		p.index = p.values + n*idLen
		return p, p.index + uint32(rows)
	}
}

// at returns the number of the key n in the column i.
func (r *columnReader) at(i, n int) uint64 {
	c := &r.columns[i]
	switch {
	case c.index > 0:
		n = int(r.data[int(c.index)+n])
	case c.one:
		n = 0
	}
	return binary.LittleEndian.Uint64(r.data[int(c.values)+n*idLen:])
}
