package schema

import "slices"

// A Class is what kind of thing an entity is.
type Class string

// The classes of named things, and those that the graph adds to them.
const (
	Division     Class = "Division"
	Enterprise   Class = "Enterprise"
	Agency       Class = "Agency"
	Organization Class = "Organization"
	Hospital     Class = "Hospital"
	School       Class = "School"
	Project      Class = "Project"
	Zone         Class = "Zone"
	Place        Class = "Place"
	Road         Class = "Road"
	Program      Class = "Program"
	Event        Class = "Event"
	Honor        Class = "Honor"
	Person       Class = "Person"

	DocumentClass  Class = "Document"
	FigureClass    Class = "Figure"
	IndicatorClass Class = "Indicator"
	EvidenceClass  Class = "Evidence"
	StatementClass Class = "Statement"
)

// A ClassInfo is a row of the ontology: a class with its labels and the term
// of a common vocabulary that it is equivalent to or a sub-class of.
type ClassInfo struct {
	Class   Class
	Chinese string
	English string
	SubOf   string // prefixed: schema:, prov:, qb:, oa:, rdf:
	Named   bool   // entities of texts are of this class
}

// Classes returns the classes of the ontology in order of presentation.
func Classes() []ClassInfo { return slices.Clone(classes[:]) }

var classes = [...]ClassInfo{
	{Division, "行政区划", "administrative division", "schema:AdministrativeArea", true},
	{Enterprise, "企业", "enterprise", "schema:Corporation", true},
	{Agency, "机关", "government agency", "schema:GovernmentOrganization", true},
	{Organization, "组织", "organisation", "schema:Organization", true},
	{Hospital, "医疗机构", "hospital", "schema:MedicalOrganization", true},
	{School, "学校", "school", "schema:EducationalOrganization", true},
	{Project, "项目", "project", "schema:Project", true},
	{Zone, "园区", "zone", "schema:Place", true},
	{Place, "地点", "place", "schema:Place", true},
	{Road, "道路", "road", "schema:Place", true},
	{Program, "政策行动", "programme", "schema:Intangible", true},
	{Event, "活动", "event", "schema:Event", true},
	{Honor, "荣誉", "honour", "schema:Intangible", true},
	{Person, "人物", "person", "schema:Person", true},
	{DocumentClass, "文档", "document", "schema:CreativeWork", false},
	{FigureClass, "数据", "figure", "schema:Observation", false},
	{IndicatorClass, "指标", "indicator", "schema:StatisticalVariable", false},
	{EvidenceClass, "依据", "evidence", "oa:Annotation", false},
	{StatementClass, "陈述", "statement", "rdf:Statement", false},
}

// A Predicate is a relation between two entities.
type Predicate string

// The predicates.
const (
	PartOf         Predicate = "partOf"
	LocatedIn      Predicate = "locatedIn"
	SettledIn      Predicate = "settledIn"
	Implements     Predicate = "implements"
	Undertakes     Predicate = "undertakes"
	Hosts          Predicate = "hosts"
	Awarded        Predicate = "awarded"
	CooperatesWith Predicate = "cooperatesWith"
	Acquired       Predicate = "acquired"
	Controls       Predicate = "controls"
	SubsidiaryOf   Predicate = "subsidiaryOf"
	Supervises     Predicate = "supervises"
	HoldsOffice    Predicate = "holdsOffice"
	ProvidesData   Predicate = "providesData"
)

// A PredicateInfo is a row of the ontology: a predicate with its domain and
// range, its labels and the common term that it specialises.
type PredicateInfo struct {
	Predicate Predicate
	Domain    []Class
	Range     []Class
	Chinese   string
	English   string
	SubOf     string // prefixed, "" for none
	Symmetric bool
}

// Predicates returns the predicates of the ontology in order of presentation.
func Predicates() []PredicateInfo { return slices.Clone(predicates[:]) }

// Sets of classes that several predicates share.
var (
	parties  = []Class{Enterprise, Organization, Hospital, School, Agency}
	acting   = []Class{Division, Agency, Enterprise, Organization, Hospital, School, Zone}
	sited    = []Class{Enterprise, Agency, Organization, Hospital, School, Project, Zone, Place, Road, Event, Division}
	sites    = []Class{Division, Zone, Place, Road}
	anything = []Class{Division, Enterprise, Agency, Organization, Hospital, School, Project, Zone, Place, Road, Program, Event, Honor, Person}
)

var predicates = [...]PredicateInfo{
	{PartOf, []Class{Division, Zone, Place, Project, Road, Organization, Hospital, School}, []Class{Division, Zone, Place, Project, Road, Organization, Hospital, School}, "隶属", "part of", "schema:containedInPlace", false},
	{LocatedIn, sited, sites, "位于", "located in", "schema:location", false},
	{SettledIn, []Class{Enterprise, Organization, Zone, Project, School, Hospital}, []Class{Division, Zone, Place}, "落户", "settled in", "", false},
	{Implements, acting, []Class{Program}, "实施", "implements", "", false},
	{Undertakes, []Class{Division, Enterprise, Agency, Organization, Zone, Hospital, School}, []Class{Project}, "建设", "undertakes", "", false},
	{Hosts, []Class{Division, Zone, Place, Agency, Organization, Enterprise, School}, []Class{Event}, "举办", "hosts", "", false},
	{Awarded, anything, []Class{Honor}, "获评", "awarded", "schema:award", false},
	{CooperatesWith, append([]Class{Division, Zone}, parties...), append([]Class{Division, Zone}, parties...), "合作", "cooperates with", "", true},
	{Acquired, []Class{Enterprise}, []Class{Enterprise}, "收购", "acquired", "", false},
	{Controls, []Class{Enterprise}, []Class{Enterprise}, "控股", "controls", "", false},
	{SubsidiaryOf, []Class{Enterprise, Organization, Hospital, School}, []Class{Enterprise, Organization, Hospital, School}, "下属", "subsidiary of", "schema:parentOrganization", false},
	{Supervises, []Class{Agency, Division}, anything, "主管", "supervises", "", false},
	{HoldsOffice, []Class{Person}, append([]Class{Division}, parties...), "任职", "holds office in", "schema:worksFor", false},
	{ProvidesData, []Class{Agency, Organization}, []Class{DocumentClass}, "提供数据", "provides data of", "", false},
}

// Admits reports whether p may hold between a subject and an object of the
// given classes.
func Admits(p Predicate, subject, object Class) bool {
	for _, info := range predicates {
		if info.Predicate == p {
			return slices.Contains(info.Domain, subject) && slices.Contains(info.Range, object)
		}
	}
	return false
}
