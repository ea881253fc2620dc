package figure

import (
	"strings"
	"unicode/utf8"
)

// worksTails end the names of works, in which a number is what the works can
// do and no figure of its own: 年产3万吨氢氧化锂项目.
var worksTails = [...]string{"项目", "工程", "生产线", "技改", "扩建", "扩能", "厂房", "种养结合", "养殖场", "变压器", "电抗器", "变电站", "输变电"}

// powerWorks begin what follows the power of a plant in its name: 50万千瓦光伏.
var powerWorks = [...]string{"光伏", "风电", "储能", "火电", "热电", "水电", "煤电", "燃气", "抽水蓄能", "分布式", "发电", "农光", "渔光", "牧光", "风光"}

// capacity reports whether a number is the voltage, the power or the output by
// which works are named, rather than a figure.
func (s *scanner) capacity(q *quantity, prev, next string) bool {
	power := false
	switch q.unit {
	case "千伏", "千伏变电站", "千伏变":
		return q.unit == "千伏"
	case "千瓦", "兆瓦", "吉瓦", "千瓦时", "兆瓦时":
		power = true
	case "吨", "吨铝", "头", "只", "羽", "件", "锭", "枚", "尾", "立方米":
	case "英寸":
		return phrase(next) != ""
	default:
		return strings.HasPrefix(next, "伏")
	}
	words := phrase(next)
	if power && !s.done(prev) && hasPrefixOf(words, powerWorks[:]) {
		return true
	}
	if words == "" || strings.HasPrefix(words, "的") {
		return false
	}
	for _, w := range worksTails {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// phraseRunes is how many characters of words behind a number are looked at.
const phraseRunes = 16

// phrase returns the words at the start of s up to a mark or a digit.
func phrase(s string) string {
	n := 0
	for i, r := range s {
		if n++; n > phraseRunes || strings.ContainsRune("，。；、：,;:()（）“”\n ", r) || r >= '0' && r <= '9' {
			return s[:i]
		}
	}
	return s
}

func hasSuffixOf(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

func hasPrefixOf(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// done reports whether words end with a verb of doing: 建成|6.6兆瓦分布式光伏.
func (s *scanner) done(words string) bool {
	words = strings.TrimRight(words, "了 ")
	for at, n := len(words), 0; at > 0 && n < 4; n++ {
		_, size := utf8.DecodeLastRuneInString(words[:at])
		at -= size
		if _, k := s.acts.first(words[at:]); k == len(words)-at {
			return true
		}
	}
	return false
}

// summedUp are the kinds of places that are summed up behind their names.
var summedUp = []string{"乡", "镇", "村", "街道", "社区", "片区", "工业片区", "景区", "县", "区", "水库", "园区", "市"}

// summing reports whether a small number in Chinese numerals only sums up what
// was named right before it: A、B两个乡.
func summing(q *quantity, prev, next string) bool {
	if !q.chinese || q.kind != kindCount && q.unit != "大" {
		return false
	}
	n := int(q.value.IntPart())
	if n < 2 || n > 9 {
		return false
	}
	if i := strings.LastIndexAny(prev, "，。；：,;:"); i >= 0 {
		_, size := utf8.DecodeRuneInString(prev[i:])
		prev = prev[i+size:]
	}
	if strings.Count(prev, "、")+strings.Count(prev, "和") != n-1 || strings.HasSuffix(prev, "等") {
		return false
	}
	return hasPrefixOf(next, summedUp) || !hasAny(prev[:strings.IndexAny(prev, "、和")], founding[:]...)
}

// founding are the verbs that bring about what they name: of that the number
// is a fact, even where it sums a list up.
var founding = [...]string{"组建", "成立", "构建", "建成", "打造", "发布", "推出", "新建", "设立", "形成", "建立", "有", "新增", "引进", "创建", "培育", "布局", "规划", "完成", "为", "是"}

// numbering reports whether a number is that of a regiment or a telephone, or
// a year, and counts nothing: 83121部队, 12345热线, 2021重庆市.
func numbering(q *quantity, prev, next string) bool {
	written := q.value.IntPart()
	switch {
	case strings.HasPrefix(next, "热线") || q.unit == "部" && strings.HasPrefix(next, "队"):
		return true
	case q.unit == "重" && written >= 1900 && written < 2100:
		return true
	case q.unit == "部" && (q.value.IsZero() || strings.HasPrefix(next, "件") && q.chinese): // 零部件
		return true
	case q.unit == "峰" && q.chinese, q.unit == "层" && q.chinese:
		return !strings.HasPrefix(next, "骆驼") && next != "" && !strings.HasPrefix(next, "，") && !strings.HasPrefix(next, ",")
	}
	return false
}
