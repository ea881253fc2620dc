package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/sstable/block"
	"github.com/cockroachdb/pebble/v2/sstable/colblk"
)

// TestBlock writes keys into a block as Pebble does, and reads and seeks them. Each column has so many
// distinct ids; Pebble may take the last key back, which may be what made a dictionary too large.
func TestBlock(t *testing.T) {
	for _, tt := range []struct {
		rows     int
		distinct [4]int
	}{
		{2, [4]int{2, 1, 2, 2}},
		{9, [4]int{9, 8, 7, 2}},
		{40, [4]int{1, 40, 5, 2}},
		{dictMost, [4]int{dictMost, dictMost - 1, 3, 1}},
		{1000, [4]int{100, 20, 900, 1}},
		{1000, [4]int{dictMost - 1, dictMost, dictMost + 1, 1000}},
		{dictMost + 1, [4]int{dictMost + 1, dictMost, 2, 1}},
	} {
		for taken := range 2 {
			t.Run(fmt.Sprint(tt.rows, tt.distinct, taken), func(t *testing.T) {
				keys := blockKeys(tt.rows, tt.distinct)
				checkBlock(t, writeBlock(keys, len(keys)-taken), keys[:len(keys)-taken])
			})
		}
	}
}

// blockKeys returns keys in order. New ids come late, so that the last key may have one.
func blockKeys(rows int, distinct [4]int) (keys [][]byte) {
	r := rand.New(rand.NewPCG(uint64(rows), 7))
	var pool [4][]uint64
	for i, n := range distinct {
		for range n {
			pool[i] = append(pool[i], r.Uint64())
		}
	}
	slices.Sort(pool[0])
	o := orders()[bySubject]
	for n := range rows {
		q := ids{pool[0][n*distinct[0]/rows]}
		for i := 1; i < 4; i++ {
			q[i] = pool[i][max(0, min(n, distinct[i]-rows+n))]
		}
		keys = append(keys, o.appendKey(nil, q))
	}
	slices.SortFunc(keys, bytes.Compare)
	return slices.CompactFunc(keys, bytes.Equal)
}

// writeBlock returns a block with the first of the keys, all or all but one.
func writeBlock(keys [][]byte, rows int) []byte {
	var w colblk.DataBlockEncoder
	w.Init(keySchema())
	size := w.Size()
	for i, key := range keys {
		k := pebble.InternalKey{UserKey: key, Trailer: pebble.InternalKeyTrailer(pebble.InternalKeyKindSet)}
		w.Add(k, nil, block.InPlaceValuePrefix(false), w.KeyWriter.ComparePrev(key), false)
		if i+1 == rows {
			size = w.Size()
		}
	}
	data, _ := w.Finish(rows, size)
	return data
}

func checkBlock(t *testing.T, data []byte, keys [][]byte) {
	t.Helper()
	schema := keySchema()
	var d colblk.DataBlockDecoder
	d.Init(schema, data)
	var m colblk.KeySeekerMetadata
	schema.InitKeySeekerMetadata(&m, &d)
	s := schema.KeySeeker(&m)
	var it colblk.PrefixBytesIter
	for i, want := range keys {
		if got := s.MaterializeUserKey(&it, i-1, i); !bytes.Equal(got, want) {
			t.Fatalf("key %d is %x, want %x", i, got, want)
		}
		for _, seek := range [][]byte{want, append(slices.Clone(want), 0), want[:9]} {
			at, equal := slices.BinarySearchFunc(keys, seek, bytes.Compare)
			if got, eq := s.SeekGE(seek, -1, 0); got != at || eq != equal {
				t.Fatalf("seek %x: got %d, %v; want %d, %v", seek, got, eq, at, equal)
			}
		}
	}
}

// TestSortIDs sorts numbers of which many are equal, near each other or in order.
func TestSortIDs(t *testing.T) {
	for _, n := range []int{0, 1, smallSort + 1, 5000, parallelSort + 7} {
		for _, distinct := range []uint64{1, 2, 300, 1 << 62} {
			r := rand.New(rand.NewPCG(uint64(n), distinct))
			spread := ^uint64(0)/distinct | 1
			var items []ids
			for range n {
				q := ids{}
				for i := range q {
					q[i] = r.Uint64N(distinct) * spread
				}
				items = append(items, q)
			}
			for _, o := range orders() { // first in disorder, then in another order
				for i := range items {
					items[i] = o.permute(items[i])
				}
				want := slices.SortedFunc(slices.Values(items), compareIDs)
				sortIDs(items, make([]ids, n))
				if !slices.Equal(items, want) {
					t.Errorf("%d of %d distinct: not sorted", n, distinct)
				}
			}
		}
	}
}
