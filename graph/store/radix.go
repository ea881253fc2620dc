package store

import (
	"math/bits"
	"slices"
	"sync"
)

const (
	radixBits = 8
	// smallSort is the number of items below which comparing them is faster.
	smallSort = 32
	// parallelSort is the number of items from which a second goroutine pays.
	parallelSort = 1 << 15
)

// sortIDs sorts items by their numbers from the first to the last, using tmp, which is as long. The
// numbers are hashes, so that a few of their bits spread the items evenly.
func sortIDs(items, tmp []ids) {
	if len(items) < parallelSort {
		radixSort(items, tmp, 0)
		return
	}
	shift, ok := spread(items, 0)
	if !ok || slices.IsSortedFunc(items, compareIDs) {
		radixSort(items, tmp, 0)
		return
	}
	ends := scatter(items, tmp, 0, shift)
	var wg sync.WaitGroup
	for _, half := range halves(ends[:], len(items)) {
		wg.Go(func() { sortBuckets(items, tmp, half, 0) })
	}
	wg.Wait()
}

// halves cuts the list of ends of buckets in two, with about as many items in each. The first number
// of a list is where its first bucket starts.
func halves(ends []int, items int) [2][]int {
	mid, _ := slices.BinarySearch(ends, items/2)
	return [2][]int{ends[:mid+1], ends[mid:]}
}

// radixSort sorts items that are equal in the numbers before at.
func radixSort(items, tmp []ids, at int) {
	if len(items) <= smallSort {
		insertionSort(items)
		return
	}
	shift, ok := spread(items, at)
	for ; !ok; shift, ok = spread(items, at) {
		if at++; at == len(ids{}) {
			return // all are equal
		}
	}
	if slices.IsSortedFunc(items, compareIDs) {
		return // as buckets are of items that came in another order
	}
	ends := scatter(items, tmp, at, shift)
	sortBuckets(items, tmp, ends[:], at)
}

func sortBuckets(items, tmp []ids, ends []int, at int) {
	for i, end := range ends[1:] {
		if start := ends[i]; end-start > 1 {
			radixSort(items[start:end], tmp[start:end], at)
		}
	}
}

// spread returns how far to shift the numbers at the position at so that their
// first bits that differ are the last that remain; ok is false if none differ.
func spread(items []ids, at int) (shift int, ok bool) {
	first, differ := items[0][at], uint64(0)
	for i := range items {
		differ |= items[i][at] ^ first
	}
	return max(0, bits.Len64(differ)-radixBits), differ != 0
}

// scatter sorts items by radixBits bits of the numbers at the position at, and returns where the
// buckets start, and the last one's end. Items with the same bits stay in order.
func scatter(items, tmp []ids, at, shift int) (ends [1<<radixBits + 1]int) {
	const mask = 1<<radixBits - 1
	for i := range items {
		ends[items[i][at]>>shift&mask+1]++
	}
	for i := range mask {
		ends[i+1] += ends[i]
	}
	next := ends
	for i := range items {
		b := items[i][at] >> shift & mask
		tmp[next[b]] = items[i]
		next[b]++
	}
	copy(items, tmp)
	ends[mask+1] = len(items)
	return ends
}

func insertionSort(items []ids) {
	for i := 1; i < len(items); i++ {
		for j := i; j > 0 && compareIDs(items[j], items[j-1]) < 0; j-- {
			items[j], items[j-1] = items[j-1], items[j]
		}
	}
}
