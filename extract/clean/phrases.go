package clean

import (
	"bufio"
	"fmt"
	"io/fs"
	"strings"
)

// phrases is a set of phrases with a value each, by first character.
type phrases[T any] map[rune][]phrase[T] // the longest first

type phrase[T any] struct {
	text  string
	value T
}

func (p phrases[T]) add(text string, value T) {
	r := first(text)
	list := append(p[r], phrase[T]{text, value})
	for i := len(list) - 1; i > 0 && len(list[i].text) > len(list[i-1].text); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	p[r] = list
}

// longest returns the longest phrase that s begins with.
func (p phrases[T]) longest(s string) (phrase[T], bool) {
	for _, x := range p[first(s)] {
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
