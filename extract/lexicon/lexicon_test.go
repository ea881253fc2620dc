package lexicon

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/districtkg/districtkg/schema"
)

func load(t testing.TB) *Lexicon {
	t.Helper()
	lex, err := Load(os.DirFS("../../seeds"))
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

func TestTrie(t *testing.T) {
	keys := []string{"北京", "北京银行", "北", "", "京东", "北京", "𠮷野家"}
	trie := NewTrie(keys)
	for _, tt := range []struct {
		text string
		at   int
		want string
	}{
		{"北京银行股份", 0, "北京银行"},
		{"北京银联", 0, "北京"},
		{"北方", 0, "北"},
		{"在京东", 3, "京东"},
		{"吃𠮷野家", 3, "𠮷野家"},
		{"南京", 0, ""},
		{"", 0, ""},
	} {
		key, end, ok := trie.Longest(tt.text, tt.at)
		if got := tt.text[tt.at:end]; got != tt.want || ok != (tt.want != "") || ok && keys[key] != tt.want {
			t.Errorf("Longest(%q, %d) = %q, want %q", tt.text, tt.at, got, tt.want)
		}
	}
	if _, ok := trie.Key(""); ok {
		t.Error("the empty key is found")
	}
}

func FuzzTrie(f *testing.F) {
	f.Add("北京 北京银行", "在北京银行")
	f.Add("a ab abc", "xabd")
	f.Fuzz(func(t *testing.T, list, text string) {
		keys := strings.Fields(strings.ToValidUTF8(list, ""))
		text = strings.ToValidUTF8(text, "")
		trie := NewTrie(keys)
		for at := range text {
			want := ""
			for _, k := range keys {
				if strings.HasPrefix(text[at:], k) && len(k) > len(want) {
					want = k
				}
			}
			if _, end, _ := trie.Longest(text, at); text[at:end] != want {
				t.Fatalf("keys %q, text %q at %d: %q, want %q", keys, text, at, text[at:end], want)
			}
		}
	})
}

func TestWords(t *testing.T) {
	w := newWords([]string{"公司", "有限公司", "集团"}, []string{"", "x", ""})
	if got := w.Suffix("某某有限公司"); got != "有限公司" {
		t.Errorf("Suffix = %q", got)
	}
	if w.Suffix("公司里") != "" || w.Prefix("集团军") != "集团" || !w.In("某集团甲") || w.In("甲乙") {
		t.Error("words are found where they are not, or not where they are")
	}
	if !w.Has("公司") || w.Has("公") || w.Value("有限公司") != "x" || w.Value("公") != "" {
		t.Error("words or values are wrong")
	}
}

func TestDivisions(t *testing.T) {
	d := load(t).Divisions
	codes := func(name string) string {
		var c []string
		for _, x := range d.Named(name) {
			c = append(c, x.Code)
		}
		return strings.Join(c, " ")
	}
	for _, tt := range []struct{ name, want string }{
		{"南关区", "220102 410205"},
		{"玉屏", "520622 522223"},
		{"玉屏县", "520622 522223"},
		{"科左中旗", "150521"},
		{"上虞市", "330682"},
		{"内蒙古", "150000"},
		{"吉林", "220000 220200"},
		{"昆都仑区", "150203"},
		{"东花市街道", "110101013"},
		{"无此县", ""},
	} {
		if got := codes(tt.name); got != tt.want {
			t.Errorf("Named(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := len(d.Named("朝阳区")); got != 2 {
		t.Errorf("%d divisions are called 朝阳区, want 2", got)
	}
	if x := d.ByCode("330682"); !x.Abolished || x.Successor != "330604" {
		t.Errorf("上虞市 = %+v", x)
	}
	var path []string
	for _, x := range d.Path(d.ByCode("520622")) {
		path = append(path, x.Name)
	}
	if want := []string{"贵州省", "铜仁市", "玉屏侗族自治县"}; !slices.Equal(path, want) {
		t.Errorf("path = %q, want %q", path, want)
	}
	if p := d.Parent(d.ByCode("110105")); p == nil || p.Code != "110000" || !d.Within(d.ByCode("110105"), p) {
		t.Errorf("parent of 朝阳区 = %+v", p)
	}
	if d.Letter("沪").Name != "上海市" || len(d.Towns("520622")) == 0 {
		t.Error("province letters or townships are missing")
	}
}

func TestLoadReportsTheLine(t *testing.T) {
	good := fstest.MapFS{
		"divisions/divisions.tsv":            {Data: []byte("110000\t北京市\tcurrent\n")},
		"divisions/abridged.tsv":             {Data: []byte("110000\t京城\n")},
		"divisions/townships.tsv":            {Data: []byte("110000\t001东街道\n")},
		"lexicon/words/peoples.tsv":          {Data: []byte("壮族\n")},
		"lexicon/words/province-letters.tsv": {Data: []byte("京\t110000\n")},
		"lexicon/names/brand.tsv":            {Data: []byte("# c\n\n华为\tEnterprise\tbrand\n")},
	}
	if _, err := Load(good); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ file, data, want string }{
		{"lexicon/names/brand.tsv", "# c\n华为\tEnterprise\n", "lexicon/names/brand.tsv:2: "},
		{"lexicon/names/brand.tsv", "华为\tFirm\tbrand\n", "lexicon/names/brand.tsv:1: "},
		{"lexicon/words/peoples.tsv", "壮族\n壮族\n", "lexicon/words/peoples.tsv:2: "},
		{"divisions/divisions.tsv", "11\t北京市\tcurrent\n", "divisions/divisions.tsv:1: "},
		{"divisions/divisions.tsv", "110000\t北京市\tgone\n", "divisions/divisions.tsv:1: "},
		{"divisions/divisions.tsv", "110000\t北平\tformer\n", "divisions/divisions.tsv:1: "},
		{"divisions/abridged.tsv", "110000\n", "divisions/abridged.tsv:1: "},
		{"divisions/townships.tsv", "999999\t001东街道\n", "divisions/townships.tsv:1: "},
		{"divisions/townships.tsv", "110000\t1\n", "divisions/townships.tsv:1: "},
	} {
		bad := fstest.MapFS{}
		for k, v := range good {
			bad[k] = v
		}
		bad[tt.file] = &fstest.MapFile{Data: []byte(tt.data)}
		_, err := Load(bad)
		if !errors.Is(err, schema.ErrInvalid) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %q: error %v, want one at %s", tt.file, tt.data, err, tt.want)
		}
	}
}

func TestMatches(t *testing.T) {
	lex := &Lexicon{}
	lex.index([]Entry{{"北京", schema.Division, "", "北京"}, {"北京银行", schema.Enterprise, "bank", "北京银行"}, {"北京", schema.Place, "", "北京"}})
	hits := lex.Matches("在北京北京银行")
	if len(hits) != 2 || hits[0].Span != (schema.Span{Start: 3, End: 9}) || len(hits[0].Entries) != 2 || hits[1].Entries[0].Kind != "bank" {
		t.Errorf("hits = %+v", hits)
	}
	if lex.Lookup("北京银行") == nil || lex.Lookup("京") != nil {
		t.Error("Lookup finds other names than those of the lexicon")
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
