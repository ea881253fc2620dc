package identity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// What stands before a place that a text names in passing, and after it.
var (
	passingBefore = []string{"赴", "到", "去", "往", "来自", "与", "和", "同", "、", "距", "至", "从", "邻", "学习", "支援", "帮扶", "对口", "及", "—", "-", "嫁到", "返回", "离开", "向", "对", "经", "接", "连", "靠", "比", "像", "以", "由", "的"}
	passingAfter  = []string{"考察", "学习", "籍", "等", "接壤", "交界", "相邻", "毗邻", "经验", "、", "和", "与", "—", "-", "至", "人，", "人。", "客商", "老板", "商会", "的"}
)

// scene reports whether o, an official name, is that of the place where a news
// item happens: it opens a sentence, one comes to it, or, in news that name no
// place in passing, it stands anywhere.
func (p *page) scene(o occurrence) bool {
	kind := p.doc.Identity.Kind
	if kind != schema.News && kind != schema.Other || o.beside || o.placed || o.Start > headSize {
		return false
	}
	before, after := strings.TrimRight(p.doc.Text[:o.from], " \u3000"), p.doc.Text[o.End:]
	if hasPrefix(after, passingAfter...) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	if before == "" || strings.ContainsRune("\n。！？!?】", r) || hasSuffix(before, "走进", "来到", "走访", "走在", "地处") {
		return true
	}
	return (kind == schema.News || townNext(after)) && !hasSuffix(before, passingBefore...)
}

// townNext reports whether a township or a village of a place follows its name:
// 泗阳县|众兴镇.
func townNext(s string) bool {
	n := 0
	for _, r := range s {
		if n++; n > longestTown || strings.ContainsRune("，。、的 \n", r) {
			return false
		}
		if n > 2 && strings.ContainsRune("镇乡村", r) {
			return true
		}
	}
	return false
}

// longestTown is how many characters the name of a township has at most.
const longestTown = 6
