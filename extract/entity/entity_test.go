package entity_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/entity"
	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/rule/ruletest"
	"github.com/districtkg/districtkg/extract/segment"
	"github.com/districtkg/districtkg/schema"
)

var update = flag.Bool("update", false, "write what was got into the files of cases")

// stages is what the tests share; loading it takes a while.
var stages = sync.OnceValues(func() (*segment.Segmenter, *entity.Recogniser) {
	seeds := os.DirFS("../../seeds")
	lex, err := lexicon.Load(seeds)
	if err != nil {
		panic(err)
	}
	rec, err := entity.New(lex)
	if err != nil {
		panic(err)
	}
	seg, err := segment.New(seeds)
	if err != nil {
		panic(err)
	}
	return seg, rec
})

// read returns a document of the text and its mentions.
func read(t testing.TB, text string) (*schema.Doc, []schema.Mention) {
	t.Helper()
	seg, rec := stages()
	doc := &schema.Doc{Original: text, Text: text}
	if err := seg.Segment(doc); err != nil {
		t.Fatal(err)
	}
	return doc, rec.Recognise(doc)
}

func TestRecognise(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		ruletest.Run(t, file, *update, func(t *testing.T, c ruletest.Case) string {
			var out []string
			_, mentions := read(t, c.In)
			for _, m := range mentions {
				out = append(out, strings.TrimRight(fmt.Sprintf("%s %s %s", m.Class, m.Name, m.Code), " "))
			}
			return strings.Join(out, "\n")
		})
	}
}

func FuzzRecognise(f *testing.F) {
	for _, seed := range []string{
		"县委副书记、县长 李扩在“三集中”活动上", "引进甲乙科技、《规划》（二期）等企业3家", "地铁7、8号线",
		"被评为全国先进县、", "第次会议第一届次会议", "”“、等等项目", "市\x00区委\xff区", "“”《》()",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			t.Skip("long inputs show nothing that short ones do not")
		}
		doc, mentions := read(t, strings.ToValidUTF8(text, "?"))
		last := 0
		for _, m := range mentions {
			if m.Start < last || m.End > len(doc.Text) || m.Start >= m.End || m.Name == "" {
				t.Fatalf("out of order or of bounds, or without a name: %+v", m)
			}
			if !utf8.ValidString(m.In(doc.Text)) {
				t.Fatalf("splits a character: %+v", m)
			}
			last = m.Start
		}
	})
}

func TestNewRefusesBadSeeds(t *testing.T) {
	seeds := fstest.MapFS{}
	for _, file := range []string{"divisions/divisions.tsv", "divisions/abridged.tsv", "divisions/townships.tsv", "lexicon/words/peoples.tsv", "lexicon/words/province-letters.tsv"} {
		data, err := os.ReadFile(filepath.Join("../../seeds", file))
		if err != nil {
			t.Fatal(err)
		}
		seeds[file] = &fstest.MapFile{Data: data}
	}
	lex, err := lexicon.Load(seeds)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := entity.New(lex); err == nil {
		t.Error("a recogniser without its lists of words was made")
	}
}

func TestTraceTellsWhy(t *testing.T) {
	seg, rec := stages()
	text := "全县实施50个重点项目，晨曦药业集团落户。"
	doc := &schema.Doc{Original: text, Text: text}
	if err := seg.Segment(doc); err != nil {
		t.Fatal(err)
	}
	kept, left := 0, 0
	doc.Trace = func(d schema.Decision) {
		if d.Stage != "entity" || d.Reason == "" || d.Rule == "" {
			t.Errorf("decision without stage, rule or reason: %+v", d)
		}
		if d.Kept {
			kept++
		} else {
			left++
		}
	}
	rec.Recognise(doc)
	if kept == 0 || left == 0 {
		t.Errorf("%d kept and %d left out in the trace, want both", kept, left)
	}
}

func BenchmarkRecognise(b *testing.B) {
	seg, rec := stages()
	text, err := os.ReadFile("../../seeds/documents/nankai-2023-report.txt")
	if err != nil {
		b.Fatal(err)
	}
	doc := &schema.Doc{Text: strings.Repeat(string(text), 20)}
	if err := seg.Segment(doc); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		rec.Recognise(doc)
	}
}
