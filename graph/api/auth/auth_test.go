package auth

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTokenRoundTrip(t *testing.T) {
	tok, secret, err := New("loader", []Scope{Write}, time.Date(2099, 12, 31, 15, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if line := tok.String(); strings.Contains(line, secret) || !strings.HasSuffix(line, "\t2099-12-31") {
		t.Errorf("line %q", line)
	}
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, []byte("# comment\n\n"+tok.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := f.Find(secret)
	if !ok || got.Name != "loader" || !got.Allows(Read) || !got.Allows(Write) || got.Allows(Admin) {
		t.Errorf("found %v %+v", ok, got)
	}
	if _, ok := f.Find(secret + "x"); ok {
		t.Error("a wrong secret was found")
	}
}

func TestExpired(t *testing.T) {
	tok, secret, err := New("old", []Scope{Read}, time.Now().AddDate(0, 0, -2))
	if err != nil {
		t.Fatal(err)
	}
	today, good, err := New("today", []Scope{Read}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, []byte(tok.String()+"\n"+today.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := f.Find(secret); ok {
		t.Error("an expired token is good")
	}
	if _, ok := f.Find(good); !ok {
		t.Error("a token is not good on its last day")
	}
}

func TestFileThatChanges(t *testing.T) {
	tok, secret, err := New("x", []Scope{Admin}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, content string
		want          bool
	}{
		{"added", tok.String(), true},
		{"taken out", "", false},
		{"added again", "#\n" + tok.String(), true},
		{"broken", "what", false},
	} {
		if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
			t.Fatal(err)
		}
		f.checked = time.Time{}
		if _, ok := f.Find(secret); ok != tt.want {
			t.Errorf("%s: found %v", tt.name, ok)
		}
	}
}

func TestParseSaysWhere(t *testing.T) {
	hash := strings.Repeat("0a", 32)
	for _, tt := range []struct{ name, line, want string }{
		{"columns", "a b c", "tokens:2: "},
		{"scope", "a\troot\t" + hash + "\t-", `scope "root"`},
		{"hash", "a\tread\t12\t-", "64 hexadecimal digits"},
		{"day", "a\tread\t" + hash + "\tsoon", `last day "soon"`},
	} {
		_, err := Parse("tokens", strings.NewReader("# first\n"+tt.line))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestNewRefusesBadNames(t *testing.T) {
	if _, _, err := New("a\tb", []Scope{Read}, time.Time{}); err == nil {
		t.Error("a name with a tab was taken")
	}
	if _, _, err := New("a", nil, time.Time{}); err == nil {
		t.Error("a token without scope was made")
	}
}
