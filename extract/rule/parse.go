package rule

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A LineError tells which line of which file is wrong.
type LineError struct {
	File string
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap returns the reason.
func (e *LineError) Unwrap() error { return e.Err }

// Load reads the rule files of the folder dir in order of their names.
func Load(fsys fs.FS, dir string) (*Set, error) {
	files, err := fs.Glob(fsys, dir+"/*.rules")
	if err != nil {
		return nil, fmt.Errorf("list rules in %s: %w", dir, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("load rules of %s: %w", dir, schema.ErrNotFound)
	}
	c := compiler{lists: map[string][]string{}, ids: map[string]int{}, names: map[string]bool{}}
	for _, file := range files {
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("read rules: %w", err)
		}
		if err := c.file(file, text); err != nil {
			return nil, err
		}
	}
	size := 0
	for _, w := range c.words {
		size += len(w)
	}
	if size > mostBytes {
		return nil, fmt.Errorf("load rules of %s: %w: words of %d bytes, the most are %d", dir, schema.ErrTooLarge, size, mostBytes)
	}
	return c.set(), nil
}

// A compiler gathers the rules of all files.
type compiler struct {
	lists     map[string][]string
	words     []string
	ids       map[string]int // of words
	names     map[string]bool
	rules     []*Rule
	triggered [][]*Rule // by word
}

func (c *compiler) file(name string, text []byte) error {
	in := bufio.NewScanner(bytes.NewReader(text))
	in.Buffer(nil, len(text)+1)
	for line := 1; in.Scan(); line++ {
		s, _, _ := strings.Cut(in.Text(), "#")
		if !utf8.ValidString(s) {
			return &LineError{name, line, fmt.Errorf("%w line: not UTF-8", schema.ErrInvalid)}
		}
		fields := strings.Fields(s)
		if len(fields) == 0 {
			continue
		}
		if err := c.line(name, line, fields); err != nil {
			return &LineError{name, line, err}
		}
	}
	return nil
}

func (c *compiler) line(file string, line int, fields []string) error {
	if fields[0] == "word" {
		return c.list(fields[1:])
	}
	if len(fields) < 2 {
		return fmt.Errorf("%w rule %q: want a name, a predicate and fields", schema.ErrInvalid, fields[0])
	}
	r := &Rule{Name: fields[0], Predicate: schema.Predicate(fields[1]), File: file, Line: line, order: len(c.rules)}
	if c.names[r.Name] {
		return fmt.Errorf("%w rule %s: the name is taken", schema.ErrInvalid, r.Name)
	}
	if !slices.ContainsFunc(schema.Predicates(), func(p schema.PredicateInfo) bool { return p.Predicate == r.Predicate }) {
		return fmt.Errorf("%w rule %s: no predicate %q", schema.ErrInvalid, r.Name, r.Predicate)
	}
	if err := c.fields(r, fields[2:]); err != nil {
		return fmt.Errorf("rule %s: %w", r.Name, err)
	}
	c.names[r.Name] = true
	c.rules = append(c.rules, r)
	return nil
}

// list reads NAME = W|W.
func (c *compiler) list(fields []string) error {
	if len(fields) != 3 || fields[1] != "=" {
		return fmt.Errorf("%w list: want word NAME = W|W", schema.ErrInvalid)
	}
	words, err := c.expand(fields[2])
	if err != nil {
		return err
	}
	if _, taken := c.lists[fields[0]]; taken {
		return fmt.Errorf("%w list %s: the name is taken", schema.ErrInvalid, fields[0])
	}
	c.lists[fields[0]] = words
	return nil
}

// expand splits W|@LIST into its words.
func (c *compiler) expand(s string) ([]string, error) {
	var words []string
	for w := range strings.SplitSeq(s, "|") {
		name, isList := strings.CutPrefix(w, "@")
		switch list, known := c.lists[name]; {
		case isList && !known:
			return nil, fmt.Errorf("%w words %q: no list %s above this line", schema.ErrInvalid, s, w)
		case isList:
			words = append(words, list...)
		case w == "":
			return nil, fmt.Errorf("%w words %q: an empty word", schema.ErrInvalid, s)
		default:
			words = append(words, w)
		}
	}
	return words, nil
}

// intern returns the ids of the words W|@LIST.
func (c *compiler) intern(s string) ([]int, error) {
	words, err := c.expand(s)
	ids := make([]int, 0, len(words))
	for _, w := range words {
		id, known := c.ids[w]
		if !known {
			id = len(c.words)
			c.ids[w] = id
			c.words = append(c.words, w)
			c.triggered = append(c.triggered, nil)
		}
		ids = append(ids, id)
	}
	return ids, err
}

// fields reads KEY=VALUE fields into r.
func (c *compiler) fields(r *Rule, fields []string) error {
	given := map[string]bool{}
	for _, f := range fields {
		key, value, ok := strings.Cut(f, "=")
		if !ok || value == "" || given[key] {
			return fmt.Errorf("%w field %q: want KEY=VALUE, each key once", schema.ErrInvalid, f)
		}
		given[key] = true
		if err := c.field(r, key, value); err != nil {
			return err
		}
	}
	for _, key := range []string{"trigger", "subject", "object"} {
		if !given[key] {
			return fmt.Errorf("%w fields: %s is missing", schema.ErrInvalid, key)
		}
	}
	r.wants = [2]classSet{r.subject.wants(), r.object.wants()}
	in := func(o option) bool { return o.place == placeIn }
	r.inItem = slices.ContainsFunc(r.subject, in) || slices.ContainsFunc(r.object, in)
	return nil
}

func (c *compiler) field(r *Rule, key, value string) (err error) {
	switch key {
	case "trigger":
		return c.trigger(r, value)
	case "subject":
		r.subject, err = c.slot(value)
	case "object":
		r.object, err = c.slot(value)
	case "block":
		r.block, err = c.wordSet(value)
	case "need":
		r.need, err = c.wordSet(value)
	case "kind":
		for k := range strings.SplitSeq(value, "|") {
			r.Kinds = append(r.Kinds, schema.Kind(k))
		}
	case "unless":
		for p := range strings.SplitSeq(value, "|") {
			r.Unless = append(r.Unless, schema.Predicate(p))
		}
	case "fallback":
		if value != "subject" && value != "object" {
			return fmt.Errorf("%w fallback %q: want subject or object", schema.ErrInvalid, value)
		}
		r.Fallback = value
	case "within":
		if r.within, err = strconv.Atoi(value); err != nil || r.within < 1 {
			return fmt.Errorf("%w within %q: want a number over 0", schema.ErrInvalid, value)
		}
	case "scope":
		if value != "clause" && value != "sentence" {
			return fmt.Errorf("%w scope %q: want clause or sentence", schema.ErrInvalid, value)
		}
		r.sentence = value == "sentence"
	default:
		return fmt.Errorf("%w field %q: no such key", schema.ErrInvalid, key)
	}
	return err
}

func (c *compiler) trigger(r *Rule, value string) error {
	ids, err := c.intern(value)
	for _, id := range ids {
		if !slices.Contains(c.triggered[id], r) {
			c.triggered[id] = append(c.triggered[id], r)
		}
	}
	return err
}

func (c *compiler) wordSet(value string) (map[int]bool, error) {
	ids, err := c.intern(value)
	set := make(map[int]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set, err
}

// slot reads PLACE[*]:CLASSES[{AFFIXES}]/….
func (c *compiler) slot(s string) (slot, error) {
	var out slot
	for part := range strings.SplitSeq(s, "/") {
		o, err := c.option(part)
		if err != nil {
			return nil, fmt.Errorf("slot %q: %w", s, err)
		}
		out = append(out, o)
	}
	return out, nil
}

func (c *compiler) option(s string) (o option, err error) {
	if p := place(s); p == placeDoc || p == placeSelf || p == placeDocument {
		return option{place: p}, nil
	}
	s, affixes, braced := strings.Cut(s, "{")
	if braced {
		inner, closed := strings.CutSuffix(affixes, "}")
		if !closed || inner == "" {
			return o, fmt.Errorf("%w braces %q", schema.ErrInvalid, affixes)
		}
		if err := c.braces(&o, inner); err != nil {
			return o, err
		}
	}
	where, classes, ok := strings.Cut(s, ":")
	where, o.list = strings.CutSuffix(where, "*")
	o.place = place(where)
	if !ok || !slices.Contains(places[:], o.place) {
		return o, fmt.Errorf("%w place %q", schema.ErrInvalid, s)
	}
	o.set, err = parseClasses(classes)
	return o, err
}

// braces reads END,^BEGIN,~PART,!END,!^@LIST.
func (c *compiler) braces(o *option, s string) error {
	for part := range strings.SplitSeq(s, ",") {
		part, negative := strings.CutPrefix(part, "!")
		where := byte(0)
		if part != "" && (part[0] == '^' || part[0] == '~') {
			where, part = part[0], part[1:]
		}
		words, err := c.expand(part)
		if err != nil {
			return err
		}
		for _, w := range words {
			if a := (affix{w, where}); negative {
				o.not = append(o.not, a)
			} else {
				o.ends = append(o.ends, a)
			}
		}
	}
	return nil
}

// parseClasses reads CLASS,CLASS or Any.
func parseClasses(s string) (classSet, error) {
	if s == "Any" {
		return allClasses, nil
	}
	var set classSet
	for name := range strings.SplitSeq(s, ",") {
		c := setOf(schema.Class(name))
		if c == 0 {
			return 0, fmt.Errorf("%w class %q", schema.ErrInvalid, name)
		}
		set |= c
	}
	return set, nil
}

// set compiles what was gathered.
func (c *compiler) set() *Set {
	s := &Set{rules: c.rules, lists: c.lists, reset: map[int]bool{}}
	s.lead = newOpeners(c.lists["lead"])
	s.adverb = newOpeners(slices.Concat(c.lists["lead"], c.lists["adverb"]))
	s.attribute, s.beside = newOpeners(c.lists["attribute"]), newOpeners(c.lists["beside"])
	s.bearing = newOpeners(c.lists["bearing"])
	for _, w := range c.lists["reset"] {
		ids, _ := c.intern(w) // a word without | or @ cannot be wrong
		s.reset[ids[0]] = true
	}
	s.words, s.triggered = NewFinder(c.words), c.triggered
	return s
}
