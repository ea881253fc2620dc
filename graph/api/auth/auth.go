// Package auth keeps the tokens that clients show: who they are for and what
// they allow.
//
// A token is 32 random bytes in URL-safe base64 after "dkg_". A tokens file
// has the SHA-256 of each, never the token: with so much chance in a token, a
// slow hash would add nothing. One token a line, columns parted by tabs, lines
// that begin with # and empty lines left out:
//
//	name<TAB>scopes, comma-separated<TAB>sha256 of the token, hex<TAB>last day, 2027-12-31 or -
//
// A file that changes is read again without a restart, so that a line taken
// out is a token that is no longer good.
package auth

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/districtkg/districtkg/schema"
)

// A Scope is what a token allows. Each allows what the one before allows too.
type Scope string

// The scopes.
const (
	Read  Scope = "read"  // to ask
	Write Scope = "write" // to add and remove quads
	Admin Scope = "admin" // to see the server's metrics where asking needs a token
)

var order = []Scope{Read, Write, Admin}

// A Token is a line of a tokens file.
type Token struct {
	Name    string
	Scopes  []Scope
	Hash    [sha256.Size]byte
	Expires time.Time // end of the last day, UTC; zero for never
}

// Allows reports whether the token has the scope or a wider one.
func (t Token) Allows(s Scope) bool {
	return slices.ContainsFunc(t.Scopes, func(has Scope) bool {
		return slices.Index(order, has) >= slices.Index(order, s)
	})
}

const day = "2006-01-02"

// String returns the token's line of a tokens file.
func (t Token) String() string {
	scopes := make([]string, len(t.Scopes))
	for i, s := range t.Scopes {
		scopes[i] = string(s)
	}
	last := "-"
	if !t.Expires.IsZero() {
		last = t.Expires.AddDate(0, 0, -1).Format(day)
	}
	return strings.Join([]string{t.Name, strings.Join(scopes, ","), hex.EncodeToString(t.Hash[:]), last}, "\t")
}

// New makes a token and returns it with the secret, which nothing else keeps.
// last is the last day on which it is good, zero for no end.
func New(name string, scopes []Scope, last time.Time) (Token, string, error) {
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails: it ends the program instead
	secret := "dkg_" + base64.RawURLEncoding.EncodeToString(random[:])
	t := Token{Name: name, Scopes: scopes, Hash: sha256.Sum256([]byte(secret))}
	if !last.IsZero() {
		t.Expires = last.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1)
	}
	_, err := parseLine(t.String()) // what cannot be read back must not be made
	return t, secret, err
}

// Parse reads a tokens file. name is for messages.
func Parse(name string, r io.Reader) ([]Token, error) {
	var out []Token
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		t, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		out = append(out, t)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return out, nil
}

func parseLine(line string) (Token, error) {
	cols := strings.Split(line, "\t")
	if len(cols) != 4 || cols[0] == "" {
		return Token{}, fmt.Errorf("%w token: want name, scopes, hash and last day, parted by tabs", schema.ErrInvalid)
	}
	t := Token{Name: cols[0]}
	for s := range strings.SplitSeq(cols[1], ",") {
		if !slices.Contains(order, Scope(s)) {
			return Token{}, fmt.Errorf("%w scope %q: want read, write or admin", schema.ErrInvalid, s)
		}
		t.Scopes = append(t.Scopes, Scope(s))
	}
	hash, err := hex.DecodeString(cols[2])
	if err != nil || len(hash) != sha256.Size {
		return Token{}, fmt.Errorf("%w hash: want %d hexadecimal digits", schema.ErrInvalid, 2*sha256.Size)
	}
	copy(t.Hash[:], hash)
	if cols[3] != "-" {
		last, err := time.Parse(day, cols[3])
		if err != nil {
			return Token{}, fmt.Errorf("%w last day %q: want 2027-12-31 or -", schema.ErrInvalid, cols[3])
		}
		t.Expires = last.AddDate(0, 0, 1)
	}
	return t, nil
}

// A File is a tokens file that is read again when it changes.
type File struct {
	path string

	mu      sync.Mutex
	tokens  map[[sha256.Size]byte]Token
	stat    fileStat
	checked time.Time
}

type fileStat struct {
	modified time.Time
	size     int64
}

// Open reads the tokens file at path.
func Open(path string) (*File, error) {
	f := &File{path: path}
	return f, f.reload()
}

// checkEvery is how long a change of the file may go unseen.
const checkEvery = time.Second

// Find returns the token with the secret, if it is a good one now. A file that
// is gone or broken has no tokens: who may not be known must not come in.
func (f *File) Find(secret string) (Token, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if now.Sub(f.checked) > checkEvery {
		f.checked = now
		if err := f.reload(); err != nil {
			f.tokens, f.stat = nil, fileStat{}
		}
	}
	t, ok := f.tokens[sha256.Sum256([]byte(secret))]
	return t, ok && (t.Expires.IsZero() || now.Before(t.Expires))
}

// reload reads the file if it has changed.
func (f *File) reload() error {
	info, err := os.Stat(f.path)
	if err != nil {
		return fmt.Errorf("open tokens: %w", err)
	}
	stat := fileStat{info.ModTime(), info.Size()}
	if stat == f.stat {
		return nil
	}
	file, err := os.Open(f.path)
	if err != nil {
		return fmt.Errorf("open tokens: %w", err)
	}
	defer file.Close()
	tokens, err := Parse(f.path, file)
	if err != nil {
		return err
	}
	f.tokens = make(map[[sha256.Size]byte]Token, len(tokens))
	for _, t := range tokens {
		f.tokens[t.Hash] = t
	}
	f.stat = stat
	return nil
}
