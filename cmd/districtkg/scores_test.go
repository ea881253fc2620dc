package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestScores measures extraction on the sample documents. The result is a
// golden file, so a worse score is a diff.
func TestScores(t *testing.T) {
	var notes bytes.Buffer
	gold := filepath.Join("..", "..", "extract", "eval", "testdata", "gold")
	report, err := evaluate(context.Background(), gold, nil, &notes)
	if err != nil {
		t.Fatal(err)
	}
	if notes.Len() > 0 {
		t.Errorf("a sample was not read: %s", notes.String())
	}
	var table bytes.Buffer
	if err := report.WriteTable(&table, 0); err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", table.String())
	golden(t, "scores.golden", table.Bytes())
}

// golden compares with a file in testdata, which -update rewrites.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; if the change is meant, run go test -update and say why in the commit\ngot:\n%s\nwant:\n%s", name, got, want)
	}
}
