package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// isBranch reports whether a name of the class, whose head begins at byte b, is that
// of an institute or a branch of the school with whose name it begins:
// 云川大学|白石产业研究院, 云川职业学院|白石分院.
func (s *sentence) isBranch(name schema.Span, b int, class schema.Class) bool {
	branch := s.text[b:name.End] == "分院"
	if class != schema.Organization && !branch {
		return false
	}
	for k := range s.found {
		if c := &s.found[k]; c.Start == name.Start && c.End <= b && c.class == schema.School {
			return true
		}
	}
	return false
}

// branchKinds are the words that tell of what a 分院 or a 分中心 is a branch, the first found first.
var branchKinds = [...]struct {
	word  string
	class schema.Class
}{
	{"医", schema.Hospital}, {"疾控", schema.Hospital}, {"卫生", schema.Hospital}, {"康复", schema.Hospital}, {"急救", schema.Hospital},
	{"疗", schema.Hospital}, {"血", schema.Hospital}, {"妇幼", schema.Hospital}, {"护理", schema.Hospital}, {"保健", schema.Hospital},
	{"眼科", schema.Hospital}, {"口腔", schema.Hospital}, {"骨科", schema.Hospital}, {"病", schema.Hospital}, {"诊", schema.Hospital},
	{"公司", schema.Enterprise}, {"集团", schema.Enterprise}, {"设计", schema.Enterprise},
	{"科学院", schema.Organization}, {"科院", schema.Organization}, {"研究院", schema.Organization},
	{"大学", schema.School}, {"学院", schema.School}, {"学校", schema.School}, {"党校", schema.School},
	{"公积金", schema.Agency}, {"政务", schema.Agency}, {"管理", schema.Agency},
}

// branchClass returns the class of a branch, which is 分院 or 分中心, of what is named
// before it.
func branchClass(front, branch string) schema.Class {
	for _, k := range branchKinds {
		if strings.Contains(front, k.word) && (k.class != schema.School || branch == "分院") {
			return k.class
		}
	}
	if branch == "分院" {
		return schema.Hospital
	}
	return schema.Organization
}

// isSiteClass reports whether things of a class lie somewhere, and are visited and built.
func isSiteClass(c schema.Class) bool {
	switch c {
	case schema.School, schema.Hospital, schema.Place, schema.Road, schema.Zone, schema.Division:
		return true
	}
	return false
}
