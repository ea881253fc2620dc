package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// building finds projects by the verb whose objects they are: 开工建设|汭河大桥、
// 泾河南路西延. What is only finished or opened keeps its own class; and where
// the verb does not say by itself that something is built (推进), one of the
// objects must, or what follows the last of them.
func (r *Recogniser) building(s *sentence) {
	for i := range s.words {
		w := &s.words[i]
		if !w.has(boundary|lead) || !s.may(w.Start, laneBuildVerb) {
			continue
		}
		if v := r.buildVerbs.At(s.text[:s.End], w.Start); v != "" {
			s.objects(w.Start+len(v), r.buildVerbs.Value(v) == "sure")
		}
	}
}

// objects proposes the items of the list that begins at byte b.
func (s *sentence) objects(b int, sure bool) {
	items, built := s.itemsFrom(b)
	if !sure && (!built || len(items) < 2) {
		return
	}
	peers := sure
	for _, item := range items {
		peers = peers || s.mayBeBuilt(item, sure, false)
	}
	for _, item := range items {
		if s.mayBeBuilt(item, sure, peers) {
			s.propose(item, schema.Project, "works-object")
		}
	}
}

// itemsFrom returns the items of the list that begins at byte b, and whether
// one of them, or what follows the last, says that something is built.
func (s *sentence) itemsFrom(b int) (items []schema.Span, built bool) {
	for len(items) < 10 {
		end := s.worksEnd(b)
		item := s.trimItem(schema.Span{Start: b, End: end})
		if item.Len() <= 0 || runes(item.In(s.text)) > maxWorks {
			break
		}
		for _, tail := range [...]string{"建设", "前期工作", "前期"} {
			if t, ok := strings.CutSuffix(item.In(s.text), tail); ok && t != "" {
				item.End -= len(tail)
				built = true
			}
		}
		items = append(items, item)
		built = built || s.r.workTails.Suffix(item.In(s.text)) != ""
		sep := s.separator(end)
		if sep == "" {
			break
		}
		b = end + len(sep)
	}
	return items, built
}

// worksEnd returns where the item of a list of works ends that begins at byte b
// and may have verbs and function words in it: at the next 、, or at a
// mark that 建设 stands before, else as other items do.
func (s *sentence) worksEnd(b int) int {
	if i := strings.IndexAny(s.rest(b), "、，,；;：:“”《》 的了是在和及与等"); i > 0 && strings.HasPrefix(s.rest(b+i), "、") && runes(s.text[b:b+i]) <= maxWorks {
		return b + i
	} else if i > 0 && runes(s.text[b:b+i]) <= maxWorks && strings.HasSuffix(s.text[b:b+i], "建设") {
		return b + i
	}
	return s.itemEnd(b)
}

// itemEnd returns where the item that begins at byte b ends: at a mark or a
// word that no name runs over.
func (s *sentence) itemEnd(b int) int {
	end := b
	for i := s.wordAt(b); i < len(s.words); i++ {
		w := s.words[i]
		if w.has(mark) && !strings.ContainsAny(s.in(i), "·()（）") || w.Start > end {
			break
		}
		if w.has(boundary) && !w.has(inside) && s.in(i) != "至" || s.in(i) == "等" {
			break
		}
		end = w.End
	}
	return end
}

// separator returns what parts two items of a list at byte b, or "".
func (s *sentence) separator(b int) string {
	for _, mark := range [...]string{"、", "和", "及", "以及"} {
		if strings.HasPrefix(s.rest(b), mark) {
			return mark
		}
	}
	return ""
}

// mayBeBuilt reports whether an object is a name of something that is built.
// sure says that the verb tells so by itself, peers that another object is one.
func (s *sentence) mayBeBuilt(item schema.Span, sure, peers bool) bool {
	text := item.In(s.text)
	if n := runes(text); n < 4 || s.r.notNames.Has(text) || s.genericOnly(item) || s.r.plainWorks.Suffix(text) != "" {
		return false
	}
	if soft, ok := strings.CutSuffix(text, "工程"); ok && s.r.softWorks.Suffix(soft) != "" {
		return false
	}
	word, h := s.r.heads.ending(text)
	site := s.r.workTails.Suffix(text)
	if word == "" && site == "" && !strings.HasSuffix(text, "段") || len(word) == len(text) {
		return false
	}
	switch h.class {
	case schema.Project, schema.Road, "":
	case schema.Place:
		if !sure && !peers && site == "" {
			return false
		}
	case schema.Zone:
		if !sure && site == "" {
			return false
		}
	default:
		if site == "" {
			return false
		}
	}
	named := site != "" && s.namesSite(strings.TrimSuffix(text, site))
	return sure || named || peers && site != "" || s.properIn(item) || s.levelAt(item.Start)
}
