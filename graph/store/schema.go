package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"unsafe"

	"github.com/cockroachdb/pebble/v2/sstable/colblk"
)

// Columns of a block of keys: the kind, and the ids of the key in its order.
const (
	columnKind = iota
	columnID
	columns = columnID + 4
)

// keySchema says how Pebble keeps our keys in its blocks: in place of the bytes of keys,
// columns of numbers, in which an id that repeats takes a byte. All keys are one byte and
// one or four ids.
func keySchema() *colblk.KeySchema {
	s := &colblk.KeySchema{
		Name:         schemaPrefix + version,
		ColumnTypes:  make([]colblk.DataType, columns),
		NewKeyWriter: func() colblk.KeyWriter { return &keyWriter{} },
		InitKeySeekerMetadata: func(m *colblk.KeySeekerMetadata, d *colblk.DataBlockDecoder) {
			(*keySeeker)(unsafe.Pointer(m)).init(d)
		},
		KeySeeker: func(m *colblk.KeySeekerMetadata) colblk.KeySeeker {
			return (*keySeeker)(unsafe.Pointer(m))
		},
	}
	for i := range s.ColumnTypes {
		s.ColumnTypes[i] = colblk.DataTypeUint
	}
	return s
}

// A row is a key as the columns have it. A key with one id has 0 for the others.
type row [columns]uint64

// rowLen returns how long a key of this kind is.
func rowLen(kind uint64) int {
	if kind == nodePrefix || kind == metaPrefix {
		return nodeLen
	}
	return quadLen
}

// parseRow reads a key, or the start of one, as if it went on with zeros. What lies
// beyond the length of the longest key is ignored: see compareRow.
func parseRow(key []byte) (r row) {
	if len(key) == 0 {
		return r
	}
	r[columnKind] = uint64(key[0])
	key = key[1:]
	for i := columnID; i < columns && len(key) > 0; i++ {
		if len(key) >= idLen {
			r[i] = binary.BigEndian.Uint64(key)
			key = key[idLen:]
			continue
		}
		var buf [idLen]byte
		copy(buf[:], key)
		r[i] = binary.BigEndian.Uint64(buf[:])
		return r
	}
	return r
}

func (r *row) appendKey(dst []byte) []byte {
	dst = append(dst, byte(r[columnKind]))
	ids := r[columnID:]
	if rowLen(r[columnKind]) == nodeLen {
		ids = ids[:1]
	}
	for _, id := range ids {
		dst = binary.BigEndian.AppendUint64(dst, id)
	}
	return dst
}

// A keyWriter fills the columns of a block.
type keyWriter struct {
	columns [columns]idColumn
	last    []byte
}

var _ colblk.KeyWriter = (*keyWriter)(nil)

// ComparePrev implements [colblk.KeyWriter]. A key is all prefix, in Pebble's sense.
func (w *keyWriter) ComparePrev(key []byte) colblk.KeyComparison {
	if len(w.columns[columnKind].rows) == 0 {
		return colblk.KeyComparison{PrefixLen: int32(len(key)), UserKeyComparison: 1}
	}
	return colblk.KeyComparison{
		PrefixLen:         int32(len(key)),
		CommonPrefixLen:   int32(commonPrefix(key, w.last)),
		UserKeyComparison: int32(bytes.Compare(key, w.last)),
	}
}

// commonPrefix returns how many first bytes a and b share.
func commonPrefix(a, b []byte) (n int) {
	most := min(len(a), len(b))
	for ; n+8 <= most; n += 8 {
		if differ := binary.BigEndian.Uint64(a[n:]) ^ binary.BigEndian.Uint64(b[n:]); differ != 0 {
			return n + bits.LeadingZeros64(differ)/8
		}
	}
	for n < most && a[n] == b[n] {
		n++
	}
	return n
}

// WriteKey implements [colblk.KeyWriter].
func (w *keyWriter) WriteKey(_ int, key []byte, _, _ int32) {
	if len(key) == 0 || len(key) != rowLen(uint64(key[0])) {
		panic(fmt.Sprintf("store: key %x is not of our format", key)) // no caller makes one
	}
	r := parseRow(key)
	for i := range w.columns {
		w.columns[i].add(r[i])
	}
	w.last = append(w.last[:0], key...)
}

// MaterializeKey implements [colblk.KeyWriter].
func (w *keyWriter) MaterializeKey(dst []byte, n int) []byte {
	var r row
	for i := range w.columns {
		r[i] = w.columns[i].rows[n]
	}
	return r.appendKey(dst)
}

// FinishHeader implements [colblk.KeyWriter].
func (w *keyWriter) FinishHeader([]byte) {}

// NumColumns implements [colblk.ColumnWriter].
func (w *keyWriter) NumColumns() int { return columns }

// DataType implements [colblk.ColumnWriter].
func (w *keyWriter) DataType(int) colblk.DataType { return colblk.DataTypeUint }

// Reset implements [colblk.ColumnWriter].
func (w *keyWriter) Reset() {
	for i := range w.columns {
		w.columns[i].reset()
	}
}

// Size implements [colblk.ColumnWriter].
func (w *keyWriter) Size(rows int, offset uint32) uint32 {
	for i := range w.columns {
		offset = w.columns[i].size(rows, offset)
	}
	return offset
}

// Finish implements [colblk.ColumnWriter].
func (w *keyWriter) Finish(col, rows int, offset uint32, buf []byte) uint32 {
	return w.columns[col].finish(rows, offset, buf)
}

// WriteDebug implements [colblk.ColumnWriter].
func (w *keyWriter) WriteDebug(dst io.Writer, rows int) {
	fmt.Fprintf(dst, "%d keys of %d columns", rows, columns)
}

// A keySeeker finds keys in a block. It lives in memory that Pebble keeps with the block.
type keySeeker struct {
	columnReader
	rows int
}

var (
	_ colblk.KeySeeker = (*keySeeker)(nil)
	_ uint             = colblk.KeySeekerMetadataSize - uint(unsafe.Sizeof(keySeeker{}))
)

func (s *keySeeker) init(d *colblk.DataBlockDecoder) {
	b := d.BlockDecoder()
	s.rows = b.Rows()
	s.columnReader.init(b)
}

// compare compares the key in row n with the key that k was parsed from, which is so long.
func (s *keySeeker) compare(n int, k *row, length int) int {
	for i := range s.columns {
		if c := cmp.Compare(s.at(i, n), k[i]); c != 0 {
			return c
		}
	}
	// The same numbers: one is the start of the other, or they are equal.
	return cmp.Compare(rowLen(k[columnKind]), length)
}

// IsLowerBound implements [colblk.KeySeeker].
func (s *keySeeker) IsLowerBound(key, _ []byte) bool {
	k := parseRow(key)
	return s.rows == 0 || s.compare(0, &k, len(key)) >= 0
}

// SeekGE implements [colblk.KeySeeker].
func (s *keySeeker) SeekGE(key []byte, bound int, dir int8) (int, bool) {
	k := parseRow(key)
	low, high := 0, s.rows
	switch {
	case dir > 0 && bound > 0:
		low = min(bound, s.rows)
	case dir < 0 && bound >= 0:
		high = min(bound+1, s.rows)
	}
	equal := false
	for low < high {
		mid := int(uint(low+high) >> 1)
		if c := s.compare(mid, &k, len(key)); c < 0 {
			low = mid + 1
		} else {
			high, equal = mid, c == 0
		}
	}
	return low, equal
}

// MaterializeUserKey implements [colblk.KeySeeker]. The buffer has the key of the row prev of this
// block, if prev is not negative: the columns that have one number for the whole block are in it.
func (s *keySeeker) MaterializeUserKey(it *colblk.PrefixBytesIter, prev, n int) []byte {
	if prev < 0 || !s.columns[columnKind].one {
		kind := s.at(columnKind, n)
		size := rowLen(kind)
		it.Buf = slices.Grow(it.Buf[:0], size)[:size]
		it.Buf[0] = byte(kind)
		prev = -1
	}
	key := it.Buf
	for i, at := columnID, 1; at < len(key); i, at = i+1, at+idLen {
		if prev < 0 || !s.columns[i].one {
			binary.BigEndian.PutUint64(key[at:], s.at(i, n))
		}
	}
	return key
}

// MaterializeUserKeyWithSyntheticSuffix implements [colblk.KeySeeker]. Our keys have no suffix.
func (s *keySeeker) MaterializeUserKeyWithSyntheticSuffix(it *colblk.PrefixBytesIter, _ []byte, prev, n int) []byte {
	return s.MaterializeUserKey(it, prev, n)
}
