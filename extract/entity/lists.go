package entity

import (
	"fmt"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// lists is the lists of words that the recogniser asks. Their files say what
// each is for.
type lists struct {
	organs, stems, peaks, listHeads, offices                                                                                                  *lexicon.Words
	surnames, honorTriggers, honorTails, programVerbs, notNames                                                                               *lexicon.Words
	titleWords, placeTails, brandTails, clitics, tails                                                                                        *lexicon.Words
	formulaNouns, honorStops, grades, honorSkips, roadEnds                                                                                    *lexicon.Words
	deeds, dates, numbered, plainWorks, namedHeads                                                                                            *lexicon.Words
	levels, soles, capacities, ofLevels, conjunctions, adverbs                                                                                *lexicon.Words
	sides, levelFronts, appositives, systems, measures                                                                                        *lexicon.Words
	lineSystems, notDivisions, doubtful, buildVerbs, workTails, campaigns, sayings                                                            *lexicon.Words
	softWorks, syllables, siteFronts, speechVerbs, worksVerbs, sums, builtZones, longRoads, natural, amounts, deedTails, halfTails            *lexicon.Words
	trades, afterTrades, hardSingles, notCores, beforeFirms, afterFirms, countries                                                            *lexicon.Words
	townHeads, siteHeads, afterTowns, afterPersons, falseHeads, settleVerbs, siteDeeds, afterSites, notOrgans                                 *lexicon.Words
	routes, numberWords, mottoNouns, quotedTails, doerVerbs                                                                                   *lexicon.Words
	scenicGrades, gradeVerbs, ofPersons, demands, givers, mottoVerbs, plaques, listedTails, honorNouns, beforePersons, doings, fronts, papers *lexicon.Words
}

// load fills the lists. One without words is a fault of the seeds: its rule
// would never fire, and nobody would notice.
func (l *lists) load(lex *lexicon.Lexicon) error {
	for _, f := range []struct {
		list **lexicon.Words
		name string
	}{
		{&l.organs, "organs"},
		{&l.stems, "agency-stems"},
		{&l.peaks, "agency-heads"},
		{&l.listHeads, "list-heads"},
		{&l.offices, "offices"},
		{&l.surnames, "surnames"},
		{&l.honorTriggers, "honor-triggers"},
		{&l.honorTails, "honor-tails"},
		{&l.programVerbs, "program-verbs"},
		{&l.notNames, "not-names"},
		{&l.titleWords, "title-words"},
		{&l.placeTails, "place-tails"},
		{&l.brandTails, "brand-tails"},
		{&l.clitics, "clitics"},
		{&l.tails, "name-tails"},
		{&l.formulaNouns, "formula-nouns"},
		{&l.honorStops, "honor-stops"},
		{&l.grades, "honor-grades"},
		{&l.honorSkips, "honor-skips"},
		{&l.roadEnds, "road-ends"},
		{&l.deeds, "deeds"},
		{&l.dates, "dates"},
		{&l.numbered, "numbered-heads"},
		{&l.plainWorks, "plain-works"},
		{&l.namedHeads, "named-heads"},
		{&l.levels, "levels"},
		{&l.soles, "sole-names"},
		{&l.capacities, "capacities"},
		{&l.ofLevels, "level-heads"},
		{&l.conjunctions, "conjunctions"},
		{&l.adverbs, "works-adverbs"},
		{&l.sides, "road-sides"},
		{&l.levelFronts, "level-fronts"},
		{&l.appositives, "appositives"},
		{&l.systems, "systems"},
		{&l.measures, "measures"},
		{&l.lineSystems, "line-systems"},
		{&l.notDivisions, "not-divisions"},
		{&l.doubtful, "doubtful-divisions"},
		{&l.buildVerbs, "build-verbs"},
		{&l.workTails, "work-tails"},
		{&l.campaigns, "campaigns"},
		{&l.sayings, "sayings"},
		{&l.softWorks, "soft-works"},
		{&l.syllables, "name-syllables"},
		{&l.speechVerbs, "speech-verbs"},
		{&l.worksVerbs, "works-verbs"},
		{&l.sums, "sum-counters"},
		{&l.builtZones, "built-zones"},
		{&l.longRoads, "long-roads"},
		{&l.natural, "natural-places"},
		{&l.siteDeeds, "site-deeds"},
		{&l.siteFronts, "site-fronts"},
		{&l.afterSites, "after-sites"},
		{&l.routes, "routes"},
		{&l.scenicGrades, "scenic-grades"},
		{&l.gradeVerbs, "grade-verbs"},
		{&l.numberWords, "number-words"},
		{&l.halfTails, "honor-half-tails"},
		{&l.deedTails, "deed-tails"},
		{&l.amounts, "amount-words"},
		{&l.trades, "trades"},
		{&l.afterTrades, "after-trades"},
		{&l.hardSingles, "hard-singles"},
		{&l.notCores, "not-cores"},
		{&l.beforeFirms, "before-firms"},
		{&l.afterFirms, "after-firms"},
		{&l.countries, "countries"},
		{&l.townHeads, "town-heads"},
		{&l.siteHeads, "site-heads"},
		{&l.afterTowns, "after-towns"},
		{&l.afterPersons, "after-persons"},
		{&l.ofPersons, "of-persons"},
		{&l.demands, "demands"},
		{&l.givers, "honor-givers"},
		{&l.mottoVerbs, "motto-verbs"},
		{&l.plaques, "plaques"},
		{&l.listedTails, "listed-tails"},
		{&l.honorNouns, "honor-nouns"},
		{&l.beforePersons, "before-persons"},
		{&l.doings, "doings"},
		{&l.papers, "papers"},
		{&l.fronts, "program-fronts"},
		{&l.falseHeads, "false-heads"},
		{&l.mottoNouns, "motto-nouns"},
		{&l.quotedTails, "quoted-tails"},
		{&l.doerVerbs, "doer-verbs"},
		{&l.settleVerbs, "settle-verbs"},
		{&l.notOrgans, "not-organs"},
	} {
		if *f.list = lex.Words(f.name); len((*f.list).All()) == 0 {
			return fmt.Errorf("load list %s: %w", f.name, schema.ErrNotFound)
		}
	}
	return nil
}
