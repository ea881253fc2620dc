package resolve

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// mergeFirms unites the short name of a company with the one company whose legal
// name begins with it, after the division where it is registered: 蜀锦公司 and
// 蜀锦新材 are 四川蜀锦新材料有限公司.
func (s *resolution) mergeFirms(forms []form) {
	legal := s.legalNames(forms)
	for _, f := range forms {
		stem := s.firmStem(f)
		if stem == "" {
			continue
		}
		var longer []int
		for _, l := range legal[firstRunes(stem, 2)] {
			if strings.HasPrefix(l.text, stem) {
				longer = append(longer, l.group)
			}
		}
		if len(longer) > 0 {
			s.mergeOnly(f.group, longer, "firm-front")
		}
	}
}

// legalNames returns the legal names of companies, each with and without the
// division in front, by their first two characters.
func (s *resolution) legalNames(forms []form) map[string][]form {
	legal := map[string][]form{}
	add := func(f form) {
		if k := firstRunes(f.text, 2); len(legal[k]) < mostNamesakes {
			legal[k] = append(legal[k], f)
		}
	}
	for _, f := range forms {
		if f.class != schema.Enterprise || !strings.Contains(f.text, "有限") || strings.HasSuffix(f.text, "分公司") {
			continue
		}
		add(f)
		if _, end := s.lex.Divisions.Longest(f.text, 0); end > 0 {
			f.text = f.text[end:]
			add(f)
		}
	}
	return legal
}

// firmStem returns what of a short name must begin the legal one, or "" where the
// name is no short one of a company or says too little.
func (s *resolution) firmStem(f form) string {
	if f.class != schema.Enterprise || strings.Contains(f.text, "有限") {
		return ""
	}
	least := leastSuffix
	stem, called := strings.CutSuffix(f.text, "公司")
	if called {
		least = leastStem
	}
	if _, end := s.lex.Divisions.Longest(stem, 0); utf8.RuneCountInString(stem) < least || end == len(stem) {
		return ""
	}
	return stem
}
