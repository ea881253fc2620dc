package segment

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
	"github.com/districtkg/districtkg/seeds"
)

// shared is one Segmenter for all tests: loading takes a second.
var shared = sync.OnceValues(func() (*Segmenter, error) { return New(seeds.FS()) })

func segmenter(t testing.TB) *Segmenter {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// samples is the text of the five sample documents.
func samples(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	docs := seeds.Documents()
	names, err := fs.Glob(docs, "*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("sample documents: %v, %v", names, err)
	}
	for _, n := range names {
		data, err := fs.ReadFile(docs, n)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
		b.WriteByte('\n')
	}
	return b.String()
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"full stops", "增长6.6%。下降2.9%！是吗？", []string{"增长6.6%。", "下降2.9%！", "是吗？"}},
		{"commas do not split", "其中，第二产业41.99亿元，比上年下降2.9%。", []string{"其中，第二产业41.99亿元，比上年下降2.9%。"}},
		{"semicolons", "收入10.52亿元;支出29.09亿元；其他", []string{"收入10.52亿元;", "支出29.09亿元；", "其他"}},
		{"closing quotes stay", "“让群众用上‘放心水’。”他说。", []string{"“让群众用上‘放心水’。”", "他说。"}},
		{"closing brackets stay", "（完。）又一句", []string{"（完。）", "又一句"}},
		{"ellipsis", "建成开放……如今", []string{"建成开放……", "如今"}},
		{"headings", "一、综合\n\n2023年完成", []string{"一、综合", "2023年完成"}},
		{"rows", "农业 | 14.91；15 | 3.6。\n林业 | 1.36 | -14.2", []string{"农业 | 14.91；15 | 3.6。", "林业 | 1.36 | -14.2"}},
		{"pipes in a paragraph", "值如下: | 行业 | 值 |。后一句。又", []string{"值如下: | 行业 | 值 |。", "后一句。", "又"}},
		{"decimals", "GDP 1.5%.增", []string{"GDP 1.5%.增"}},
		{"white space", " \n\u3000　\n\t", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range sentences(tt.in) {
				got = append(got, s.In(tt.in))
			}
			if strings.Join(got, "⏎") != strings.Join(tt.want, "⏎") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSegmentTags(t *testing.T) {
	doc := &schema.Doc{Text: "2023年，南关区实现营业收入130.59亿元。"}
	if err := segmenter(t).Segment(doc); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, tok := range doc.Tokens {
		got = append(got, tok.In(doc.Text)+"/"+tok.Tag)
	}
	want := "2023/m 年/m ，/x 南关区/ns 实现/v 营业/n 收入/v 130.59/m 亿元/m 。/x"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// Our tags and offsets agree with what gojieba gives separately, but for words
// that no dictionary has, which we tag better.
func TestTokensAgreeWithGojieba(t *testing.T) {
	e, err := segmenter(t).load()
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(samples(t), "\n") {
		doc := &schema.Doc{Text: line}
		if err := segmenter(t).Segment(doc); err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, tok := range doc.Tokens {
			got = append(got, tok.In(line)+"/"+tok.Tag)
		}
		for _, w := range e.jieba.Tag(line) {
			word := w[:strings.LastIndex(w, "/")]
			if e.tags.id(word) == 0 {
				w = word + "/" + tagByLetters(word)
			}
			if strings.TrimSpace(word) != "" {
				want = append(want, w)
			}
		}
		if g, w := strings.Join(got, " "), strings.Join(want, " "); g != w {
			t.Errorf("line %d:\n got %s\nwant %s", i, g, w)
		}
	}
}

func TestSegmentConcurrently(t *testing.T) {
	text := samples(t)
	want := &schema.Doc{Text: text}
	if err := segmenter(t).Segment(want); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			doc := &schema.Doc{Text: text}
			if err := segmenter(t).Segment(doc); err != nil || len(doc.Tokens) != len(want.Tokens) {
				t.Errorf("%d tokens, %v; want %d", len(doc.Tokens), err, len(want.Tokens))
			}
		})
	}
	wg.Wait()
}

// checkSpans fails unless sentences and tokens keep what the package promises.
func checkSpans(t *testing.T, doc *schema.Doc) {
	t.Helper()
	end := 0
	for _, s := range doc.Sentences {
		if s.Start < end || s.End <= s.Start || s.End > len(doc.Text) {
			t.Fatalf("sentence %v after %d in %q", s, end, doc.Text)
		}
		end = s.End
	}
	end = 0
	for _, tok := range doc.Tokens {
		i := doc.SentenceAt(tok.Start)
		if tok.Start < end || tok.End <= tok.Start || i < 0 || !doc.Sentences[i].Contains(tok.Span) {
			t.Fatalf("token %v after %d in %q", tok, end, doc.Text)
		}
		end = tok.End
	}
}

// visible counts the bytes that some token must cover.
func visible(s string) int {
	n := 0
	for _, r := range s {
		if !space(r) && r != utf8.RuneError {
			n += utf8.RuneLen(r)
		}
	}
	return n
}

func FuzzSegment(f *testing.F) {
	for _, s := range []string{"", "增长\x006.6%。", "坏\xff字节；下降", "a|b|c\n。。。”", "𠀀𠀁！\u3000", strings.Repeat("长", 6000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := &schema.Doc{Text: text}
		if err := segmenter(t).Segment(doc); err != nil {
			t.Fatal(err)
		}
		checkSpans(t, doc)
		covered := 0
		for _, tok := range doc.Tokens {
			covered += visible(tok.In(text))
		}
		if utf8.ValidString(text) && covered != visible(text) {
			t.Errorf("tokens cover %d bytes of %d in %q", covered, visible(text), text)
		}
	})
}

// BenchmarkSegment measures this package beside gojieba's plain Cut on the
// same text; the metric ratio is our speed as a share of Cut's.
func BenchmarkSegment(b *testing.B) {
	text := strings.Repeat(samples(b), 20)
	e, err := segmenter(b).load()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	var cut, ours float64
	for b.Loop() {
		cut += seconds(func() {
			for _, line := range strings.Split(text, "\n") {
				e.jieba.Cut(line, true)
			}
		})
		ours += seconds(func() {
			if err := segmenter(b).Segment(&schema.Doc{Text: text}); err != nil {
				b.Fatal(err)
			}
		})
	}
	mb := float64(len(text)) * float64(b.N) / 1e6
	b.ReportMetric(mb/cut, "cut-MB/s")
	b.ReportMetric(mb/ours, "segment-MB/s")
	b.ReportMetric(cut/ours, "ratio")
}

func seconds(f func()) float64 {
	start := time.Now()
	f()
	return time.Since(start).Seconds()
}

func TestLoadErrors(t *testing.T) {
	if _, err := New(fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no dictionaries: %v", err)
	}
	files := func(dict, user string) fs.FS {
		return fstest.MapFS{dictFile: {Data: []byte(dict)}, modelFile: {}, userFile: {Data: []byte(user)}}
	}
	for _, tt := range []struct{ name, dict, user, want string }{
		{"dictionary", "南关区 3 ns\n南关区\n", "", dictFile + ":2: invalid entry"},
		{"own words", "南关区 3 ns\n", "# note\n\n街道 x n\n", userFile + ":3: invalid entry"},
	} {
		s, err := New(files(tt.dict, tt.user))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Segment(&schema.Doc{Text: "南关区"}); !errors.Is(err, schema.ErrInvalid) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
}

// Where the dictionaries cannot be written, the message tells what to do.
func TestNoTemporaryFolder(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	s, err := New(seeds.FS())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Segment(&schema.Doc{Text: "南关区"}); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "TMPDIR") {
		t.Errorf("%v", err)
	}
}

// A Segmenter that read no text loads nothing, and one that is closed says so.
func TestClose(t *testing.T) {
	s, err := New(seeds.FS())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil || s.engine != nil {
		t.Errorf("closed with %v and engine %v", err, s.engine)
	}
	if err := s.Segment(&schema.Doc{Text: "南关区"}); !errors.Is(err, errClosed) {
		t.Errorf("closed segmenter: %v", err)
	}
}
