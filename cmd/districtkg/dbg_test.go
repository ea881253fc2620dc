package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/districtkg/districtkg/schema"
)

func TestDbg(t *testing.T) {
	p, err := newPipeline()
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	f, _ := os.Open(os.Getenv("DBG"))
	s := bufio.NewScanner(f)
	for s.Scan() {
		doc, err := readOne(t.Context(), s.Text())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("##", s.Text())
		doc.Trace = func(d schema.Decision) {
			if d.Rule == "subject-points" || strings.HasPrefix(d.Rule, "subject") {
				fmt.Println("   ", d.Kept, d.Reason, d.Span.In(doc.Text))
			}
		}
		facts, err := p.Extract(t.Context(), doc)
		if err == nil {
			fmt.Println("  =", facts.Doc.Identity.Subject, facts.Doc.Identity.Code, facts.Doc.Identity.Kind, "|", facts.Doc.Identity.Title)
		}
	}
}
