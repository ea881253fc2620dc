package entity

import (
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// The characters of the name of a place that only its peers tell.
const (
	minPeer = 3
	maxPeer = 8
)

// sitePeers proposes the items of a list most of which are places, where nothing else
// tells what they are: 花溪公园、|梦里水乡、|月牙湖.
func (r *Recogniser) sitePeers(s *sentence) {
	if strings.Count(s.In(s.text), "、") < 2 {
		return
	}
	done := s.Start
	for k, n := 0, len(s.found); k < n; k++ {
		if c := &s.found[k]; c.class != schema.Place || c.Start < done {
			continue
		}
		items, places := s.siteRun(s.found[k].Span)
		done = items[len(items)-1].End
		if places < 2 || 2*places < len(items) {
			continue
		}
		for _, item := range items[:len(items)-1] {
			if s.mayBePeer(item) {
				s.propose(item, schema.Place, "site-peer")
			}
		}
	}
}

// siteRun returns the items of the list in which the name of a place stands, and how
// many of them are places. Where the first and the last end is what they are found to be.
func (s *sentence) siteRun(site schema.Span) (items []schema.Span, places int) {
	b := site.Start
	for strings.HasSuffix(s.text[s.Start:b], "、") {
		end := b - len("、")
		b = s.itemStart(end, schema.Place)
		items = append(items, schema.Span{Start: b, End: end})
	}
	slices.Reverse(items)
	items = append(items, site)
	for end := site.End; strings.HasPrefix(s.rest(end), "、"); {
		start := end + len("、")
		end = s.itemEnd(start)
		items = append(items, schema.Span{Start: start, End: end})
	}
	for i, item := range items {
		last := i == len(items)-1
		if slices.ContainsFunc(s.found, func(c candidate) bool {
			return c.class == schema.Place && c.Start == item.Start && (c.End == item.End || last && c.End < item.End)
		}) {
			places++
		}
	}
	return items, places
}

// mayBePeer reports whether an item can be the name of a place that is told by its peers
// alone: something in it looks like a name, and it is nothing else.
func (s *sentence) mayBePeer(item schema.Span) bool {
	text := item.In(s.text)
	if n := runes(text); n < minPeer || n > maxPeer || s.isNotName(item.Start, item.End) || s.r.notNames.Has(text) || !s.opensName(item.Start) {
		return false
	}
	if word, _ := s.r.heads.ending(text); word != "" || s.r.trades.Suffix(text) != "" || len(s.r.lex.Lookup(text)) > 0 {
		return false
	}
	if slices.ContainsFunc(s.found, func(c candidate) bool { return c.Start < item.End && c.End > item.Start }) {
		return false
	}
	return !s.genericOnly(item) && !s.oddIn(item) && s.properIn(item)
}
