package figure

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// ratio reads 三次产业结构为0:8:92: the shares of the three sectors in per cent.
// Other ratios of three numbers state no figures that stand alone.
func (r *reader) ratio(c *clause, i int) {
	n := &c.numbers[i]
	left := c.before(i)
	if i > 0 {
		left = c.words(schema.Span{Start: c.Start, End: n.Start})
	}
	sum := decimal.Zero
	for _, v := range n.quantity.ratio {
		sum = sum.Add(v)
	}
	off := sum.Sub(hundred).Abs()
	if len(n.quantity.ratio) != 3 || !strings.Contains(left, "产业") && !strings.Contains(left, "结构") && !strings.Contains(left, "三产") || off.GreaterThan(decimal.NewFromInt(3)) {
		r.skip(n, "a ratio of other things than the three sectors")
		return
	}
	period := ""
	if r.former(c, i) && yearOf(r.calendar.own) > 0 {
		period = formerYear(n.when, r.calendar.own)
	}
	for k, name := range []string{"第一产业占比", "第二产业占比", "第三产业占比"} {
		share := *n
		share.value, share.high, share.unit, share.kind = n.quantity.ratio[k], n.quantity.ratio[k], "%", kindRatio
		r.add(c, &share, find{name: name, measure: schema.Level, rule: "ratio", period: period})
	}
}

// former reports whether number i is what another one was before (由A变为B).
func (r *reader) former(c *clause, i int) bool {
	left := c.text[c.Start:c.numbers[i].Start]
	at := max(strings.LastIndex(left, "由"), strings.LastIndex(left, "从"))
	return at >= 0 && i+1 < len(c.numbers) && len(left)-at < 24
}

// formerYear is the year before that of the document, or what the text says.
func formerYear(when period, own string) string {
	if when.year > 0 || when.offset < 0 {
		return when.resolve(own)
	}
	return period{offset: -1, relative: true}.resolve(own)
}
