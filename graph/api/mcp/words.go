package mcp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// known refuses a word that is none of the allowed: an agent that misspells one
// would take an empty answer for a fact. "" is always allowed.
func known(kind string, allowed []string, words ...string) error {
	for _, w := range words {
		if w != "" && !slices.Contains(allowed, w) {
			return fmt.Errorf("%w %s %.40q: want %s", schema.ErrInvalid, kind, w, strings.Join(allowed, ", "))
		}
	}
	return nil
}

// classes are those that entities have.
func classes() []string {
	var out []string
	for _, c := range schema.Classes() {
		if c.Named {
			out = append(out, string(c.Class))
		}
	}
	return out
}

func predicates() []string {
	var out []string
	for _, p := range schema.Predicates() {
		out = append(out, string(p.Predicate))
	}
	return out
}

func measures() []string {
	return []string{string(schema.Level), string(schema.Growth), string(schema.Change), string(schema.Rank)}
}
