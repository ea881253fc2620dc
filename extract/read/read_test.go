package read

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/districtkg/districtkg/schema"
)

const report = "2023年，全区完成地区生产总值521.92亿元，比上年增长6.6%。\r\n其中：第二产业增加值41.99亿元，下降2.9%。\r\n"

// encoded returns the report in an encoding, with a byte order mark or not.
func encoded(t testing.TB, e encoding.Encoding, mark string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(report))
	if err != nil {
		t.Fatal(err)
	}
	return append([]byte(mark), b...)
}

func TestEncodings(t *testing.T) {
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"UTF-8", []byte(report), report},
		{"UTF-8 with mark", []byte("\xef\xbb\xbf" + report), report},
		{"UTF-16 little endian with mark", encoded(t, little, "\xff\xfe"), report},
		{"UTF-16 big endian with mark", encoded(t, big, "\xfe\xff"), report},
		{"UTF-16 little endian", encoded(t, little, ""), report},
		{"UTF-16 big endian", encoded(t, big, ""), report},
		{"GB 18030", encoded(t, simplifiedchinese.GB18030, ""), report},
		{"GBK", encoded(t, simplifiedchinese.GBK, ""), report},
		{"UTF-8 with a damaged byte", []byte(report + "完\xe5"), report + "完\ufffd"},
		{"NUL in the middle", []byte(report + "\x00" + report), report + "\x00" + report},
		{"short", []byte("南关区"), "南关区"},
		{"short GBK", []byte("\xc4\xcf\xb9\xd8\xc7\xf8\xb9\xa4\xd7\xf7\xb1\xa8\xb8\xe6"), "南关区工作报告"},
	} {
		doc, err := Bytes("a.txt", tt.data)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if doc.Original != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, doc.Original, tt.want)
		}
	}
}

// random returns bytes that are in no encoding; the same ones each time.
func random(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func TestUnreadable(t *testing.T) {
	for _, tt := range []struct {
		name, path string
		data       []byte
		want       error
		says       string
	}{
		{"empty", "a.txt", nil, schema.ErrEmpty, "a.txt: nothing to read"},
		{"blank", "a.txt", []byte("\ufeff \r\n\u200b\t"), schema.ErrEmpty, "nothing to read"},
		{"blank page", "a.html", []byte("<html><script>var a</script></html>"), schema.ErrEmpty, "nothing to read"},
		{"random", "a.txt", random(100_000), schema.ErrNotText, "not text in UTF-8, UTF-16 or GB 18030"},
		{"few random bytes", "a.txt", random(64), schema.ErrNotText, "not text"},
		{"zeros", "a.txt", make([]byte, 5000), schema.ErrNotText, "not text"},
		{"control characters", "a.txt", bytes.Repeat([]byte("a\x01\x02"), 500), schema.ErrNotText, "control characters"},
		{"PDF", "a.pdf", []byte("%PDF-1.7\n1 0 obj"), schema.ErrUnsupported, "turn it into text first"},
		{"old Word named as text", "a.txt", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), schema.ErrUnsupported, "save it as .docx"},
		{"archive", "a.docx", []byte("PK\x03\x04rest"), schema.ErrUnsupported, "ZIP"},
		{"broken Word", "a.docx", []byte("PK\x03\x04 word/document.xml"), schema.ErrInvalid, "archive"},
	} {
		doc, err := Bytes(tt.path, tt.data)
		if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %+v, error %v; want %v with %q", tt.name, doc, err, tt.want, tt.says)
		}
	}
}

func TestHTML(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"blocks and scripts",
			`<!DOCTYPE html><html><head><title>南关区公报</title><style>p{}</style></head><body><script>x()</script><div>一、<b>综合</b></div><p>  全年增长
			6.6%。</p>第一行<br>第二行<p style="display: none">不见</p></body></html>`,
			"南关区公报\n一、综合\n全年增长 6.6%。\n第一行\n第二行\n"},
		{"title that the body has", `<title>公报</title><h1>2023年公报</h1>`, "2023年公报\n"},
		{"table", `<table><caption>表1</caption><tr><th>指标</th><th colspan=2>2023年</th></tr><tr><td rowspan=2>农业</td><td>14.91</td><td>3.6</td></tr>
			<tr><td></td><td>a|b</td></tr><tr><td></td></tr></table>`,
			"表1\n指标 | 2023年 | \n农业 | 14.91 | 3.6\n农业 |  | a/b\n"},
		{"table of layout", `<table><tr><td><p>第一段。</p><table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table></td></tr></table>`,
			"第一段。\n甲 | 1\n乙 | 2\n"},
		{"menu", `<div><ul><li><a>首页</a><li><a>要闻</a><li><a>公开</a><li><a>服务</a></ul><p>正文很短。</p></div>`, "正文很短。\n"},
		{"only links", `<ul><li><a>一</a><li><a>二</a><li><a>三</a><li><a>四</a></ul>`, "一\n二\n三\n四\n"},
		{"preformatted", "<pre>第一行\n第二行</pre>", "第一行\n第二行\n"},
		{"entities", `<p>&ldquo;十四五&rdquo;&mdash;&#20013;</p>`, "“十四五”—中\n"},
		{"inline elements", `<p>全区<span>实现</span> <a href=x>增加值</a></p>`, "全区实现 增加值\n"},
	} {
		doc, err := Bytes("a.html", []byte(tt.in))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if doc.Original != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, doc.Original, tt.want)
		}
	}
}

// wordFile is a Word file with the given body.
func wordFile(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(docxMain)
	if err != nil {
		t.Fatal(err)
	}
	const head = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	if _, err := f.Write([]byte(head + body + "</w:body></w:document>")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDocx(t *testing.T) {
	para := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	cell := func(s string) string { return "<w:tc>" + para(s) + "</w:tc>" }
	body := para("政府工作报告") +
		`<w:p><w:r><w:t xml:space="preserve">增长 </w:t></w:r><w:del><w:r><w:t>旧</w:t></w:r></w:del><w:r><w:t>6.6%</w:t><w:br/><w:t>下行</w:t></w:r></w:p>` +
		"<w:tbl><w:tr>" + cell("农业") + cell("") + cell("14.91") + "</w:tr><w:tr>" + cell("林业") + cell("1") + cell("2") + "</w:tr></w:tbl>" + para("完")
	doc, err := Bytes("报告.wps", wordFile(t, body))
	if err != nil {
		t.Fatal(err)
	}
	if want := "政府工作报告\n增长 6.6%\n下行\n农业 |  | 14.91\n林业 | 1 | 2\n完\n"; doc.Original != want {
		t.Errorf("%q, want %q", doc.Original, want)
	}
}

func TestWalk(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"b.txt": "乙", "a.html": "<p>甲</p>", "sub/c": "丙", "sub/d.md": "", ".hidden/e.txt": "戊", "sub/style.css": "p{}", "~$a.docx": "锁",
	} {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for doc, err := range Walk(context.Background(), []string{filepath.Join(dir, "none.txt"), dir}) {
		rel, relErr := filepath.Rel(dir, doc.Path)
		if relErr != nil {
			t.Fatal(relErr)
		}
		if err != nil {
			rel += "!"
			if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, schema.ErrEmpty) || !strings.Contains(err.Error(), doc.Path) {
				t.Errorf("%s: %v", doc.Path, err)
			}
		}
		got = append(got, rel+"="+strings.TrimSpace(doc.Original))
	}
	if s := strings.Join(got, " "); s != "none.txt!= a.html=甲 b.txt=乙 sub/c=丙 sub/d.md!=" {
		t.Errorf("walked %s", s)
	}
}

func TestWalkStops(t *testing.T) {
	fsys := fstest.MapFS{"a.txt": {Data: []byte("甲")}, "b.txt": {Data: []byte("乙")}}
	n := 0
	for range Documents(fsys) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d documents after a break", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for doc, err := range Walk(ctx, []string{"read.go"}) {
		if !errors.Is(err, context.Canceled) || doc.Path != "read.go" {
			t.Errorf("%v, %v", doc, err)
		}
	}
}

func TestNoPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(dir, 0); err != nil {
		t.Fatal(err)
	}
	for doc, err := range Walk(context.Background(), []string{dir}) {
		if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "chmod") {
			t.Errorf("%s: %v", doc.Path, err)
		}
	}
}

func TestAdvice(t *testing.T) {
	err := advise(reason(&fs.PathError{Op: "open", Path: "x", Err: fs.ErrPermission}))
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "chmod") || strings.Contains(err.Error(), "open x") {
		t.Errorf("%v", err)
	}
}

// A sparse file over the limit is refused before any of it is read.
func TestTooLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "big.txt")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Truncate(MaxSize+1), f.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := File(context.Background(), path); !errors.Is(err, schema.ErrTooLarge) || !strings.Contains(err.Error(), "50 MiB") {
		t.Errorf("%v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.txt", []byte(report))
	f.Add("a.txt", encoded(f, simplifiedchinese.GB18030, ""))
	f.Add("a.txt", encoded(f, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), ""))
	f.Add("a.html", []byte("<table><tr><td rowspan=3>a<td colspan=99999>b</table><pre>x\n"))
	f.Add("a.docx", wordFile(f, "<w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:tbl>"))
	f.Add("a", []byte("\xff\xfe\x00"))
	f.Fuzz(func(t *testing.T, path string, data []byte) {
		doc, err := Bytes(path, data)
		switch {
		case err != nil && doc != nil, err == nil && (doc == nil || doc.Original == "" || len(doc.SHA256) != 64):
			t.Errorf("%+v with error %v", doc, err)
		case err == nil && !utf8.ValidString(doc.Original):
			t.Errorf("original is not UTF-8: %q", doc.Original)
		}
	})
}
