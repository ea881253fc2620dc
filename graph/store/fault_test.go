package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// build makes a closed store with tables from a load and from changes.
func build(t *testing.T, dir string) map[string]string {
	t.Helper()
	s, err := Open(dir, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	var all []quad.Quad
	for d := range 20 {
		all = append(all, killVersion(d, d)...)
	}
	if _, err := s.BulkLoad(context.Background(), seq(all)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.ReplaceGraph(context.Background(), killLabel(3), seq(killVersion(3, 100))); err != nil {
		t.Fatal(err)
	}
	want := keys(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return want
}

// TestDamage flips a byte of each file of a closed store, and cuts each short.
func TestDamage(t *testing.T) {
	master := t.TempDir()
	build(t, master)
	files, err := os.ReadDir(master)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		path := filepath.Join(master, f.Name())
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) == 0 {
			continue // a marker, all in its name
		}
		for _, at := range []int{0, len(data) / 3, len(data) / 2, len(data) - 1} {
			flipped := append([]byte(nil), data...)
			flipped[at] ^= 0x10
			damaged(t, master, f.Name(), "flipped byte", flipped)
			damaged(t, master, f.Name(), "truncated", data[:at])
		}
		damaged(t, master, f.Name(), "removed", nil)
	}
}

// damaged checks that a copy of the store with another file is refused, or found out by Check.
func damaged(t *testing.T, master, name, what string, data []byte) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(master)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if data != nil {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if name == sealName && data == nil {
		return // a store without a seal is one that was not closed, and whole
	}
	s, err := Open(dir, Options{})
	if err == nil {
		err = errors.Join(s.Check(context.Background()), s.Close())
	}
	if !errors.Is(err, ErrCorrupt) {
		t.Errorf("%s: %s: got %v, want %v", name, what, err, ErrCorrupt)
	}
}

// TestDamagedLog flips a byte in the log of a store that was not closed.
func TestDamagedLog(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	for n := range 20 {
		if _, _, err := s.ReplaceGraph(context.Background(), killLabel(n), seq(killVersion(n, n))); err != nil {
			t.Fatal(err)
		}
	}
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	logs, err := filepath.Glob(filepath.Join(copied, "*.log"))
	if err != nil {
		t.Fatal(err)
	}
	var data []byte
	path := ""
	for _, log := range logs {
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > len(data) {
			path, data = log, text
		}
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := Open(copied, Options{})
	if !errors.Is(err, ErrCorrupt) {
		t.Errorf("got %v, want %v", err, ErrCorrupt)
	}
	if err == nil {
		_ = got.Close() // the test failed already
	}
}

// TestFormat opens what is not a store of this version.
func TestFormat(t *testing.T) {
	older, newer, foreign, empty := t.TempDir(), t.TempDir(), t.TempDir(), t.TempDir()
	writeVersion1(t, older)
	s := openTest(t, newer)
	if err := s.db.Set(metaKey(metaFormat), []byte("districtkg store 3"), nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := pebble.Open(foreign, &pebble.Options{Logger: logger{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Set([]byte("nine byte"), nil, nil), db.Close()); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		dir  string
		opt  Options
		want error
		says string
	}{
		{older, Options{}, ErrFormat, `"districtkg store 1": this version of districtkg reads "districtkg store 2"`},
		{older, Options{Create: true}, ErrFormat, `"districtkg store 1"`},
		{older, Options{ReadOnly: true}, ErrFormat, `"districtkg store 1"`},
		{newer, Options{}, ErrFormat, `"districtkg store 3": this version of districtkg reads "districtkg store 2"`},
		{foreign, Options{Create: true}, ErrFormat, "not a districtkg store"},
		{empty, Options{}, ErrNotFound, empty},
		{empty, Options{ReadOnly: true, Create: true}, ErrNotFound, empty},
		{filepath.Join(empty, "none"), Options{}, ErrNotFound, "none"},
	} {
		s, err := Open(tt.dir, tt.opt)
		if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: got %v, want %v that says %s", tt.dir, err, tt.want, tt.says)
		}
		if err == nil {
			_ = s.Close() // the test failed already
		}
	}
}

// writeVersion1 makes a database whose keys are kept as those of the first version of
// the format, which named its key schema so.
func writeVersion1(t *testing.T, dir string) {
	t.Helper()
	schema := keySchema()
	schema.Name = "districtkg.ids.1"
	opts := pebbleOptions(vfs.Default, Options{Create: true})
	opts.KeySchema, opts.KeySchemas = schema.Name, sstable.MakeKeySchemas(schema)
	db, err := pebble.Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(db.Set(metaKey(metaFormat), []byte("districtkg store 1"), nil), db.Flush(), db.Close())
	if err != nil {
		t.Fatal(err)
	}
}

// A tightDisk has as many bytes left as it says.
type tightDisk struct {
	vfs.FS
	left uint64
}

func (d tightDisk) GetDiskUsage(string) (vfs.DiskUsage, error) {
	return vfs.DiskUsage{AvailBytes: d.left}, nil
}

// TestDiskNearlyFull checks that a change is refused before it begins.
func TestDiskNearlyFull(t *testing.T) {
	fsys := vfs.NewMem()
	s, err := Open("db", Options{Create: true, FS: fsys})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open("db", Options{FS: tightDisk{fsys, 1 << 20}}); err != nil {
		t.Fatal(err)
	}
	_, _, replace := s.ReplaceGraph(context.Background(), killLabel(1), seq(killVersion(1, 1)))
	_, load := s.BulkLoad(context.Background(), seq(killVersion(1, 1)))
	for _, err := range []error{replace, load} {
		if !errors.Is(err, ErrDiskFull) {
			t.Errorf("got %v, want %v", err, ErrDiskFull)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestDiskFull lets the n-th write to disk fail, for each n until all succeed. After any
// failure the store, opened anew, has the change whole or not at all.
func TestDiskFull(t *testing.T) {
	for _, kind := range []string{"load", "replace"} {
		t.Run(kind, func(t *testing.T) {
			for n := int64(0); n < 1000; n += 1 + n/8 {
				if !failAt(t, kind, n) {
					return
				}
			}
			t.Error("writes never end")
		})
	}
}

// failAt reports whether there was an n-th write to fail.
func failAt(t *testing.T, kind string, n int64) (failed bool) {
	t.Helper()
	mem := vfs.NewCrashableMem()
	var armed atomic.Bool
	var writes atomic.Int64
	injector := errorfs.InjectorFunc(func(op errorfs.Op) error {
		if armed.Load() && op.Kind.ReadOrWrite() == errorfs.OpIsWrite && !strings.HasSuffix(op.Path, "LOCK") && writes.Add(1) > n {
			return &fs.PathError{Op: "write", Path: op.Path, Err: syscall.ENOSPC}
		}
		return nil
	})
	s, err := Open("db", Options{Create: true, FS: errorfs.Wrap(mem, injector)})
	if err != nil {
		t.Fatal(err)
	}
	if err := childStep(s, kind, 0); err != nil {
		t.Fatal(err)
	}
	armed.Store(true)
	err = childStep(s, kind, 1)
	failed = writes.Load() > n
	if err != nil && !errors.Is(err, ErrDiskFull) {
		t.Errorf("write %d: got %v, want %v", n, err, ErrDiskFull)
	}
	crashed := mem.CrashClone(vfs.CrashCloneCfg{})
	armed.Store(false)
	if cerr := s.Close(); cerr != nil && err == nil {
		t.Error(cerr)
	}
	again, oerr := Open("db", Options{FS: crashed})
	if oerr != nil {
		t.Fatalf("write %d: %v", n, oerr)
	}
	whole(t, again, kind, err == nil)
	return failed
}

// whole checks that the store has step 0, and step 1 whole, if must is set, or not at all.
func whole(t *testing.T, s *Store, kind string, must bool) {
	t.Helper()
	if err := s.Check(context.Background()); err != nil {
		t.Error(err)
	}
	labels, err := s.Labels(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	newest := -1
	for label := range labels {
		newest = max(newest, oneVersion(t, s, label))
	}
	if newest < 0 || must && newest < 1 {
		t.Errorf("%s: newest version is %d (acknowledged: %v)", kind, newest, must)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
