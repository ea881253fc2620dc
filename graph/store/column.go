package store

import "github.com/cockroachdb/pebble/v2/sstable/colblk"

// dictMost is how many distinct ids a column tells apart by a byte.
const dictMost = 1 << 8

// An idColumn collects one id of each key of a block. Most columns have few distinct ids, or
// each many times over: these are written once, and for each key a byte says which one it has. It
// takes less room than a general compressor makes of them, and a seek need not unpack
// the block. In a block a column is one byte, the number of distinct ids less one,
// or 0 for a column that lists its ids plainly; then the ids, as Pebble
// writes numbers; then, unless it lists them plainly, a byte for each key.
type idColumn struct {
	rows   colblk.UintBuilder // the id of each key
	values colblk.UintBuilder // each once, in the order of their coming; the first after dictMost is the last
	index  []byte             // of each key's id in values

	added  int                  // keys
	n      int                  // values
	before int                  // values without the last key, which Pebble may take back
	slots  [4 * dictMost]uint16 // hash table: index in values, plus one
}

func (c *idColumn) init() {
	c.rows.Init()
	c.values.Init()
}

func (c *idColumn) reset() {
	c.rows.Reset()
	c.values.Reset()
	c.index = c.index[:0]
	c.added, c.n, c.before = 0, 0, 0
	clear(c.slots[:])
}

// add makes id that of the row, which follows the last one.
func (c *idColumn) add(row int, id uint64) {
	c.before = c.n
	if c.n <= dictMost {
		if row == 0 || id != c.rows.Get(row-1) {
			c.index = append(c.index, c.find(id))
		} else {
			c.index = append(c.index, c.index[row-1])
		}
	}
	c.rows.Set(row, id)
	c.added = row + 1
}

// find returns the index of id in values, where it puts what is new.
func (c *idColumn) find(id uint64) byte {
	for slot := id % uint64(len(c.slots)); ; slot = (slot + 1) % uint64(len(c.slots)) {
		at := int(c.slots[slot])
		if at == 0 {
			c.values.Set(c.n, id)
			c.n++
			c.slots[slot] = uint16(c.n)
			return byte(c.n - 1)
		}
		if c.values.Get(at-1) == id {
			return byte(at - 1)
		}
	}
}

// distinct returns how many values the first rows have, or 0 if they are better listed plainly.
func (c *idColumn) distinct(rows int) int {
	n := c.n
	if rows < c.added {
		n = c.before
	}
	// One value is a number of which Pebble writes nothing but itself.
	if n < 2 || n > dictMost || n*idLen+rows >= rows*idLen {
		return 0
	}
	return n
}

func (c *idColumn) size(rows int, offset uint32) uint32 {
	if n := c.distinct(rows); n > 0 {
		return c.values.Size(n, offset+1) + uint32(rows)
	}
	return c.rows.Size(rows, offset+1)
}

func (c *idColumn) finish(rows int, offset uint32, buf []byte) uint32 {
	n := c.distinct(rows)
	if n == 0 {
		buf[offset] = 0
		return c.rows.Finish(0, rows, offset+1, buf)
	}
	buf[offset] = byte(n - 1)
	offset = c.values.Finish(0, n, offset+1, buf)
	return offset + uint32(copy(buf[offset:], c.index[:rows]))
}

// idColumns are the columns of ids of a block. They hold pointers into the block alone.
type idColumns struct {
	values [keyIDs]colblk.UnsafeUints
	index  [keyIDs]uint32 // where in data the bytes of the keys are, 0 for a column that lists its ids plainly
	data   []byte
}

// init reads the columns of the block from the given one on.
func (c *idColumns) init(b *colblk.BlockDecoder, first int) {
	c.data = b.Data()
	for i := range c.values {
		c.index[i] = colblk.DecodeColumn(b, first+i, b.Rows(), colblk.DataTypeUint, func(buf []byte, offset uint32, rows int) (index, end uint32) {
			if n := int(buf[offset]); n > 0 {
				c.values[i], index = colblk.DecodeUnsafeUints(buf, offset+1, n+1)
				return index, index + uint32(rows)
			}
			c.values[i], end = colblk.DecodeUnsafeUints(buf, offset+1, rows)
			return 0, end
		})
	}
}

// at returns the id of the key n in the column i.
func (c *idColumns) at(i, n int) uint64 {
	if index := c.index[i]; index > 0 {
		n = int(c.data[int(index)+n])
	}
	return c.values[i].At(n)
}
