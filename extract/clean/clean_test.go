package clean

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
	"github.com/districtkg/districtkg/seeds"
)

// shared is one Cleaner for all tests.
var shared = sync.OnceValues(func() (*Cleaner, error) { return New(seeds.FS()) })

func cleaned(t testing.TB, text string) *schema.Doc {
	t.Helper()
	c, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	doc := &schema.Doc{Path: "test", Original: text}
	if err := c.Clean(doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// checkMap fails unless every character of the text leads back to a piece of
// the original that is not empty, in order.
func checkMap(t *testing.T, doc *schema.Doc) {
	t.Helper()
	if !utf8.ValidString(doc.Text) {
		t.Fatalf("text is not UTF-8: %q of %q", doc.Text, doc.Original)
	}
	before := schema.Span{}
	for i, r := range doc.Text {
		o := doc.Offsets.Original(schema.Span{Start: i, End: i + utf8.RuneLen(r)})
		if o.Start >= o.End || o.End > len(doc.Original) || o.Start < before.Start || o.End < before.End {
			t.Fatalf("%q at %d of %q leads to %v after %v in %q", r, i, doc.Text, o, before, doc.Original)
		}
		if !utf8.ValidString(doc.Original[o.Start:o.End]) {
			t.Fatalf("%q at %d leads to a piece of a character: %v in %q", r, i, o, doc.Original)
		}
		before = o
	}
	for _, w := range doc.Warnings {
		if w.Kind == "" || w.Message == "" || w.Span.Start > w.Span.End || w.Span.End > len(doc.Original) || w.Span.Start < 0 {
			t.Fatalf("bad warning %+v about %q", w, doc.Original)
		}
	}
}

var update = flag.Bool("update", false, "rewrite what the cases in testdata want")

// The files of testdata hold cases, parted by lines of ====:
//
//	what the case shows
//	-- in --
//	text
//	-- want --
//	text
//	-- warnings --
//	kind [original]
func TestClean(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v, %v", names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		cases := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n====\n")
		for i, c := range cases {
			title, rest, ok := strings.Cut(c, "\n-- in --\n")
			in, _, ok2 := strings.Cut(rest, "\n-- want --\n")
			if !ok || !ok2 {
				t.Fatalf("%s: case %q lacks a part", name, title)
			}
			got := title + "\n-- in --\n" + in + result(t, in)
			if !*update && got != c {
				t.Errorf("%s:\n%s\nwant\n%s", name, got, c)
			}
			cases[i] = got
		}
		if *update {
			if err := os.WriteFile(name, []byte(strings.Join(cases, "\n====\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// result is what a case is to show of a text.
func result(t *testing.T, in string) string {
	doc := cleaned(t, in)
	checkMap(t, doc)
	var b strings.Builder
	b.WriteString("\n-- want --\n" + doc.Text + "\n-- warnings --")
	for _, w := range doc.Warnings {
		b.WriteString("\n" + w.Kind + " [" + strings.ReplaceAll(doc.Original[w.Span.Start:w.Span.End], "\n", "⏎") + "] " + w.Message)
	}
	return b.String()
}

// Nothing that a careful reader would leave alone is touched.
func TestCleanLeavesAlone(t *testing.T) {
	for _, s := range []string{
		"位列全市第一。八是加强监管。", "5G基站、4K直播、3D建模、B1层、L3级自动驾驶、G1011高速、A级景区",
		"全市第一。二〇二四年，全区继续努力。", "5L家用", "COVID-19、PM2.5、CO2排放", "地铁7、8、11号线",
		"男 女\n10 20", "指标 绝对额(万元) 比上年增长(%)\n农业 14.91 3.6\n林业 1.36 -14.2", "1. 3个项目开工",
		"农业 | 14.91\n林业 | 1.36\n牧业 | 9.26", "粮食\n40300\n亩\n16212\n吨", "1、综合\n2、农业\n3、工业",
		"1、钢铁行业:产值同比下降15.5%。\n2、电力行业:产值同比下降10.7%。\n3、水泥业:产值同比增长5.9%。",
		"实干笃行\n筑牢民生福祉根基\n精塑颜值\n提升城市环境品质", "为企业提供下载、打印、分享等服务",
		"农业总产值14.91亿元，增长3.6%\n林业总产值1.36亿元，下降14.2%\n牧业总产值9.26亿元，下降3.5%\n渔业总产值10.58亿元，增长4.2%",
		"光复路南老旧街区改造提升工程建设项目\n甲二路及人民大街南延线道路建设工程\n宽城子历史街区保护利用改造升级项目\n中医院迁建及附属配套设施建设项目",
		"11.8︰48.3︰39.9", "2019,2020", "一二三四五", "《扶持企业高质量发展的若干政策》", "a<b且c>d", `C:\new\readme`, "AT&T;5",
	} {
		doc := cleaned(t, s)
		if doc.Text != s {
			t.Errorf("%q became %q: %v", s, doc.Text, doc.Warnings)
		}
	}
}

func TestSamplesMapBack(t *testing.T) {
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
		checkMap(t, cleaned(t, string(data)))
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"", "１２", "增长４L6％", "一。八初中", "a\x00b\u200b\r\n\\r\\n", "&nbsp;&#x4e2d;<br/>", "长春市长春市：：", "長春市區發展國際經濟", "政 府 工 作 报 告",
		"1、各位代表，分享本报告，一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七\n2、上下", "- 3 -\n第3页\n(", "| a | b | | c | d |||",
		"在长春波澜壮阔的发展版图之中，南关区凭借得天独厚\n的区位优势与厚积薄发的发展潜能，傲然挺立于城区发\n展的潮头，一个个项目，\n", "2,431.67万元 1.2 万人 12. 3%", "打印 | 关闭 浏览次数：133 责任编辑：张 三", "表1 1L2万", "综  合\n一、综 合 x",
		"項(xiàng)目,,?bào)訊（zhu）開(kāi)工(kǎ", "完。kQz\n好。kQz\n2kQz 3", "升3%.好.了\"。", "升3%.好.了.", "〝十〞......", "第1页共3页在_第1页",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) { // the reader gives nothing else
			return
		}
		checkMap(t, cleaned(t, text))
	})
}

func BenchmarkClean(b *testing.B) {
	var all strings.Builder
	docs := seeds.Documents()
	names, err := fs.Glob(docs, "*.txt")
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range names {
		data, err := fs.ReadFile(docs, n)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(data)
	}
	text := strings.Repeat(all.String(), 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		cleaned(b, text)
	}
}

// A traced document is told where in the text each repair went.
func TestCleanTraced(t *testing.T) {
	c, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	doc := &schema.Doc{Original: "打印\n全区经营主体增至IL9万户，比上年增长4L6%。\n上一篇：公报"}
	doc.Trace = func(d schema.Decision) { got = append(got, d.Rule+" "+d.Span.In(doc.Text)) }
	if err := c.Clean(doc); err != nil {
		t.Fatal(err)
	}
	if s := strings.Join(got, "; "); s != "boilerplate ; ocr_repair 11.9; ocr_repair 41.6; boilerplate " {
		t.Errorf("told %q about %q", s, doc.Text)
	}
}
