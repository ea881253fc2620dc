package extract

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// facts is a document in which cleaning left out a line break in a number.
func facts() *schema.Facts {
	const original = "南关区增长4\n.3%<1>。"
	doc := &schema.Doc{Path: "a.txt", SHA256: "00", Original: original, Text: "南关区增长4.3%<1>。"}
	m := schema.NewOffsetMap()
	m.Append(0, 0, 16)
	m.Append(16, 17, len(original)-17)
	doc.Offsets = *m
	doc.Identity = schema.Identity{Subject: "南关区", Code: "220102", Kind: schema.News, Period: "2023", Title: "南关区"}
	doc.Warn("hard_wrap", schema.Span{Start: 15, End: 19}, "4⏎.3 read as 4.3")
	sentence := schema.Span{Start: 0, End: len(doc.Text)}
	number := schema.Span{Start: 15, End: 19}
	return &schema.Facts{
		Doc:       doc,
		SubjectID: "e1",
		Entities: []schema.Entity{{ID: "e1", Class: schema.Division, Name: "南关区",
			Mentions: []schema.Mention{{Span: schema.Span{Start: 0, End: 9}, Class: schema.Division, Name: "南关区"}}}},
		Relations: []schema.Relation{{Subject: "e1", Predicate: schema.ProvidesData, Object: schema.DocumentID, Rule: "r", Evidence: sentence}},
		Figures: []schema.Figure{
			{ID: "f1", Subject: "e1", Indicator: "增长", Measure: schema.Growth, Value: decimal.RequireFromString("4.30"), High: decimal.RequireFromString("4.3"),
				Unit: "%", Period: "2023", Status: schema.Actual, Bound: schema.Exact, Span: number, Evidence: sentence},
			{ID: "f2", Subject: "e1", Indicator: "增长", Measure: schema.Growth, Value: decimal.RequireFromString("52192000000"), High: decimal.RequireFromString("1e11"),
				Unit: "元", Period: "2023", Status: schema.Target, Bound: schema.Over, Of: "f1", Span: number, Evidence: sentence},
		},
	}
}

func TestWriteJSON(t *testing.T) {
	const want = `{"document":{"path":"a.txt","title":"南关区","kind":"news","subject":"南关区","code":"220102","period":"2023","sha256":"00"},` +
		`"entities":[{"id":"e1","type":"Division","name":"南关区","aliases":[],"mentions":[{"start":0,"end":3,"text":"南关区"}]}],` +
		`"relations":[{"subject":"e1","predicate":"providesData","object":"Document","rule":"r","evidence":{"start":0,"end":14,"text":"南关区增长4\n.3%<1>。"}}],` +
		`"figures":[{"id":"f1","subject":"e1","indicator":"增长","measure":"growth","value":4.3,"unit":"%","period":"2023","status":"actual","bound":"exact","of":null,"text":"4\n.3%","evidence":{"start":0,"end":14,"text":"南关区增长4\n.3%<1>。"}},` +
		`{"id":"f2","subject":"e1","indicator":"增长","measure":"growth","value":52192000000,"high":100000000000,"unit":"元","period":"2023","status":"target","bound":"over","of":"f1","text":"4\n.3%","evidence":{"start":0,"end":14,"text":"南关区增长4\n.3%<1>。"}}],` +
		`"warnings":[{"kind":"hard_wrap","start":5,"end":10,"message":"4⏎.3 read as 4.3"}]}` + "\n"
	var b strings.Builder
	if err := WriteJSON(&b, facts()); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// A document in which nothing was found has empty lists, not null.
func TestWriteJSONEmpty(t *testing.T) {
	var b strings.Builder
	if err := WriteJSON(&b, &schema.Facts{Doc: &schema.Doc{Path: "b.txt"}}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "null") || strings.Count(b.String(), "[]") != 4 {
		t.Errorf("got %s", b.String())
	}
}

// What is written can be read back, with every digit.
func TestLineRoundTrip(t *testing.T) {
	var b strings.Builder
	if err := WriteJSON(&b, facts()); err != nil {
		t.Fatal(err)
	}
	var l Line
	if err := json.Unmarshal([]byte(b.String()), &l); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	// json.Marshal escapes <, which WriteJSON does not
	if got := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(again)); got != strings.TrimSpace(b.String()) {
		t.Errorf("got\n%s\nwant\n%s", got, b.String())
	}
}

// The line that is written piece by piece is the one that is made whole.
func TestWriteJSONIsLine(t *testing.T) {
	var b strings.Builder
	if err := WriteJSON(&b, facts()); err != nil {
		t.Fatal(err)
	}
	whole, err := json.Marshal(NewLine(facts()))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(whole)) + "\n"; got != b.String() {
		t.Errorf("whole\n%s\npiece by piece\n%s", got, b.String())
	}
}

// broken is a writer that fails.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteJSONError(t *testing.T) {
	if err := WriteJSON(broken{}, facts()); !errors.Is(err, io.ErrClosedPipe) || !strings.Contains(err.Error(), "a.txt") {
		t.Errorf("error %v", err)
	}
}
