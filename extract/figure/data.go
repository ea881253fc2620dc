package figure

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// The files of seeds that the package reads.
const (
	unitsFile      = "lexicon/units.tsv"
	wordsFile      = "lexicon/figure-words.tsv"
	verbsFile      = "lexicon/figure-verbs.tsv"
	headsFile      = "lexicon/figure-heads.tsv"
	idiomsFile     = "lexicon/figure-idioms.tsv"
	periodsFile    = "lexicon/figure-periods.tsv"
	ranksFile      = "lexicon/figure-ranks.tsv"
	indicatorsFile = "lexicon/indicators.tsv"
	tablesFile     = "lexicon/figure-tables.tsv"
)

// A kind is what a unit measures.
type kind uint8

const (
	kindNone   kind = iota // no unit is printed
	kindMoney              // 元, 美元
	kindAmount             // area, length, mass, volume, energy, power, data
	kindTime               // 天, 个月, 小时
	kindPerson             // 人, 名, 人次, 户
	kindCount              // measure words: 个, 家, 处
	kindRatio              // %, ‰, 倍, 成
	kindPoints             // 个百分点
	kindRate               // 元/平方米, 微克/立方米
	kindScore              // 分
	kindWhole              // 大, 重, 个方面
)

var kinds = map[string]kind{
	"money": kindMoney, "area": kindAmount, "length": kindAmount, "mass": kindAmount, "volume": kindAmount,
	"energy": kindAmount, "power": kindAmount, "data": kindAmount, "time": kindTime, "person": kindPerson,
	"count": kindCount, "ratio": kindRatio, "points": kindPoints, "rate": kindRate, "score": kindScore, "whole": kindWhole,
}

// A unit is a row of units.tsv.
type unit struct {
	name    string // as printed in figures
	kind    kind
	chinese bool // Chinese numerals may stand before it
}

// lists is all that the package knows of words.
type lists struct {
	units    trie[unit]
	lead     trie[bool] // stripped from the start of an indicator; false for a guard
	tail     trie[bool] // stripped from its end, searched from the back
	inner    trie[bool] // taken out of it
	turn     trie[int]  // up 1 and down -1, searched from the back
	pace     trie[int]  // 增速 1, 降幅 -1, searched from the back
	beside   trie[int]  // above 1 and below -1, searched from the back
	than     trie[bool] // what a growth is compared with
	each     trie[bool] // 分别
	among    trie[bool] // 其中
	sections trie[bool] // headings of a bulletin's sections
	status   trie[schema.Status]
	acts     trie[bool]
	states   trie[bool]
	heads    trie[bool] // searched from the back; true for bare heads
	idioms   trie[bool]
	periods  trie[period]
	scopes   trie[bool] // 全市, searched from the back
	ranking  trie[bool] // 位列, searched from the back
	firsts   trie[bool] // 首位
	names    trie[indicator]
	tabular  trie[headRole] // words in the heads of tables
	times    runeSet        // that an expression of time can start with
	marks    runeSet        // that the scanner has to look at
}

// rows calls f with the fields of each line of a file that is not blank or a
// comment. An error of f is returned with the file and the line.
func rows(fsys fs.FS, file string, least int, f func([]string) error) error {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	for n, line := range strings.Split(string(text), "\n") {
		line = strings.TrimRight(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < least || fields[0] == "" {
			return fmt.Errorf("%s:%d: %w entry %q: want %d columns", file, n+1, schema.ErrInvalid, line, least)
		}
		if err := f(fields); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n+1, err)
		}
	}
	return nil
}

// field returns the i-th field, or "" where the line ends before it.
func field(fields []string, i int) string {
	if i < len(fields) {
		return fields[i]
	}
	return ""
}

func load(fsys fs.FS) (*lists, error) {
	l := &lists{}
	for _, file := range []struct {
		name  string
		least int
		row   func([]string) error
	}{
		{unitsFile, 3, l.unitRow},
		{wordsFile, 2, l.wordRow},
		{verbsFile, 2, l.verbRow},
		{headsFile, 2, l.headRow},
		{idiomsFile, 1, func(f []string) error { l.idioms.add(f[0], true); return nil }},
		{periodsFile, 2, l.periodRow},
		{ranksFile, 2, l.rankRow},
		{indicatorsFile, 3, l.indicatorRow},
		{tablesFile, 2, l.tableRow},
	} {
		if err := rows(fsys, file.name, file.least, file.row); err != nil {
			return nil, err
		}
	}
	l.times = l.timeStarts()
	l.marks = l.markStarts()
	return l, nil
}

// timeStarts returns the characters that an expression of time can start with.
func (l *lists) timeStarts() runeSet {
	set := l.periods.starts
	for _, r := range "0123456789０１２３４５６７８９" + timelyRunes {
		set.add(r)
	}
	return set
}

// markStarts returns the characters at which something can begin that the
// scanner looks for. All others are words.
func (l *lists) markStarts() runeSet {
	set := runeSet{}
	for _, r := range "，；：。！？（）、—“‘《「第前0123456789０１２３４５６７８９零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖" + timelyRunes {
		set.add(r)
	}
	for i := range set {
		set[i] |= l.firsts.starts[i] | l.idioms.starts[i] | l.periods.starts[i]
	}
	return set
}

func (l *lists) unitRow(f []string) error {
	k, ok := kinds[f[1]]
	if !ok {
		return fmt.Errorf("%w kind of unit %q", schema.ErrInvalid, f[1])
	}
	l.units.add(f[0], unit{f[2], k, field(f, 3) == "cn"})
	return nil
}

func (l *lists) wordRow(f []string) error {
	word := f[0]
	switch f[1] {
	case "lead":
		l.lead.add(word, true)
	case "tail":
		l.tail.addBack(word, true)
	case "guard":
		l.lead.add(word, false)
		l.tail.addBack(word, false)
		l.turn.addBack(word, 0)
		l.beside.addBack(word, 0)
	case "inner":
		l.inner.add(word, true)
	case "up", "down":
		l.turn.addBack(word, sign(f[1] == "up"))
	case "pace":
		l.pace.addBack(word, sign(field(f, 2) != "-1"))
	case "above", "below":
		l.beside.addBack(word, sign(f[1] == "above"))
	case "than":
		l.than.add(word, true)
	case "each":
		l.each.add(word, true)
	case "among":
		l.among.add(word, true)
	case "section":
		l.sections.add(word, true)
	case "target", "estimate", "preliminary":
		l.status.add(word, schema.Status(f[1]))
	default:
		return fmt.Errorf("%w role %q of %q", schema.ErrInvalid, f[1], word)
	}
	return nil
}

func sign(positive bool) int {
	if positive {
		return 1
	}
	return -1
}

func (l *lists) verbRow(f []string) error {
	switch f[1] {
	case "act":
		l.acts.add(f[0], true)
	case "state":
		l.states.add(f[0], true)
	default:
		return fmt.Errorf("%w role %q of verb %q", schema.ErrInvalid, f[1], f[0])
	}
	return nil
}

func (l *lists) headRow(f []string) error {
	switch f[1] {
	case "bare", "full":
		l.heads.addBack(f[0], f[1] == "bare")
	default:
		return fmt.Errorf("%w role %q of head %q", schema.ErrInvalid, f[1], f[0])
	}
	return nil
}

func (l *lists) rankRow(f []string) error {
	switch f[1] {
	case "scope":
		l.scopes.addBack(f[0], true)
	case "verb":
		l.ranking.addBack(f[0], true)
	case "first":
		l.firsts.add(f[0], true)
	default:
		return fmt.Errorf("%w role %q of rank word %q", schema.ErrInvalid, f[1], f[0])
	}
	return nil
}
