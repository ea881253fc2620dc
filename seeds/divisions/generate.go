//go:build ignore

// Generate writes divisions.tsv and townships.tsv from the data of two npm
// packages, unpacked in the directory that is its argument:
//
//	go run generate.go DIR
//
// DIR/china-division has the present divisions down to townships (2023),
// DIR/gb2260 the revisions of GB/T 2260 from 2002 to 2016, which give the
// former names and the abolished codes. See LICENCES.md for their terms.
package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run generate.go DIR")
	}
	dir := os.Args[1]
	now := current(dir)
	write("divisions.tsv", divisions(now, revisions(dir)))
	write("townships.tsv", townships(dir, now))
}

// hongKongMacauTaiwan are the provinces that the statistical codes leave out,
// at the level that Chinese documents name them.
var hongKongMacauTaiwan = map[string]string{"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}

// current returns the names of the present divisions by code. Codes that only
// hold counties together (市辖区, 县) are no divisions.
func current(dir string) map[string]string {
	now := maps.Clone(hongKongMacauTaiwan)
	for _, file := range []string{"provinces", "cities", "areas"} {
		for _, row := range readCSV(filepath.Join(dir, "china-division", "dist", file+".csv")) {
			code := (row[0] + "0000")[:6]
			if !holder(row[1]) && code != "620201" { // 嘉峪关 has no counties: 620201 repeats the city
				now[code] = row[1]
			}
		}
	}
	return now
}

func holder(name string) bool {
	return name == "市辖区" || name == "县" || strings.Contains(name, "直辖") || name == "市"
}

// revisions returns the names that each code had, the latest first.
func revisions(dir string) map[string][]string {
	lib := filepath.Join(dir, "gb2260", "lib")
	var order []string
	readJSON(filepath.Join(lib, "revisions.json"), &order)
	past := map[string][]string{}
	for _, revision := range order {
		var names map[string]string
		readJSON(filepath.Join(lib, revision+".json"), &names)
		for code, name := range names {
			name = strings.ReplaceAll(name, " ", "")
			if !holder(name) && !slices.Contains(past[code], name) {
				past[code] = append(past[code], name)
			}
		}
	}
	return past
}

// divisions returns the lines of divisions.tsv in order of code.
func divisions(now map[string]string, past map[string][]string) []string {
	lines := []string{
		"# Administrative divisions of China at county level and above, by GB/T 2260 code.",
		"# code, name, state (current, former name of the code, or abolished code), and for an",
		"# abolished code the present one of the same name root in the same province, where there is one.",
	}
	codes := slices.Sorted(maps.Keys(merge(now, past)))
	roots := byRoot(now)
	for _, code := range codes {
		if name, ok := now[code]; ok {
			lines = append(lines, code+"\t"+name+"\tcurrent")
		}
		for _, name := range past[code] {
			switch successor := roots[code[:2]+root(name)]; {
			case name == now[code]:
			case now[code] != "":
				lines = append(lines, code+"\t"+name+"\tformer")
			default:
				lines = append(lines, strings.TrimRight(code+"\t"+name+"\tabolished\t"+successor, "\t"))
			}
		}
	}
	return lines
}

func merge(now map[string]string, past map[string][]string) map[string]bool {
	all := map[string]bool{}
	for code := range now {
		all[code] = true
	}
	for code := range past {
		all[code] = true
	}
	return all
}

// byRoot maps province and name root to the code of the only division that has them.
func byRoot(now map[string]string) map[string]string {
	roots := map[string]string{}
	for _, code := range slices.Sorted(maps.Keys(now)) {
		key := code[:2] + root(now[code])
		if _, taken := roots[key]; taken {
			roots[key] = "" // 长沙市 and 长沙县: which one is not to be known
			continue
		}
		roots[key] = code
	}
	return roots
}

// root is a name without the word for its level.
func root(name string) string {
	for _, level := range []string{"地区", "市", "县", "区", "盟", "旗"} {
		if r, ok := strings.CutSuffix(name, level); ok && len(r) > len("东") {
			return r
		}
	}
	return name
}

// townships returns the lines of townships.tsv: a county's code and its
// townships, each as the last three digits of its nine-digit code and its name.
func townships(dir string, now map[string]string) []string {
	lines := []string{
		"# Townships and streets by county (or by city where it has no counties): the code of the county,",
		"# then each township as the last three digits of its GB/T 10114 code and its name.",
	}
	towns := map[string][]string{}
	for _, row := range readCSV(filepath.Join(dir, "china-division", "dist", "streets.csv")) {
		county := row[2]
		if now[county] == "" {
			county = county[:4] + "00"
		}
		if name := townName(row[1]); name != "" {
			towns[county] = append(towns[county], row[0][6:]+name)
		}
	}
	for _, county := range slices.Sorted(maps.Keys(towns)) {
		slices.Sort(towns[county])
		lines = append(lines, county+"\t"+strings.Join(towns[county], " "))
	}
	return lines
}

// townName returns a township's name as documents write it, "" for farms,
// parks and zones, which are no divisions.
func townName(name string) string {
	name = strings.TrimSuffix(strings.ReplaceAll(name, " ", ""), "办事处")
	for _, level := range []string{"镇", "乡", "街道", "苏木"} {
		if strings.HasSuffix(name, level) && len(name) > len(level)+2 {
			return name
		}
	}
	return ""
}

func readCSV(file string) [][]string {
	f, err := os.Open(file)
	check(err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	check(err)
	return rows[1:]
}

func readJSON(file string, v any) {
	b, err := os.ReadFile(file)
	check(err)
	check(json.Unmarshal(b, v))
}

func write(file string, lines []string) {
	f, err := os.Create(file)
	check(err)
	w := bufio.NewWriter(f)
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
	check(w.Flush())
	check(f.Close())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
