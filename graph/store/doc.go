// Package store keeps a graph of quads on disk: a Cayley [graph.QuadStore] on
// Pebble. It finds quads by any of their four positions and by pairs of them,
// loads by the million, and gives back the space of what is removed.
//
// # What it promises
//
// The keys of a store are a function of the set of quads in it: two stores
// that hold the same quads hold the same keys and values, whatever was added
// and removed on the way. So replacing or removing a document leaves no trace.
//
// Each change is atomic and on disk when the call returns: one [Store.ApplyDeltas],
// one [Store.ReplaceGraph], one [Store.BulkLoad]. A reader sees the graph as it was
// when its scan started; a [Snapshot] holds a whole query to one moment.
//
// # Format, version 2
//
// The id of a value is the first eight bytes of the SHA-256 of its encoding
// (see below), big endian. Two values with one id cannot both be stored: the
// second is refused with [ErrCollision] (for ten million values the chance that
// it ever happens is one in 370,000). The id 0 stands for "no label".
//
// The first byte of a key tells its kind:
//
//	m<name>                 meta, by a number of eight bytes: 1 is the format, a text;
//	                        2 the totals, uvarint nodes and uvarint quads
//	n<id>                   a node: four uvarints, the number of quads that have it
//	                        as subject, predicate, object and label; then the value
//	s<s><p><o><l>           a quad, ids in the order subject, predicate, object, label
//	p<p><o><s><l>           the same, by predicate and object
//	o<o><s><p><l>           the same, by object and subject
//	l<l><s><p><o>           the same, by label and subject
//
// In tables the keys are columns of numbers (a Pebble key schema of our own): the
// kind, and the ids, each distinct one of a block once where they repeat. Version 1 had all
// ids of all keys. Quad keys have no value. A node is there as long as a quad mentions it.
//
// A value is one byte of kind and its content:
//
//	1 IRI, 2 blank node, 3 string    the text
//	4 typed string, 5 string with a language    uvarint length and text of the
//	                        type or language, then the text of the string
//	6 integer               int64, big endian, sign bit flipped
//	7 float                 the bits of the float64, big endian
//	8 boolean               0 or 1
//	9 time                  int64 seconds since 1970 as an integer, uint32 nanoseconds
//
// Beside Pebble's own files, a store that was closed in good order has a file
// SEAL: one line a file, with its name, its size and, for all but tables, its
// CRC-32C; then a line for itself. Pebble takes a manifest that was cut short for a crash and
// opens the store as it was before; the seal tells the two apart.
package store
