package main

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	"github.com/districtkg/districtkg/extract"
	"github.com/districtkg/districtkg/extract/read"
	"github.com/districtkg/districtkg/seeds"
)

// A document of several blocks says the same on one core and on many.
func TestCoresChangeNothing(t *testing.T) {
	p, err := newPipeline()
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	text := samples(t)
	extracted := func(cores int) string {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		doc, err := read.Bytes("samples.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		facts, err := p.Extract(t.Context(), doc)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := extract.WriteJSON(&out, facts); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	one := extracted(1)
	for range 3 {
		if many := extracted(8); many != one {
			t.Fatalf("%d bytes of facts with one core, %d other ones with eight", len(one), len(many))
		}
	}
}

// samples returns the sample documents as one text.
func samples(t testing.TB) string {
	t.Helper()
	var text strings.Builder
	for doc, err := range read.Documents(seeds.Documents()) {
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString(doc.Original + "\n\n")
	}
	return text.String()
}
