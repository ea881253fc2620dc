package figure

import (
	"fmt"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// An indicator is a row of indicators.tsv.
type indicator struct {
	id   string
	kind kind // of its unit
}

// indicatorRow adds the names of an indicator: id<TAB>name<TAB>kind of
// unit<TAB>direction<TAB>parent<TAB>synonyms, parted by |. A parent comes
// before its parts, and no two indicators share a name.
func (l *lists) indicatorRow(f []string) error {
	if strings.Trim(f[0], "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return fmt.Errorf("%w id of indicator %q: want lower case letters, digits and hyphens", schema.ErrInvalid, f[0])
	}
	k, ok := kinds[f[2]]
	if !ok {
		return fmt.Errorf("%w kind of unit %q", schema.ErrInvalid, f[2])
	}
	if d := field(f, 3); d != "" && d != "up" && d != "down" {
		return fmt.Errorf("%w direction %q: want up, down or none", schema.ErrInvalid, d)
	}
	for _, name := range append([]string{f[1]}, strings.Split(field(f, 5), "|")...) {
		if name == "" {
			continue
		}
		if x, n := l.names.first(name); n == len(name) {
			return fmt.Errorf("%w indicator %q: its name %q is one of %q too", schema.ErrInvalid, f[0], name, x.id)
		}
		l.names.add(name, indicator{f[0], k})
	}
	return nil
}

// named returns the indicator of the lexicon that has the name.
func (l *lists) named(name string) (indicator, bool) {
	x, n := l.names.first(name)
	return x, n == len(name) && n > 0
}

// canonical returns the id of the indicator that a figure is one of, or "".
// The unit of a level must be of the indicator's kind.
func (r *reader) canonical(name string, k kind, m schema.Measure) string {
	x, ok := r.named(name)
	if !ok || m == schema.Level && k != kindRate && x.kind != kindRate && countKind(k) != countKind(x.kind) {
		return ""
	}
	return x.id
}

// countKind takes counts of people and of things for one kind: 12人 and 12名.
func countKind(k kind) kind {
	if k == kindPerson || k == kindWhole {
		return kindCount
	}
	return k
}
