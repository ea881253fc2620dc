package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/districtkg/districtkg/extract"
	"github.com/districtkg/districtkg/extract/read"
	"github.com/districtkg/districtkg/schema"
	"github.com/districtkg/districtkg/seeds"
)

// run runs the program with the arguments.
func run(t *testing.T, args ...string) (out, notes string, err error) {
	t.Helper()
	root := newRoot()
	var o, n bytes.Buffer
	root.SetOut(&o)
	root.SetErr(&n)
	root.SetArgs(args)
	err = root.ExecuteContext(context.Background())
	return o.String(), n.String(), err
}

func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	out, notes, err := run(t, args...)
	if err != nil {
		t.Fatalf("districtkg %s: %v\n%s", strings.Join(args, " "), err, notes)
	}
	return out
}

// TestFromDocumentsToAnswers goes the whole way: build, ask, export, load the
// export elsewhere, forget a document.
func TestFromDocumentsToAnswers(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "db")
	table := strings.Join(strings.Fields(mustRun(t, "build", "--db", db)), " ")
	for _, row := range []string{"documents 5", "entities", "relations", "figures", "warnings", "time"} {
		if !strings.Contains(table, row) {
			t.Errorf("the table of build lacks %q:\n%s", row, table)
		}
	}
	first := mustRun(t, "export", "--db", db)
	again := filepath.Join(folder, "again")
	mustRun(t, "build", "--db", again)
	if second := mustRun(t, "export", "--db", again); first != second {
		t.Error("two builds of the same documents export different bytes")
	}
	file, imported := filepath.Join(folder, "graph.nq"), filepath.Join(folder, "imported")
	mustRun(t, "export", "--db", db, "-o", file)
	mustRun(t, "import", file, "--db", imported)
	if second := mustRun(t, "export", "--db", imported); first != second {
		t.Error("an import of an export exports different bytes")
	}
	rows := mustRun(t, "query", `g.V("二道区").in("rdfs:label").unique().out("dkg:partOf").unique().out("rdfs:label").unique().all()`, "--db", db)
	if strings.TrimSpace(rows) != `{"id":"长春市"}` {
		t.Errorf("二道区 is part of %s", rows)
	}
	forget(t, db, first)
}

// forget removes a document and looks whether none of its quads is left.
func forget(t *testing.T, db, quads string) {
	t.Helper()
	_, rest, _ := strings.Cut(quads, "/id/document/")
	sum, _, _ := strings.Cut(rest, ">")
	sum, _, _ = strings.Cut(sum, "/")
	mustRun(t, "remove", "document/"+sum, "--db", db)
	if after := mustRun(t, "export", "--db", db); strings.Contains(after, sum) || after == "" {
		t.Errorf("document %s is still there, or nothing else is", sum)
	}
}

// TestFactsQuoteTheOriginal looks at every fact of the samples: its evidence is
// the slice of the original that it says it is.
func TestFactsQuoteTheOriginal(t *testing.T) {
	originals := map[string][]rune{}
	for doc, err := range read.Documents(seeds.Documents()) {
		if err != nil {
			t.Fatal(err)
		}
		originals[doc.SHA256] = []rune(doc.Original)
	}
	facts := 0
	for _, text := range strings.Split(strings.TrimSpace(mustRun(t, "extract")), "\n") {
		var line extract.Line
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatal(err)
		}
		for _, q := range quotesOf(line) {
			facts++
			original := originals[line.Document.SHA256]
			if q.Start >= q.End || q.End > len(original) || string(original[q.Start:q.End]) != q.Text {
				t.Errorf("%s: %d-%d is not %q", line.Document.Path, q.Start, q.End, q.Text)
			}
		}
	}
	if facts < 500 {
		t.Errorf("only %d facts were looked at", facts)
	}
}

func quotesOf(line extract.Line) (quotes []extract.LineQuote) {
	for _, e := range line.Entities {
		quotes = append(quotes, e.Mentions...)
	}
	for _, r := range line.Relations {
		quotes = append(quotes, r.Evidence)
	}
	for _, f := range line.Figures {
		quotes = append(quotes, f.Evidence)
	}
	return quotes
}

// badFiles are files of which nothing can be read, and what is said of them.
func badFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	random := make([]byte, 4096)
	rand.New(rand.NewSource(1)).Read(random)
	for name, data := range map[string][]byte{"empty.txt": nil, "random.txt": random, "blank.txt": []byte(" \n\t\n")} {
		write(t, filepath.Join(folder, name), data)
	}
	return map[string]string{
		"empty.txt": schema.ErrEmpty.Error(), "blank.txt": schema.ErrEmpty.Error(), "random.txt": schema.ErrNotText.Error(),
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestBadFilesAreReportedAndTheRestGoesOn mixes files that cannot be read with
// odd ones that can.
func TestBadFilesAreReportedAndTheRestGoesOn(t *testing.T) {
	folder := t.TempDir()
	says := badFiles(t, folder)
	text := "2023年,春城县地区生产总值521.92亿元,比上年增长6.6%。"
	wide := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	write(t, filepath.Join(folder, "utf16.txt"), wide)
	write(t, filepath.Join(folder, "nul.txt"), []byte(strings.Replace(text, ",", ",\x00", 1)))
	out, notes, err := run(t, "build", folder, "--db", filepath.Join(t.TempDir(), "db"))
	if !errors.Is(err, errReported) {
		t.Errorf("error %v, want the one for status 1", err)
	}
	for name, reason := range says {
		if !strings.Contains(notes, name) || !strings.Contains(notes, reason) {
			t.Errorf("nothing says that %s is %q:\n%s", name, reason, notes)
		}
	}
	table := strings.Join(strings.Fields(out), " ")
	for _, row := range []string{"documents 2", "not read 3", "figures 4"} {
		if !strings.Contains(table, row) {
			t.Errorf("the table lacks %q:\n%s", row, out)
		}
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{"no such file", []string{"extract", "no/such/file.txt"}, "documents could not be read"},
		{"format", []string{"extract", "--format", "xml"}, "want jsonl or text"},
		{"no gold", []string{"eval", t.TempDir()}, "no file NAME.gold"},
		{"store", []string{"query", "g.V().all()", "--db", filepath.Join(t.TempDir(), "none")}, "not found"},
		{"scheme", []string{"export", "--db", "mysql://host/db"}, "mysql"},
		{"place", []string{"explain", filepath.Join("..", "..", "seeds", "documents", "nanguan-2023-bulletin.txt"), "--at", "99999999"}, "code points 0 to"},
		{"no query", []string{"query"}, "usage: districtkg query "},
		{"too much", []string{"serve", "folder"}, "usage: districtkg serve "},
		{"flag", []string{"serve", "--nosuch"}, "unknown flag: --nosuch; districtkg serve --help"},
		{"day", []string{"token", "x", "--expires", "soon", "--tokens", filepath.Join(t.TempDir(), "t")}, "2027-12-31"},
	} {
		_, _, err := run(t, tt.args...)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

func TestExplainNamesRulesAndFacts(t *testing.T) {
	file := filepath.Join("..", "..", "seeds", "documents", "nanguan-2023-bulletin.txt")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := len([]rune(string(data[:bytes.Index(data, []byte("521.92亿元"))])))
	out := mustRun(t, "explain", file, "--at", strconv.Itoa(at))
	for _, want := range []string{"figure", "地区生产总值", "52192000000"} {
		if !strings.Contains(out, want) {
			t.Errorf("the explanation lacks %q:\n%s", want, out)
		}
	}
}
