package clean

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// leastStops is how many points must end sentences for a text to be typed so.
const leastStops = 3

// stops reads the points of a text that ends its sentences with them, and none
// with 。, as full stops: 增长10.1%.全县荣获… Points in numbers, addresses and the
// numbers of headings stay.
func stops(text string) []edit {
	if strings.Contains(text, "。") {
		return nil
	}
	var out []edit
	for i := 1; i < len(text); i++ {
		if text[i] != '.' || !ended(text[:i]) {
			continue
		}
		if next := first(text[i+1:]); i+1 == len(text) || next == '\n' || ideograph(next) {
			out = append(out, readAs(text, schema.Span{Start: i, End: i + 1}, "。", kindWide))
		}
	}
	if len(out) < leastStops {
		return nil
	}
	return out
}

// ended reports whether a sentence may end with s, which has no full stop.
func ended(s string) bool {
	r := last(s)
	if strings.ContainsRune("%‰)）”\"》", r) {
		return true
	}
	return ideograph(r) && !strings.ContainsRune(chineseNumerals, r)
}
