package resolve

import (
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// An organTable maps what organs are called to the form that stands for all:
// 政府 to 人民政府. Its file has a row for each organ: that form, then others.
type organTable map[string]string

func loadOrgans(seeds fs.FS, file string) (organTable, error) {
	t := organTable{}
	for row, err := range lexicon.Rows(seeds, file) {
		if err != nil {
			return nil, err
		}
		for _, f := range row.Fields {
			if old, taken := t[f]; taken && f != "" {
				return nil, row.Errorf("%w organ %q: it is a form of %s above", schema.ErrInvalid, f, old)
			}
			t[f] = row.Fields[0]
		}
	}
	delete(t, "") // rows may end with a tab
	return t, nil
}

// organ returns the group of an organ of a division: 区财政局 and 南关区财政局
// have the same. It returns false for what does not say whose it is.
func (s *resolution) organ(name string) (group, bool) {
	if s.masked(name) {
		return group{}, false
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name, "中国共产党"), "中共"), "国家税务总局")
	owner, tail := s.owner(rest)
	if tail == "" || owner == "" {
		return group{}, false
	}
	tail = dropTerm(tail)
	if form, ok := s.organs[tail]; ok {
		tail = form
	}
	g := group{key: "organ " + owner + " " + tail, class: schema.Agency, name: s.ownerName(owner) + tail, within: owner}
	if g.name == tail {
		g.name, g.within = "", ""
	} else if tail == "海关" {
		g.name = rest // customs houses are called by the short name of their place
	} else if ofZone(tail) && len(rest)-len(tail) > len("县") {
		g.name = rest
	}
	return g, true
}

// ofZone reports whether the organ that tail names is one of a zone, whose own name
// may begin with the division's short one: 云岭|港经济开发区管委会 is none of 云岭区港.
func ofZone(tail string) bool {
	for _, organ := range [...]string{"管委会", "管理委员会", "党工委"} {
		if zone, ok := strings.CutSuffix(tail, organ); ok && utf8.RuneCountInString(zone) > 3 {
			return true
		}
	}
	return false
}

// owner splits the name of an organ into whose it is (a code, or the subject's
// level word where its code is unknown) and what it is.
func (s *resolution) owner(name string) (owner, tail string) {
	if _, whole := s.organs[name]; whole {
		return "", "" // 市场监管局 does not begin with 市
	}
	ds := s.lex.Divisions
	var last *lexicon.Division
	tail = name
	for {
		found, end := ds.Longest(tail, 0)
		if len(found) == 0 || end == len(tail) {
			break
		}
		d := s.choose(found)
		if last != nil && d != nil && !ds.Within(d, last) {
			d = s.below(found, last)
		}
		if d == nil {
			break
		}
		last, tail = d, tail[end:]
	}
	if last != nil {
		return last.Code, tail
	}
	for _, l := range s.levels {
		if rest, ok := strings.CutPrefix(name, l); ok && rest != "" {
			return s.levelOwner(l), rest
		}
	}
	return "", ""
}

func (s *resolution) below(found []*lexicon.Division, up *lexicon.Division) *lexicon.Division {
	for _, d := range found {
		if s.lex.Divisions.Within(d, up) {
			return d
		}
	}
	return nil
}

// levelOwner returns the code of the subject or of what it lies in that the
// level word means: in a district, 区 is the district and 市 its city.
func (s *resolution) levelOwner(level string) string {
	for d := s.subject; d != nil; d = s.lex.Divisions.Parent(d) {
		if strings.HasSuffix(d.Name, level) || level == "省" && d.Level == lexicon.Province {
			return d.Code
		}
	}
	return level
}

func (s *resolution) ownerName(owner string) string {
	if d := s.lex.Divisions.ByCode(owner); d != nil {
		return d.Name
	}
	return ""
}

// dropTerm drops the term of office: 第十五届人民政府.
func dropTerm(tail string) string {
	rest := strings.TrimPrefix(tail, "第")
	rest = strings.TrimLeft(rest, "一二三四五六七八九十百零0123456789")
	if after, ok := strings.CutPrefix(rest, "届"); ok && after != "" {
		return after
	}
	return tail
}
