package schema

import "testing"

func TestWordMap(t *testing.T) {
	const text = "增长 4.3%区"
	w := NewWordMap(len(text))
	for _, tok := range []Token{{Span{0, 6}, "v"}, {Span{7, 11}, "mq"}, {Span{11, 14}, ""}} {
		w.Add(tok)
	}
	for _, tt := range []struct {
		at           int
		begins, ends bool
		spans        bool
		letter       byte
		verb         bool
		end          int // of the word that begins here, 0 where none does
	}{
		{at: 0, begins: true, letter: 'v', verb: true, end: 6},
		{at: 3, spans: true},
		{at: 6, ends: true},
		{at: 7, begins: true, letter: 'm', end: 11},
		{at: 8, spans: true},
		{at: 11, begins: true, ends: true, end: 14},
		{at: 14, ends: true},
		{at: 15},
		{at: 40},
	} {
		if w.Begins(tt.at) != tt.begins || w.Ends(tt.at) != tt.ends || w.Spans(tt.at) != tt.spans ||
			w.Letter(tt.at) != tt.letter || w.Tagged(tt.at, 'v') != tt.verb {
			t.Errorf("byte %d: begins %v, ends %v, spans %v, letter %q, verb %v", tt.at, w.Begins(tt.at), w.Ends(tt.at), w.Spans(tt.at), w.Letter(tt.at), w.Tagged(tt.at, 'v'))
		}
		if tt.begins && w.End(tt.at) != tt.end {
			t.Errorf("word at %d ends at %d, want %d", tt.at, w.End(tt.at), tt.end)
		}
	}
	var none WordMap
	if none.Begins(0) || none.Ends(0) || none.Spans(0) || none.Tagged(0, 'v') {
		t.Error("a map without words has some")
	}
}
