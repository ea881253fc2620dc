package lexicon

import (
	"io/fs"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A Level is how high a division stands.
type Level int

// The levels, the highest first.
const (
	Province Level = iota + 1
	City           // prefecture-level city, prefecture, league, autonomous prefecture
	County         // county, district, county-level city, banner
	Township       // town, township, street
)

// A Division is an administrative division of China.
type Division struct {
	Code      string // GB/T 2260, six digits; of a township nine digits of GB/T 10114
	Name      string // official
	Short     string // without the word for its level and without peoples: 玉屏; "" where that leaves one character
	Level     Level
	Abolished bool
	Successor string   // of an abolished one: the code that took its name over, "" where there is none
	Former    []string // names that the code had before

	parent string
}

// Divisions is the gazetteer. divisions.tsv has rows of code, name, state
// (current, former, abolished) and successor; abridged.tsv has rows of a code
// and the names that people abridge, as 科左中旗; townships.tsv has rows of a
// county's code and its townships, separated by spaces, each the last three
// digits of its code and its name.
type Divisions struct {
	byCode  map[string]*Division
	byName  map[string][]*Division
	towns   map[string][]*Division // by code of the county
	shorts  map[string][]*Division // townships, by short name
	names   *Trie                  // of the keys of byName
	keys    []string
	letters map[string]string // 吉 → 220000
}

// ByCode returns the division with the code, present or abolished, or nil.
func (d *Divisions) ByCode(code string) *Division { return d.byCode[code] }

// Named returns the divisions of that official, short or former name: the
// present before the abolished, then the higher before the lower, then by code.
// Townships are found by their official names only: by short ones, see Towns.
func (d *Divisions) Named(name string) []*Division { return d.byName[name] }

// Names returns the names by which texts are searched, each once.
func (d *Divisions) Names() iter.Seq[string] { return slices.Values(d.keys) }

// Longest returns the divisions of the longest name that begins at byte at of
// text, and where it ends; nil where none does.
func (d *Divisions) Longest(text string, at int) (divisions []*Division, end int) {
	key, end, ok := d.names.Longest(text, at)
	if !ok {
		return nil, at
	}
	return d.byName[d.keys[key]], end
}

// Parent returns the division that x is directly part of, or nil.
func (d *Divisions) Parent(x *Division) *Division { return d.byCode[x.parent] }

// Within reports whether x is part of y at whatever depth, or y itself.
func (d *Divisions) Within(x, y *Division) bool {
	for ; x != nil; x = d.Parent(x) {
		if x.Code == y.Code {
			return true
		}
	}
	return false
}

// Path returns the divisions from the province down to x.
func (d *Divisions) Path(x *Division) []*Division {
	var path []*Division
	for ; x != nil; x = d.Parent(x) {
		path = append(path, x)
	}
	slices.Reverse(path)
	return path
}

// Towns returns the townships of a county, in order of code.
func (d *Divisions) Towns(code string) []*Division { return d.towns[code] }

// TownsNamed returns the townships of that short name, in the order of the lexicon.
func (d *Divisions) TownsNamed(short string) []*Division { return d.shorts[short] }

// Letter returns the province that a single character stands for (吉, 沪), or nil.
func (d *Divisions) Letter(letter string) *Division { return d.byCode[d.letters[letter]] }

func loadDivisions(fsys fs.FS) (*Divisions, error) {
	peoples, err := loadWords(fsys, "lexicon/words/peoples.tsv")
	if err != nil {
		return nil, err
	}
	letters, err := loadWords(fsys, "lexicon/words/province-letters.tsv")
	if err != nil {
		return nil, err
	}
	d := &Divisions{byCode: map[string]*Division{}, byName: map[string][]*Division{}, towns: map[string][]*Division{},
		shorts: map[string][]*Division{}, letters: map[string]string{}}
	for _, w := range letters.words {
		d.letters[w] = letters.Value(w)
	}
	if err := d.load(fsys, peoples); err != nil {
		return nil, err
	}
	if err := d.loadAbridged(fsys); err != nil {
		return nil, err
	}
	if err := d.loadTowns(fsys, peoples); err != nil {
		return nil, err
	}
	d.finish()
	return d, nil
}

func (d *Divisions) load(fsys fs.FS, peoples *Words) error {
	for row, err := range Rows(fsys, "divisions/divisions.tsv") {
		if err != nil {
			return err
		}
		f := row.Fields
		if len(f) < 3 || len(f) > 4 || len(f[0]) != 6 || f[1] == "" {
			return row.Errorf("%w division: want code of six digits, name, state and perhaps successor", schema.ErrInvalid)
		}
		switch f[2] {
		case "current", "abolished":
			d.add(&Division{Code: f[0], Name: f[1], Short: shortName(f[1], peoples), Level: levelOf(f[0]),
				Abolished: f[2] == "abolished", Successor: strings.Join(f[3:], "")}, peoples)
		case "former":
			x := d.byCode[f[0]]
			if x == nil {
				return row.Errorf("%w division: former name of a code that has no row before", schema.ErrInvalid)
			}
			x.Former = append(x.Former, f[1])
			d.name(f[1], x)
			d.name(shortName(f[1], peoples), x)
		default:
			return row.Errorf("%w state %q", schema.ErrInvalid, f[2])
		}
	}
	return nil
}

// loadAbridged enters the names that people abridge.
func (d *Divisions) loadAbridged(fsys fs.FS) error {
	for row, err := range Rows(fsys, "divisions/abridged.tsv") {
		if err != nil {
			return err
		}
		x := d.byCode[row.Fields[0]]
		if x == nil || len(row.Fields) < 2 {
			return row.Errorf("%w abridged division: want the code of one and what it is called", schema.ErrInvalid)
		}
		for _, name := range row.Fields[1:] {
			d.name(name, x)
		}
	}
	return nil
}

// add enters a division. An abolished code can have had several names: the
// first row counts, the others are former names of it.
func (d *Divisions) add(x *Division, peoples *Words) {
	if old := d.byCode[x.Code]; old != nil {
		old.Former = append(old.Former, x.Name)
		d.name(x.Name, old)
		return
	}
	x.parent = d.parentCode(x)
	d.byCode[x.Code] = x
	d.name(x.Name, x)
	d.name(x.Short, x)
	if x.Level == County && strings.HasSuffix(x.Name, "自治县") && x.Short != "" {
		d.name(x.Short+"县", x) // 玉屏县 for 玉屏侗族自治县
	}
	if x.Level == City && strings.HasSuffix(x.Name, "自治州") && x.Short != "" {
		d.name(x.Short+"州", x)
	}
}

func (d *Divisions) name(name string, x *Division) {
	if name != "" && !slices.Contains(d.byName[name], x) {
		d.byName[name] = append(d.byName[name], x)
	}
}

func (d *Divisions) parentCode(x *Division) string {
	if city := x.Code[:4] + "00"; x.Level == County && d.byCode[city] != nil {
		return city
	}
	if x.Level == Province {
		return ""
	}
	return x.Code[:2] + "0000"
}

func levelOf(code string) Level {
	switch {
	case strings.HasSuffix(code, "0000"):
		return Province
	case strings.HasSuffix(code, "00"):
		return City
	default:
		return County
	}
}

func (d *Divisions) loadTowns(fsys fs.FS, peoples *Words) error {
	for row, err := range Rows(fsys, "divisions/townships.tsv") {
		if err != nil {
			return err
		}
		if len(row.Fields) != 2 || d.byCode[row.Fields[0]] == nil {
			return row.Errorf("%w townships: want the code of a division and its townships", schema.ErrInvalid)
		}
		county := row.Fields[0]
		for t := range strings.SplitSeq(row.Fields[1], " ") {
			if len(t) <= 3 {
				return row.Errorf("%w township %q: want three digits and a name", schema.ErrInvalid, t)
			}
			x := &Division{Code: county + t[:3], Name: t[3:], Short: shortName(t[3:], peoples), Level: Township, parent: county}
			d.byCode[x.Code] = x
			d.towns[county] = append(d.towns[county], x)
			if x.Short != "" {
				d.shorts[x.Short] = append(d.shorts[x.Short], x)
			}
			d.name(x.Name, x)
		}
	}
	return nil
}

// finish puts the namesakes in order and builds the trie.
func (d *Divisions) finish() {
	for name, same := range d.byName {
		slices.SortStableFunc(same, func(a, b *Division) int {
			if a.Abolished != b.Abolished {
				if b.Abolished {
					return -1
				}
				return 1
			}
			if a.Level != b.Level {
				return int(a.Level - b.Level)
			}
			return strings.Compare(a.Code, b.Code)
		})
		d.keys = append(d.keys, name)
	}
	slices.Sort(d.keys)
	d.names = NewTrie(d.keys)
}

// shortName returns the name without the word for its level and without the
// peoples of an autonomous division; "" where one character or nothing is left.
func shortName(name string, peoples *Words) string {
	level := ""
	for _, w := range levelWords {
		if strings.HasSuffix(name, w) {
			level = w
			break
		}
	}
	short := strings.TrimSuffix(name, level)
	for strings.HasPrefix(level, "自治") || strings.HasPrefix(level, "民族") {
		p := peoples.Suffix(short)
		if p == "" || utf8.RuneCountInString(short)-utf8.RuneCountInString(p) < 2 {
			break
		}
		short = strings.TrimSuffix(short, p)
	}
	if level == "" || utf8.RuneCountInString(short) < 2 {
		return ""
	}
	return short
}

// levelWords are the words for levels, longer before shorter.
var levelWords = [...]string{
	"特别行政区", "自治区", "自治州", "自治县", "自治旗", "民族乡", "民族苏木", "地区", "街道", "新区", "林区", "矿区", "特区",
	"苏木", "省", "市", "区", "县", "盟", "旗", "镇", "乡",
}
