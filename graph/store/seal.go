package store

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cockroachdb/pebble/v2/vfs"
)

const (
	sealName = "SEAL"
	sealEnd  = "end" // no file of Pebble's is called so
)

func sumOf(data []byte) string {
	return fmt.Sprintf("%08x", crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)))
}

// A sealed file is one line of a seal. Pebble checks the sizes and the blocks
// of tables itself, so they have no sum, and opening takes milliseconds whatever
// their size.
type sealed struct {
	name string
	size int64
	sum  string // CRC-32C in hex, or "-"
}

func (f sealed) String() string { return fmt.Sprintf("%s %d %s\n", f.name, f.size, f.sum) }

// writeSeal records the files of the closed store in dir.
func writeSeal(fs vfs.FS, dir string) error {
	files, err := listSealed(fs, dir)
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	tmp := filepath.Join(dir, sealName+".tmp")
	if err := writeFile(fs, tmp, joinSealed(files)); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	if err := fs.Rename(tmp, filepath.Join(dir, sealName)); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	return syncDir(fs, dir)
}

func joinSealed(files []sealed) string {
	var b strings.Builder
	for _, f := range files {
		b.WriteString(f.String())
	}
	// A last line with its own sum tells a seal that was cut short.
	end := sealed{name: sealEnd, size: int64(len(files)), sum: sumOf([]byte(b.String()))}
	return b.String() + end.String()
}

func listSealed(fs vfs.FS, dir string) ([]sealed, error) {
	names, err := fs.List(dir)
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var files []sealed
	for _, name := range names {
		if strings.HasPrefix(name, sealName) || name == "LOCK" {
			continue
		}
		f, err := statSealed(fs, dir, name)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func statSealed(fs vfs.FS, dir, name string) (sealed, error) {
	f := sealed{name: name, sum: "-"}
	path := filepath.Join(dir, name)
	info, err := fs.Stat(path)
	if err != nil {
		return f, err
	}
	f.size = info.Size()
	if info.IsDir() || strings.HasSuffix(name, ".sst") {
		return f, nil
	}
	data, err := readFile(fs, path)
	if err != nil {
		return f, err
	}
	f.sum = sumOf(data)
	return f, nil
}

// checkSeal compares the files in dir with the seal, if there is one: a store
// that was not closed in good order has none, and Pebble recovers it.
func checkSeal(fs vfs.FS, dir string) error {
	data, err := readFile(fs, filepath.Join(dir, sealName))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	files, err := parseSeal(string(data))
	if err != nil {
		return err
	}
	for _, want := range files {
		got, err := statSealed(fs, dir, want.name)
		if err != nil {
			return fmt.Errorf("%w: %s: %w", ErrCorrupt, want.name, err)
		}
		if got != want {
			return fmt.Errorf("%w: %s is not as it was when the store was closed (%d bytes, then %d): restore it from a copy or build anew",
				ErrCorrupt, want.name, got.size, want.size)
		}
	}
	return nil
}

// parseSeal reads what joinSealed wrote.
func parseSeal(text string) (files []sealed, err error) {
	for line := range strings.Lines(text) {
		var f sealed
		if _, err := fmt.Sscanf(line, "%s %d %s\n", &f.name, &f.size, &f.sum); err != nil {
			return nil, fmt.Errorf("%w: unreadable line %q in %s", ErrCorrupt, line, sealName)
		}
		files = append(files, f)
	}
	if n := len(files) - 1; n >= 0 && joinSealed(files[:n]) == text {
		return files[:n], nil
	}
	return nil, fmt.Errorf("%w: %s is not as it was written", ErrCorrupt, sealName)
}

func removeSeal(fs vfs.FS, dir string) error {
	err := fs.Remove(filepath.Join(dir, sealName))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return errors.Join(err, syncDir(fs, dir))
}

func readFile(fs vfs.FS, path string) ([]byte, error) {
	f, err := fs.Open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	return data, errors.Join(err, f.Close())
}

func writeFile(fs vfs.FS, path, text string) error {
	f, err := fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	_, err = f.Write([]byte(text))
	return errors.Join(err, f.Sync(), f.Close())
}

func syncDir(fs vfs.FS, dir string) error {
	d, err := fs.OpenDir(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
