package entity

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// A head is the word that names of a class end with.
type head struct {
	class schema.Class
	mode  mode
	max   int // the most characters before it
}

// A mode tells what must stand before a head to make a name of it.
type mode string

const (
	needsProper  mode = "proper"  // something that looks like a proper name: 亚泰|集团
	needsContent mode = "content" // anything that is not generic: 防返贫动态监测|机制
	needsShort   mode = "short"   // a few characters that are not generic: 前进|大街
	needsPrefix  mode = "prefix"  // a division, or an ordinal: 平利县|人民医院
	needsQuote   mode = "quote"   // a quotation at once before it, or one word between: “BTX”|建设
)

// headTable finds heads. Its words have the value: class, mode, max.
type headTable struct {
	words *lexicon.Words
	heads []head // in order of the words
}

func newHeadTable(words *lexicon.Words) (*headTable, error) {
	t := &headTable{words: words}
	modes := []mode{needsProper, needsContent, needsShort, needsPrefix, needsQuote}
	for _, w := range words.All() {
		f := strings.Fields(words.Value(w))
		if len(f) != 3 || !slices.Contains(modes, mode(f[1])) {
			return nil, fmt.Errorf("%w head %s: want class, mode and length, not %q", schema.ErrInvalid, w, words.Value(w))
		}
		n, err := strconv.Atoi(f[2])
		if err != nil {
			return nil, fmt.Errorf("read length of head %s: %w: %w", w, schema.ErrInvalid, err)
		}
		t.heads = append(t.heads, head{schema.Class(f[0]), mode(f[1]), n})
	}
	return t, nil
}

// ending returns the longest head that text ends with.
func (t *headTable) ending(text string) (string, head) {
	i, w := t.words.Last(text)
	if w == "" {
		return "", head{}
	}
	return w, t.heads[i]
}

// begins reports whether the longest head that text begins with makes names of one of
// the classes.
func (t *headTable) begins(text string, classes ...schema.Class) bool {
	w := t.words.Prefix(text)
	if w == "" {
		return false
	}
	class, _, _ := strings.Cut(t.words.Value(w), " ")
	return slices.Contains(classes, schema.Class(class))
}
