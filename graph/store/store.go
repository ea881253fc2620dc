package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// What can be wrong with a store.
var (
	ErrNotFound  = errors.New("no store")         // nothing there, and Create not asked for
	ErrLocked    = errors.New("store is in use")  // another process has it open
	ErrFormat    = errors.New("unknown format")   // not ours, or of another version
	ErrCorrupt   = errors.New("store is damaged") // bytes are not those that were written
	ErrCollision = errors.New("ids collide")      // two values with one id
	ErrValue     = errors.New("cannot store values of type")
	ErrReadOnly  = errors.New("store is read-only")
	ErrDiskFull  = errors.New("disk is full")
	ErrFailed    = errors.New("store failed earlier and must be reopened")
	ErrLabel     = errors.New("quad of another graph")
)

// The version that this package reads and writes: the format says it, and so does
// the name of the key schema, which Pebble must know before it can read a key.
const (
	version      = "2"
	format       = formatPrefix + version
	formatPrefix = "districtkg store "
	schemaPrefix = "districtkg.ids."
)

const (
	defaultCache = 256 << 20
	// memTable bounds what a crash leaves to be replayed at the next Open.
	memTable = 16 << 20
	// openFiles is above the number of tables of a store of a billion quads.
	openFiles = 4096
)

// Options say how to open a store. The zero Options open an existing one for reading
// and writing.
type Options struct {
	Create     bool   // make the store if there is none
	ReadOnly   bool   // refuse to change it
	CacheBytes int64  // for blocks of tables; 0 means 256 MiB
	FS         vfs.FS // nil means the disk; tests inject faults here
}

// A Store is an open store. It may be used by several goroutines at once;
// changes are made one after the other. It implements [graph.QuadStore].
type Store struct {
	reads
	path string
	fs   vfs.FS
	db   *pebble.DB
	opts *pebble.Options
	seal bool // whether Close writes one: not when read-only

	limits limits // of a bulk load; tests make them small

	mu     sync.Mutex // held by whoever changes the store
	failed error      // set when Pebble could not go on
	closed bool
}

var _ graph.QuadStore = (*Store)(nil)

// Open opens the store in the directory path. Only one process at a time can
// have it open, even read-only; the others get [ErrLocked]. To read from several
// processes, give each a [Store.Checkpoint] or ask the one over HTTP.
func Open(path string, opt Options) (*Store, error) {
	s, err := open(path, opt)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return s, nil
}

func open(path string, opt Options) (*Store, error) {
	fs := opt.FS
	if fs == nil {
		fs = vfs.Default
	}
	if err := prepare(fs, path, opt); err != nil {
		return nil, err
	}
	lock, err := pebble.LockDirectory(path, fs)
	if err != nil {
		return nil, fmt.Errorf("%w by another process (%v): stop that process, or query it over HTTP", ErrLocked, err)
	}
	s := &Store{path: path, fs: fs, opts: pebbleOptions(fs, opt), seal: !opt.ReadOnly, limits: loadLimits()}
	s.opts.Lock = lock
	if err := s.open(opt); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return s, nil
}

// prepare makes the directory or says that there is no store in it.
func prepare(fs vfs.FS, path string, opt Options) error {
	if opt.Create && !opt.ReadOnly {
		return fs.MkdirAll(path, 0o755)
	}
	desc, err := pebble.Peek(path, fs)
	if errors.Is(err, os.ErrNotExist) || err == nil && !desc.Exists {
		return ErrNotFound
	}
	return err
}

func (s *Store) open(opt Options) error {
	if err := errors.Join(checkSeal(s.fs, s.path), checkSchema(s.fs, s.path)); err != nil {
		return err
	}
	if !opt.ReadOnly {
		if err := s.clean(); err != nil {
			return err
		}
	}
	db, err := openPebble(s.path, s.opts)
	if err != nil {
		return err
	}
	s.db = db
	s.reads = newReads(db, new(names))
	if err := s.checkFormat(opt); err != nil {
		s.reads.close()
		return errors.Join(err, db.Close())
	}
	return nil
}

// openPebble opens the database. Pebble reports some faults of the disk by its
// logger's Fatalf, which must not return.
func openPebble(path string, opts *pebble.Options) (db *pebble.DB, err error) {
	defer recoverFatal(&err)
	db, err = pebble.Open(path, opts)
	return db, translate(err)
}

// clean removes what an interrupted load left, and the seal, which
// the first change would make a lie.
func (s *Store) clean() error {
	if err := s.fs.RemoveAll(s.loadDir()); err != nil {
		return err
	}
	return removeSeal(s.fs, s.path)
}

func (s *Store) loadDir() string { return filepath.Join(s.path, "load") }

func pebbleOptions(fs vfs.FS, opt Options) *pebble.Options {
	o := &pebble.Options{
		FS:                 fs,
		ReadOnly:           opt.ReadOnly,
		ErrorIfNotExists:   !opt.Create || opt.ReadOnly,
		FormatMajorVersion: pebble.FormatTableFormatV6,
		CacheSize:          opt.CacheBytes,
		MemTableSize:       memTable,
		MaxOpenFiles:       openFiles,
		Logger:             logger{},
		// Whoever reads the damaged bytes gets the error; by default Pebble ends the process.
		EventListener: &pebble.EventListener{DataCorruption: func(pebble.DataCorruptionInfo) {}},
		KeySchema:     schemaPrefix + version,
		KeySchemas:    sstable.MakeKeySchemas(keySchema()),
	}
	if o.CacheSize == 0 {
		o.CacheSize = defaultCache
	}
	// A read does not start a compaction: what is loaded is at the last level already.
	o.Experimental.ReadSamplingMultiplier = -1
	o.ApplyCompressionSettings(func() pebble.DBCompressionSettings { return pebble.DBCompressionBalanced })
	for i := range o.Levels {
		o.Levels[i].BlockSize = 16 << 10
		o.Levels[i].IndexBlockSize = 64 << 10
		o.Levels[i].FilterPolicy = bloom.FilterPolicy(10)
	}
	last := compression()
	o.Levels[len(o.Levels)-1].Compression = func() *sstable.CompressionProfile { return &last }
	// Nearly all data is at the last level, where a filter costs six bytes a quad
	// and saves little: what is looked for is nearly always there.
	o.Levels[len(o.Levels)-1].FilterPolicy = pebble.NoFilterPolicy
	return o
}

// compression is that of the last level, where nearly all data is: of the values of nodes, by what is
// quickest to unpack, since nearly every answer needs some; the ids of quads are left as they
// are, for it would save too little of them.
func compression() sstable.CompressionProfile {
	p := *sstable.MinLZCompression
	p.MinReductionPercent = 20
	return p
}

// checkSchema refuses a store of another version, whose keys Pebble could not read.
func checkSchema(fs vfs.FS, path string) error {
	desc, err := pebble.Peek(path, fs)
	if err != nil || desc.OptionsFilename == "" {
		return err
	}
	text, err := readFile(fs, desc.OptionsFilename)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		got, ok := strings.CutPrefix(strings.TrimSpace(line), "key_schema="+schemaPrefix)
		if ok && got != version {
			return formatError(formatPrefix + got)
		}
	}
	return nil
}

func formatError(got string) error {
	return fmt.Errorf("%w %q: this version of districtkg reads %q; export with the version that wrote it and build anew", ErrFormat, got, format)
}

// checkFormat refuses what is not of our format, and marks a new store.
func (s *Store) checkFormat(opt Options) error {
	got, err := s.get(metaKey(metaFormat))
	if err != nil {
		return err
	}
	if string(got) == format {
		return nil
	}
	if got != nil {
		return formatError(string(got))
	}
	empty, err := s.empty()
	if err != nil {
		return err
	}
	if !empty || opt.ReadOnly {
		return fmt.Errorf("%w: a Pebble database, but not a districtkg store", ErrFormat)
	}
	b := s.db.NewBatch()
	_ = b.Set(metaKey(metaFormat), []byte(format), nil) // a batch in memory does not fail
	return s.commit(b)
}

// Close closes the store, after which it must not be used. A second call does nothing.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if s.failed != nil {
		// Pebble stopped half way, perhaps with its locks held: closing it could wait for ever.
		return nil
	}
	s.reads.close()
	if err := s.closePebble(); err != nil {
		return fmt.Errorf("close store %s: %w", s.path, err)
	}
	return nil
}

func (s *Store) closePebble() (err error) {
	defer recoverFatal(&err)
	if s.seal {
		err = s.db.Flush() // so that the next Open has no log to replay
	}
	err = errors.Join(err, s.db.Close())
	if err == nil && s.seal {
		err = writeSeal(s.fs, s.path)
	}
	return translate(errors.Join(err, s.opts.Lock.Close()))
}

// Checkpoint makes a copy of the store as it is now in the new directory dir, in
// milliseconds where dir is on the same disk: tables are shared by hard links.
func (s *Store) Checkpoint(dir string) error {
	if err := s.db.Checkpoint(dir, pebble.WithFlushedWAL()); err != nil {
		return fmt.Errorf("checkpoint store %s: %w", s.path, translate(err))
	}
	return nil
}
