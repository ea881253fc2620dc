package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// isBranch reports whether a name of the class, whose head begins at byte b, is that
// of an institute or a branch of the school with whose name it begins:
// 云川大学|白石产业研究院, 云川职业学院|白石分院. A hospital's branch is told by the hospital.
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

// branchClass returns the class of what is called a branch: a hospital, but a school
// or an institute where its name begins with one's. The front is what stands before
// the head.
func branchClass(front, head string) schema.Class {
	if head != "分院" && head != "分中心" {
		return schema.Hospital
	}
	for _, cure := range [...]string{"医", "疾控", "卫生", "康复", "急救", "疗", "血", "妇幼", "护理", "保健", "眼科", "口腔", "骨科", "病", "诊"} {
		if strings.Contains(front, cure) {
			return schema.Hospital
		}
	}
	switch {
	case strings.Contains(front, "科学院"), strings.Contains(front, "研究院"), strings.Contains(front, "设计院"), strings.Contains(front, "中科院"), strings.Contains(front, "农科院"), strings.Contains(front, "林科院"):
		return schema.Organization
	case head == "分院" && (strings.Contains(front, "大学") || strings.Contains(front, "学院") || strings.Contains(front, "学校") || strings.Contains(front, "党校")):
		return schema.School
	case head == "分院":
		return schema.Hospital
	case strings.Contains(front, "公积金"), strings.Contains(front, "政务"), strings.Contains(front, "管理"):
		return schema.Agency
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
