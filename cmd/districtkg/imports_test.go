package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/districtkg/districtkg/"

// layers is the architecture: what each folder may import of ours. A folder
// that is not listed may not exist; "x/*" stands for all folders below x.
// Tests may also import seeds, and the test suite of the store.
var layers = map[string][]string{
	"schema": {},
	"seeds":  {},

	"extract":          {"schema"},
	"extract/read":     {"schema"},
	"extract/clean":    {"schema"},
	"extract/segment":  {"schema"},
	"extract/lexicon":  {"schema"},
	"extract/rule":     {"schema"}, // and below it ruletest, which only tests use
	"extract/figure":   {"schema", "extract/lexicon", "extract/rule"},
	"extract/entity":   {"schema", "extract/lexicon", "extract/rule"},
	"extract/relation": {"schema", "extract/lexicon", "extract/rule"},
	// identity infers what a document is about before its mentions are
	// resolved: neither a recogniser nor a part of resolve, which needs it.
	"extract/identity": {"schema", "extract/lexicon", "extract/rule"},
	"extract/resolve":  {"schema", "extract/lexicon", "extract/rule"},
	"extract/eval":     {"schema", "extract"},

	"graph":           {"schema", "graph/quads"},
	"graph/quads":     {"schema"},
	"graph/store":     {},
	"graph/postgres":  {},
	"graph/graphtest": {},
	"graph/export":    {"schema", "graph/quads"},
	"graph/search":    {"schema", "graph"},
	"graph/api":       {"schema", "graph", "graph/export", "graph/search", "graph/api/*"},
	"graph/ui":        {},

	"cmd/districtkg": {"*"},
}

// owners lists who alone may import a library outside of tests.
var owners = map[string][]string{
	"github.com/yanyiwu/gojieba":      {"extract/segment"},
	"github.com/cockroachdb/pebble":   {"graph/store"},
	"github.com/gin-gonic/gin":        {"graph/api"},
	"github.com/spf13/cobra":          {"cmd/districtkg"},
	"github.com/cayleygraph/cayley":   {"graph", "graph/store", "graph/postgres", "graph/graphtest", "graph/api"},
	"github.com/cayleygraph/quad":     {"graph", "graph/quads", "graph/store", "graph/postgres", "graph/graphtest", "graph/export", "graph/api"},
	"github.com/blevesearch/bleve":    {"graph/search"},
	"golang.org/x/net/html":           {"extract/read"},
	"github.com/jackc/pgx":            {"graph/postgres"},
	"github.com/modelcontextprotocol": {"graph/api", "cmd/districtkg"},
}

func TestImports(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(file, ".go") {
			rel, _ := filepath.Rel(root, file)
			checkFile(t, file, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkFile reports the imports of one source file that the tables forbid.
func checkFile(t *testing.T, file, rel string) {
	t.Helper()
	source, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	folder := layerOf(path.Dir(rel))
	if folder == "" {
		t.Errorf("%s: its folder is not in the table of layers", rel)
		return
	}
	test := strings.HasSuffix(rel, "_test.go") || source.Name.Name == "main" && folder != "cmd/districtkg"
	for _, spec := range source.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		if ours, ok := strings.CutPrefix(imported, module); ok {
			if !mayImport(folder, ours) && !(test && mayTest(folder, ours)) {
				t.Errorf("%s imports %s, which %s may not", rel, ours, folder)
			}
			continue
		}
		if !test && !mayOwn(folder, imported) {
			t.Errorf("%s imports %s, which others own", rel, imported)
		}
	}
}

// layerOf returns the row of the table that a folder belongs to: its own or
// that of the nearest folder above it.
func layerOf(folder string) string {
	for f := folder; f != "." && f != "/"; f = path.Dir(f) {
		if _, ok := layers[f]; ok {
			return f
		}
	}
	return ""
}

func mayImport(folder, imported string) bool {
	for _, allowed := range layers[folder] {
		prefix, all := strings.CutSuffix(allowed, "*")
		if imported == allowed || all && strings.HasPrefix(imported, prefix) {
			return true
		}
	}
	return imported == folder || strings.HasPrefix(imported, folder+"/") && layerOf(imported) == folder
}

// mayTest reports whether the tests of a folder may import what its code may
// not: the embedded data, and on each side of the house the packages below.
func mayTest(folder, imported string) bool {
	if imported == "seeds" {
		return true
	}
	side, _, _ := strings.Cut(folder, "/")
	return strings.HasPrefix(imported, side)
}

func mayOwn(folder, imported string) bool {
	for library, allowed := range owners {
		if imported == library || strings.HasPrefix(imported, library+"/") {
			return slices.Contains(allowed, folder)
		}
	}
	return true
}

// TestLayersExist keeps the table from listing what is gone.
func TestLayersExist(t *testing.T) {
	for folder := range layers {
		if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(folder))); err != nil {
			t.Errorf("the table of layers lists %s: %v", folder, err)
		}
	}
}
