package rule_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/extract/rule/ruletest"
	"github.com/districtkg/districtkg/schema"
)

// load compiles the lines of one rule file.
func load(lines ...string) (*rule.Set, error) {
	return rule.Load(fstest.MapFS{"rules/a.rules": {Data: []byte(strings.Join(lines, "\n"))}}, "rules")
}

func TestLoadReportsTheLine(t *testing.T) {
	const good = "a settledIn trigger=落户 subject=left:Enterprise object=doc"
	for _, tt := range []struct{ name, line, want string }{
		{"no predicate", "a", "want a name, a predicate"},
		{"unknown predicate", "b likes trigger=爱 subject=doc object=doc", `no predicate "likes"`},
		{"taken name", good, "the name is taken"},
		{"no trigger", "b settledIn subject=doc object=doc", "trigger is missing"},
		{"field twice", "b settledIn trigger=引 trigger=进 subject=doc object=doc", "each key once"},
		{"unknown key", "b settledIn trigger=引 subject=doc object=doc mood=good", "no such key"},
		{"unknown place", "b settledIn trigger=引 subject=above:Enterprise object=doc", "place"},
		{"unknown class", "b settledIn trigger=引 subject=left:Dragon object=doc", `class "Dragon"`},
		{"graph's own class", "b settledIn trigger=引 subject=left:Document object=doc", `class "Document"`},
		{"open braces", "b settledIn trigger=引 subject=left:Enterprise{行 object=doc", "braces"},
		{"bad scope", "b settledIn trigger=引 subject=doc object=doc scope=page", `scope "page"`},
		{"bad limit", "b settledIn trigger=引 subject=doc object=doc within=0", `within "0"`},
		{"bad fallback", "b settledIn trigger=引 subject=doc object=doc fallback=both", `fallback "both"`},
		{"unknown list", "b settledIn trigger=@none subject=doc object=doc", "no list @none"},
		{"empty word", "b settledIn trigger=引||进 subject=doc object=doc", "an empty word"},
		{"bad list", "word go 走", "want word NAME"},
		{"list twice", "word go = 来", "the name is taken"},
		{"not UTF-8", "word bad = \xff", "not UTF-8"},
	} {
		_, err := load("# rules", "word go = 走", good, "", tt.line)
		var at *rule.LineError
		if !errors.As(err, &at) || at.Line != 5 || !errors.Is(err, schema.ErrInvalid) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want line 5 of an invalid file with %q", tt.name, err, tt.want)
		}
	}
	if _, err := rule.Load(fstest.MapFS{}, "rules"); !errors.Is(err, schema.ErrNotFound) {
		t.Errorf("empty folder: error %v, want %v", err, schema.ErrNotFound)
	}
}

// matches returns what the rules say of a marked sentence.
func matches(t *testing.T, set *rule.Set, in string) []string {
	t.Helper()
	doc, mentions := ruletest.Mark(t, in)
	sent := &rule.Sentence{Text: doc.Text, Span: schema.Span{End: len(doc.Text)}}
	for i, m := range mentions {
		sent.Items = append(sent.Items, rule.Item{Span: m.Span, Class: m.Class, Name: m.Name, Entity: i})
	}
	name := func(i int) string {
		return map[bool]string{true: "doc"}[i == rule.Doc] + map[bool]string{true: "document"}[i == rule.Document] + nameOf(sent, i)
	}
	var out []string
	set.Matcher().Match(sent, func(x rule.Match) {
		out = append(out, name(x.Subject)+" "+x.Trigger.In(doc.Text)+" "+name(x.Object))
	})
	return out
}

func nameOf(s *rule.Sentence, i int) string {
	if i < 0 {
		return ""
	}
	return s.Items[i].Name
}

func TestPlaces(t *testing.T) {
	const in = "[E:甲厂]、[E:乙厂]投产，随后[E:丙厂]落户[Z:丁园]，引进[E:戊厂]和[O:己院]"
	for _, tt := range []struct{ slot, trigger, want string }{
		{"left:Enterprise", "落户", "丙厂"},
		{"left*:Enterprise", "投产", "甲厂 乙厂"},
		{"right:Enterprise", "引进", "戊厂"},
		{"right*:Enterprise,Organization", "引进", "戊厂 己院"},
		{"right*:Organization", "引进", "己院"},
		{"before:Enterprise", "落户", "丙厂"},
		{"near:Enterprise", "落户", "丙厂"},
		{"near:Enterprise", "引进", ""},
		{"before:Enterprise", "引进", ""},
		{"after:Zone", "落户", "丁园"},
		{"after:Zone", "投产", ""},
		{"alone:Zone", "落户", "丁园"},
		{"alone:Enterprise", "引进", ""},
		{"any:Enterprise", "引进", "戊厂"},
		{"later:Enterprise", "落户", ""},
		{"topic:Enterprise", "落户", "丙厂"},
		{"topic:Zone", "落户", ""},
		{"topic*:Enterprise", "投产", "甲厂 乙厂"},
		{"topic:Enterprise", "引进", "丙厂"},
		{"agent:Enterprise", "引进", "doc"},
		{"agent:Enterprise", "落户", "丙厂"},
		{"left:Hospital/right:Zone", "落户", "丁园"},
		{"left:Enterprise{厂}", "落户", "丙厂"},
		{"left:Enterprise{^乙}", "落户", ""},
		{"any:Enterprise{!^戊}", "引进", ""},
		{"any:Any{~院}", "引进", "己院"},
		{"in:Enterprise", "厂", "甲厂 乙厂 丙厂 戊厂"},
		{"document", "落户", "document"},
	} {
		// the object is what the slot takes; the subject is of no weight
		set, err := load("word lead = 随后", "a providesData trigger="+tt.trigger+" subject=doc object="+tt.slot)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range matches(t, set, in) {
			got = append(got, m[strings.LastIndex(m, " ")+1:])
		}
		if tt.want == "doc" { // doc provides nothing to itself
			tt.want = ""
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%s of %s: %q, want %q", tt.slot, tt.trigger, g, tt.want)
		}
	}
}

func TestFields(t *testing.T) {
	for _, tt := range []struct {
		name, fields, in string
		want             []string
	}{
		{"plain", "", "[E:甲厂]落户", []string{"甲厂 落户 doc"}},
		{"a trigger in a name is none", "", "[E:甲厂]与[E:落户网]", nil},
		{"block", "block=拟", "[E:甲厂]拟落户", nil},
		{"block in another clause", "block=拟", "[E:甲厂]落户，拟投产", []string{"甲厂 落户 doc"}},
		{"block in the sentence", "block=拟 scope=sentence", "[E:甲厂]落户，拟投产", nil},
		{"block in a name", "block=拟", "[E:拟甲厂]落户", []string{"拟甲厂 落户 doc"}},
		{"need", "need=正式", "[E:甲厂]落户", nil},
		{"need met", "need=正式", "[E:甲厂]正式落户", []string{"甲厂 落户 doc"}},
		{"within", "within=3", "[E:甲厂]今年三月落户", nil},
		{"within met", "within=4", "[E:甲厂]今年三月落户", []string{"甲厂 落户 doc"}},
		{"kind", "kind=news", "[E:甲厂]落户", nil},
		{"clause", "", "[E:甲厂]奠基，落户", nil},
		{"sentence", "scope=sentence", "[E:甲厂]奠基，落户", []string{"甲厂 落户 doc"}},
	} {
		set, err := load("a settledIn trigger=落户 subject=left:Enterprise object=doc " + tt.fields)
		if err != nil {
			t.Fatal(err)
		}
		if got := matches(t, set, tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestCoordination(t *testing.T) {
	set, err := load("a settledIn trigger=引进 subject=right*:Enterprise object=doc")
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]int{
		"引进[E:甲厂]、[E:乙厂]":          2,
		"引进“[E:甲厂]”“[E:乙厂]”":       2,
		"引进[E:甲厂]以及[E:乙厂]":         2,
		"引进[E:甲厂]等央企6家、[E:乙厂]等20家": 2,
		"引进[E:甲厂]、某纺织厂、[E:乙厂]":     2,
		"引进[E:甲厂]带动[E:乙厂]":         1,
		"引进[E:甲厂]，[E:乙厂]":          1,
	} {
		if got := matches(t, set, in); len(got) != want {
			t.Errorf("%s: %q, want %d", in, got, want)
		}
	}
}

func TestTopics(t *testing.T) {
	set, err := load("word reset = 全区", "word lead = 其中", "word attribute = 位于|由|投资", "word beside = 境内的",
		"a awarded trigger=获评 subject=topic*:Any object=right:Honor")
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"[P:甲园]开园，获评[N:乙奖]":               "甲园 获评 乙奖",
		"其中[P:甲园]开园，获评[N:乙奖]":             "甲园 获评 乙奖",
		"[P:甲园]开园，全区欢庆，获评[N:乙奖]":          "",
		"[P:甲园]开园，8户企业获评[N:乙奖]":           "",
		"[D:龙水镇][D:明村]获评[N:乙奖]":           "明村 获评 乙奖",
		"[P:甲园]开园，城北某某某某某街道办事处获评[N:乙奖]":   "",
		"建成[P:甲园]，获评[N:乙奖]":               "",
		"位于[D:龙水镇]的[P:甲园]，获评[N:乙奖]":       "甲园 获评 乙奖",
		"投资3亿元的“[P:甲园]”开园，获评[N:乙奖]":       "甲园 获评 乙奖",
		"投资3亿元，[P:甲园]开园，获评[N:乙奖]":         "甲园 获评 乙奖",
		"位于[D:龙水镇]，获评[N:乙奖]":              "",
		"由[E:丁厂]投资建设的[P:甲园]获评[N:乙奖]":      "甲园 获评 乙奖",
		"由[E:丁厂]和[E:戊厂]合建的[P:甲园]获评[N:乙奖]": "甲园 获评 乙奖",
		"[D:丙县][D:龙水镇]的[P:甲园]，获评[N:乙奖]":   "甲园 获评 乙奖",
		"[D:丙县]境内的[P:甲园]获评[N:乙奖]":         "甲园 获评 乙奖",
		"[E:丁厂]与[E:戊厂]合作，获评[N:乙奖]":        "丁厂 获评 乙奖",
		"[E:丁厂]与[E:戊厂]共同获评[N:乙奖]":         "丁厂 获评 乙奖, 戊厂 获评 乙奖",
		"[P:甲园]、[P:丙园]开园，获评[N:乙奖]":        "甲园 获评 乙奖, 丙园 获评 乙奖",
		"[P:甲园]好，好，好，好，好，好，好，获评[N:乙奖]":    "",
	} {
		if got := strings.Join(matches(t, set, in), ", "); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("word a = 引|@b\nx settledIn trigger=@a subject=left*:Enterprise{!^甲,~乙}/doc object=doc within=3 # ok")
	f.Add("x awarded trigger=获 subject=agent:Any object=in:Honor unless=hosts fallback=object")
	f.Fuzz(func(t *testing.T, text string) {
		set, err := load(text)
		var at *rule.LineError
		if err != nil && (!errors.As(err, &at) || at.Line < 1) {
			t.Fatalf("error without a line: %v", err)
		}
		if err != nil {
			return
		}
		matches(t, set, "[E:甲厂]、[E:乙厂]引获落户，[D:丙区]获评[N:丁奖]")
	})
}

func ExampleSet_Matcher() {
	set, err := rule.Load(fstest.MapFS{"rules/a.rules": {Data: []byte(
		"settle settledIn trigger=引进 subject=right*:Enterprise object=doc")}}, "rules")
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "引进星河科技等企业"
	sent := &rule.Sentence{Text: text, Span: schema.Span{End: len(text)}, Items: []rule.Item{
		{Span: schema.Span{Start: 6, End: 18}, Class: schema.Enterprise, Name: "星河科技"},
	}}
	set.Matcher().Match(sent, func(x rule.Match) {
		fmt.Println(sent.Items[x.Subject].Name, x.Rule.Predicate, x.Object == rule.Doc)
	})
	// Output: 星河科技 settledIn true
}
