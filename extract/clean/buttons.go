package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A squashed line has neither white space nor punctuation, so that a phrase is
// found however its characters are set.
type squashed struct {
	text string
	at   []int // by byte of text: the offset in the line
}

func squash(s string) squashed {
	var b strings.Builder
	b.Grow(len(s))
	at := make([]int, 0, len(s))
	for i, r := range s {
		if r == utf8.RuneError || !wordy(r) {
			continue
		}
		b.WriteRune(r)
		for j := range utf8.RuneLen(r) {
			at = append(at, i+j)
		}
	}
	return squashed{b.String(), at}
}

// end returns the offset in the line after the first n bytes of the squashed text.
func (q squashed) end(n int) int {
	if n == 0 {
		return q.at[0]
	}
	return q.at[n-1] + 1
}

// A finding is a button or label in a line, with the value of the label.
type finding struct {
	use        use
	start, end int // bytes of the line
}

// buttons returns what to leave out of a line: all of it, if it has nothing but
// buttons and labels; labels with their values; buttons, if there are several.
func (b *boilerplate) buttons(body string) []finding {
	if strings.IndexFunc(body, b.phrases.start) < 0 {
		return nil
	}
	q := squash(body)
	var found []finding
	count := map[use]int{}
	left := 0 // how many characters are no boilerplate, but for digits
	for i := 0; i < len(q.text); {
		if f, ok := b.fit(body, q, i, found); ok {
			found = append(found, f)
			count[f.use]++
			for i < len(q.text) && q.at[i] < f.end {
				i++
			}
			continue
		}
		if !digit(q.text[i]) { // links to pages: [1] [2] 下一页
			left++
		}
		i += size(q.text[i])
	}
	switch {
	case len(found) == 0:
		return nil
	case left == 0 || left == 1 && len(found) > 2: // one more is a bar, read as the letter I
		return []finding{{word, 0, len(body)}}
	}
	return several(widened(body, found), count[word] > 1)
}

// several keeps labels, and words too if asked.
func several(found []finding, words bool) []finding {
	var out []finding
	for _, f := range found {
		if words || f.use == label {
			out = append(out, f)
		}
	}
	return out
}

// fit returns the button or label at byte i of the squashed line, if one stands
// apart from other text there.
func (b *boilerplate) fit(body string, q squashed, i int, before []finding) (finding, bool) {
	p, ok := b.phrases.longest(q.text[i:])
	if !ok || p.value != word && p.value != label {
		return finding{}, false
	}
	f := finding{p.value, q.at[i], q.end(i + len(p.text))}
	if front := last(body[:f.start]); f.start > 0 && wordy(front) && (len(before) == 0 || before[len(before)-1].end != f.start) {
		return f, false
	}
	if p.value == label {
		n, ok := value(body[f.end:])
		f.end += n
		return f, ok
	}
	_, more := b.phrases.longest(q.text[i+len(p.text):])
	return f, more || f.end == len(body) || !wordy(first(body[f.end:]))
}

// wordy reports whether r is part of a word or number.
func wordy(r rune) bool { return ideograph(r) || unicode.IsLetter(r) || unicode.IsDigit(r) }

// value returns how far the value of a label reaches into s, which follows it:
// what comes after a colon, in this cell or the next; a number; a name.
func value(s string) (int, bool) {
	rest := strings.TrimLeft(s, " 　:：")
	skipped := s[:len(s)-len(rest)]
	colon := strings.ContainsAny(skipped, ":：")
	if cell, ok := strings.CutPrefix(rest, "|"); ok && colon {
		rest = strings.TrimLeft(cell, " 　")
	}
	n := strings.IndexAny(rest, " 　|｜[]【】()（）\t，。；,;")
	if n < 0 {
		n = len(rest)
	}
	if n == len("张") && ideograph(first(rest)) { // 张 三
		given := strings.TrimLeft(rest[n:], " 　")
		if r, m := utf8.DecodeRuneInString(given); ideograph(r) && (m == len(given) || !wordy(first(given[m:]))) {
			n = len(rest) - len(given) + m
		}
	}
	if times := strings.TrimLeft(rest[n:], " 　"); n > 0 && digit(rest[n-1]) && strings.HasPrefix(times, "次") {
		n = len(rest) - len(times) + len("次")
	}
	after := rest[n:]
	name := skipped != "" && n > 0 && n <= len("欧阳某某") && ideograph(first(rest)) && (after == "" || strings.ContainsRune(")）】]", first(after)))
	return len(s) - len(rest) + n, colon || name || rest != "" && digit(rest[0])
}

// widened lets findings take in the bars and brackets that set them apart, but
// for those between one and the text before it, unless no text follows.
func widened(body string, found []finding) []finding {
	tail := len(body)
	for i := len(found) - 1; i >= 0; i-- {
		f := &found[i]
		floor := 0
		if i > 0 {
			floor = found[i-1].end
		}
		f.start = max(floor, len(strings.TrimRight(body[:f.start], "【[（(")))
		f.end = min(tail, len(body)-len(strings.TrimLeft(body[f.end:], " 　|｜·】]）):：")))
		if f.end == tail {
			f.start = max(floor, len(strings.TrimRight(body[:f.start], " 　|｜·【[（(")))
			tail = f.start
		}
	}
	return found
}
