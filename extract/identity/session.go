package identity

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// lastSpring is the last month in which a session looks back on the year before.
const lastSpring = 7

// sessionYear is the year that a session reviews: one of the first months of a
// year reviews the year before. The day is that which the head says of the
// session, or else its first date that is neither the day on which a site posted
// the text nor that from which a government has been in office; a day of
// posting counts where the title agrees with it.
func (p *page) sessionYear() (int, schema.Span) {
	for _, says := range [...]func(date) bool{p.sessionDay, p.plainDay, p.agrees} {
		for _, d := range p.headDates() {
			switch {
			case d.year == 0 || d.month == 0 || !says(d):
			case d.month <= lastSpring:
				return d.year - 1, d.Span
			default:
				return d.year, d.Span
			}
		}
	}
	return 0, schema.Span{}
}

// sessionDay reports whether d is the day of a session: 2020年6月16日|在….第六次会议上.
func (p *page) sessionDay(d date) bool {
	if d.day == 0 {
		return false
	}
	after := strings.TrimLeft(p.doc.Text[d.End:runeStart(p.doc.Text, d.End+sessionName)], " \u3000\n")
	return strings.HasPrefix(after, "在") && containsAny(after, "会议上", "大会上", "次会议", "人民代表大会")
}

// sessionName is the bytes in which the name of a session ends.
const sessionName = 150

// plainDay reports whether d may be the day of a session of which the text says nothing.
func (p *page) plainDay(d date) bool { return !p.posted(d) && !p.began(d) }

// began reports whether d is when a government came to office: 自2011年11月|就职以来.
func (p *page) began(d date) bool {
	after := strings.TrimLeft(p.doc.Text[d.End:runeStart(p.doc.Text, d.End+30)], "份初底")
	return hasPrefix(after, "就职", "任职", "组成", "成立", "产生", "上任", "选举产生", "换届", "履职", "以来")
}

// posted reports whether d is the day on which a site posted the text: it
// stands with a time of day or behind a word that says so.
func (p *page) posted(d date) bool {
	rest := strings.TrimLeft(p.doc.Text[d.End:], " \u3000")
	n := digitsEnd(rest, 0)
	if (n == 1 || n == 2) && hasPrefix(rest[n:], ":", "：") {
		return true
	}
	before := strings.TrimRight(p.doc.Text[:d.Start], " \u3000:：")
	return hasSuffix(before, "时间", "日期", "发布于", "发表于", "更新")
}

// agrees reports whether a day of posting may be near that of a session: the
// title names no year, the year of the day or, in the first months, the year before.
func (p *page) agrees(d date) bool {
	if p.began(d) {
		return false
	}
	titled, at := p.titlePeriod()
	year, err := strconv.Atoi(titled)
	return at.Len() == 0 || err != nil || d.year == year || d.year == year+1 && d.month < lastSpring-1
}

// officeYear is the last year of a term of which the text says when it began:
// 本届政府自2011年11月就职以来.
func (p *page) officeYear() (int, schema.Span) {
	for _, d := range p.headDates() {
		if d.year == 0 || !p.began(d) || !containsAny(p.doc.Text[max(0, runeStart(p.doc.Text, d.Start-60)):d.Start], "届政府", "届区政府", "届县政府", "届市政府", "届人民政府") {
			continue
		}
		if !p.said(termWords...) {
			continue
		}
		year := d.year + termLength
		if d.month > 0 && d.month <= lastSpring {
			year--
		}
		return year, d.Span
	}
	return 0, schema.Span{}
}

// reviews reports whether what stands between the title and d is a review, short
// as it may be: it has numbers of what was done, or says that it ends.
func (p *page) reviews(d date) bool {
	text := p.doc.Text[min(p.titleEnd(), d.Start):d.Start]
	if containsAny(text, "一年来", "过去一年", "过去的一年", "在肯定成绩", "清醒地看到", "清醒地认识", "清醒认识到", "清醒看到", "存在的困难和问题", "存在的问题和不足", "存在一些困难和问题") {
		return true
	}
	done := 0
	for text != "" {
		var sentence string
		if i := strings.IndexAny(text, "。；\n"); i >= 0 {
			_, n := utf8.DecodeRuneInString(text[i:])
			sentence, text = text[:i], text[i+n:]
		} else {
			sentence, text = text, ""
		}
		if accomplished(sentence) {
			done++
		}
	}
	return done >= leastDone
}

// leastDone is how many sentences of what was done make a review.
const leastDone = 2

// accomplished reports whether a sentence tells by a number what was done.
func accomplished(s string) bool {
	return strings.ContainsAny(s, "0123456789") && containsAny(s, doneWords...) && !containsAny(s, "要", "将", "力争", "确保", "争取", "计划", "目标", "到20")
}

// doneWords say that something was done, so that a number behind them is a fact.
var doneWords = []string{"完成", "实现", "达", "新增", "新建", "建成", "引进", "实施", "改造", "投入", "增长", "下降", "获", "发放", "解决", "到位"}
