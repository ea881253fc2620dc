package clean

import (
	"bufio"
	"fmt"
	"io/fs"
	"strings"
)

// phrases is a set of phrases with a value each.
type phrases[T any] struct {
	starts  [1 << 10]uint64      // bits of the first characters below U+10000: most places hold none
	byFirst map[rune][]phrase[T] // by first character, the longest first
}

type phrase[T any] struct {
	text  string
	value T
}

func (p *phrases[T]) add(text string, value T) {
	r := first(text)
	if p.byFirst == nil {
		p.byFirst = map[rune][]phrase[T]{}
	}
	if r < 1<<16 {
		p.starts[r>>6] |= 1 << (r & 63)
	}
	list := append(p.byFirst[r], phrase[T]{text, value})
	for i := len(list) - 1; i > 0 && len(list[i].text) > len(list[i-1].text); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	p.byFirst[r] = list
}

// start reports whether a phrase may begin with r.
func (p *phrases[T]) start(r rune) bool {
	return r >= 1<<16 || p.starts[r>>6]&(1<<(r&63)) != 0
}

// longest returns the longest phrase that s begins with.
func (p *phrases[T]) longest(s string) (phrase[T], bool) {
	r := first(s)
	if !p.start(r) {
		return phrase[T]{}, false
	}
	for _, x := range p.byFirst[r] {
		if strings.HasPrefix(s, x.text) {
			return x, true
		}
	}
	return phrase[T]{}, false
}

// eachLine calls do with the columns of each line that is no comment. Its
// errors come back as file:line: why.
func eachLine(seeds fs.FS, name string, do func(columns []string) error) error {
	f, err := seeds.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := do(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
