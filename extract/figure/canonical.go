package figure

import (
	"fmt"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// An indicator is a row of indicators.tsv.
type indicator struct {
	id   string
	kind string
}

// indicatorRow adds the names of an indicator: id<TAB>name<TAB>kind of
// unit<TAB>direction<TAB>parent<TAB>synonyms, parted by |.
func (l *lists) indicatorRow(f []string) error {
	if strings.Trim(f[0], "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return fmt.Errorf("%w id of indicator %q: want lower case letters, digits and hyphens", schema.ErrInvalid, f[0])
	}
	for _, name := range append([]string{f[1]}, strings.Split(field(f, 5), "|")...) {
		if name != "" {
			l.names.add(name, indicator{f[0], f[2]})
		}
	}
	return nil
}

// canonical returns the id of the indicator that a name is a name of, or "".
func (r *reader) canonical(name, unit string) string {
	if x, n := r.lists.names.first(name); n == len(name) && n > 0 {
		return x.id
	}
	return ""
}
