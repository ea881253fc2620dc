package store

import (
	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// tableSize is how large a table becomes, compressed.
const tableSize = 32 << 20

// A table writes keys that come in order to one or more SSTables.
type table struct {
	l      *loader
	blocks *sstable.CompressionProfile // nil for that of the store
	w      *sstable.Writer
	n      int
}

// quadTable returns a table of quads. It is not compressed: see compression.
func (l *loader) quadTable() *table { return &table{l: l, blocks: sstable.NoCompression} }

// nodeTable returns a table of nodes.
func (l *loader) nodeTable() *table { return &table{l: l} }

func (t *table) set(key, value []byte) error {
	if t.n++; t.n%checkEvery == 0 {
		if err := t.l.ctx.Err(); err != nil {
			return err
		}
		if t.w != nil && t.w.Raw().EstimatedSize() > tableSize {
			if err := t.close(); err != nil {
				return err
			}
		}
	}
	if t.w == nil {
		if err := t.open(); err != nil {
			return err
		}
	}
	return t.w.Set(key, value)
}

func (t *table) open() error {
	path := t.l.spill.path("sst")
	f, err := t.l.s.fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	opts := t.l.s.opts.MakeWriterOptions(len(t.l.s.opts.Levels)-1, t.l.s.db.TableFormat())
	if t.blocks != nil {
		opts.Compression = t.blocks
	}
	t.w = sstable.NewWriter(objstorageprovider.NewFileWritable(f), opts)
	t.l.mu.Lock()
	defer t.l.mu.Unlock()
	t.l.tables = append(t.l.tables, path)
	return nil
}

// close finishes the table that is open, if any.
func (t *table) close() error {
	if t.w == nil {
		return nil
	}
	err := t.w.Close()
	t.w = nil
	return err
}
