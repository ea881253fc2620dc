package quads

import (
	"slices"

	"github.com/districtkg/districtkg/schema"
)

// AnyEntity is the range of properties that point at a named thing of any class.
const AnyEntity = "Entity"

// A PropertyInfo is a row of the ontology: a property that is no relation
// between entities. The exports of the ontology and of its shapes are made of
// these rows.
type PropertyInfo struct {
	Name     string         // in our vocabulary, or prefixed where it is another's
	Domain   []schema.Class // whose instances have it
	Range    string         // prefixed datatype, or a class, or AnyEntity
	Required bool           // every instance of Domain has it
	Many     bool           // an instance may have more than one
	Values   []string       // the only ones, where they can be listed
	Chinese  string
	English  string
	SubOf    string // prefixed, "" for none
}

// Properties returns the properties of the graph in order of presentation.
func Properties() []PropertyInfo { return slices.Clone(properties[:]) }

// Names of the properties of our own vocabulary.
const (
	code        = "code"
	scope       = "scope"
	kind        = "kind"
	about       = "about"
	subjectName = "subjectName"
	period      = "period"
	periodStart = "periodStart"
	periodEnd   = "periodEnd"
	date        = "date"
	path        = "path"
	sha256      = "sha256"
	text        = "text"
	mentions    = "mentions"
	evidence    = "evidence"
	trigger     = "trigger"
	rule        = "rule"
	subject     = "subject"
	indicator   = "indicator"
	worded      = "worded"
	measure     = "measure"
	value       = "value"
	high        = "high"
	number      = "number"
	integer     = "integer"
	unit        = "unit"
	status      = "status"
	bound       = "bound"
	of          = "of"
	printed     = "printed"
	warningKind = "warningKind"
	message     = "message"
)

// Sets of classes that several properties share.
var (
	documents  = []schema.Class{schema.DocumentClass}
	figures    = []schema.Class{schema.FigureClass}
	statements = []schema.Class{schema.StatementClass}
	dated      = []schema.Class{schema.DocumentClass, schema.FigureClass}
	cited      = []schema.Class{schema.StatementClass, schema.FigureClass}
	ruled      = []schema.Class{schema.StatementClass, schema.FigureClass, Mention}
	placed     = []schema.Class{schema.EvidenceClass, Mention}
	derived    = []schema.Class{schema.EvidenceClass, Mention, Warning, schema.StatementClass, schema.FigureClass}
	warnings   = []schema.Class{Warning}
)

var properties = [...]PropertyInfo{
	{Name: code, Domain: []schema.Class{schema.Division, schema.DocumentClass}, Range: "xsd:string", Chinese: "行政区划代码", English: "GB/T 2260 code", SubOf: "schema:identifier"},
	{Name: scope, Range: "xsd:string", Chinese: "名称范围", English: "code within which the name is unique"},
	{Name: kind, Domain: documents, Range: "xsd:string", Required: true, Values: []string{string(schema.WorkReport), string(schema.StatisticalBulletin), string(schema.News), string(schema.Other)}, Chinese: "文种", English: "genre", SubOf: "schema:genre"},
	{Name: about, Domain: documents, Range: AnyEntity, Chinese: "对象", English: "about", SubOf: "schema:about"},
	{Name: subjectName, Domain: documents, Range: "xsd:string", Chinese: "对象名称", English: "name of what it is about"},
	{Name: period, Domain: dated, Range: "xsd:string", Chinese: "时期", English: "period", SubOf: "dcterms:temporal"},
	{Name: periodStart, Domain: dated, Range: "xsd:date", Chinese: "时期开始", English: "first day of the period", SubOf: "schema:startDate"},
	{Name: periodEnd, Domain: dated, Range: "xsd:date", Chinese: "时期结束", English: "last day of the period", SubOf: "schema:endDate"},
	{Name: date, Domain: []schema.Class{schema.DocumentClass, schema.StatementClass}, Range: "rdfs:Literal", Chinese: "发布日期", English: "date of publication", SubOf: "schema:datePublished"},
	{Name: "dcterms:title", Domain: documents, Range: "xsd:string", Chinese: "标题", English: "title"},
	{Name: "dcterms:publisher", Domain: documents, Range: "xsd:string", Chinese: "发布者", English: "publisher"},
	{Name: path, Domain: documents, Range: "xsd:string", Required: true, Chinese: "文件", English: "file"},
	{Name: sha256, Domain: documents, Range: "xsd:string", Required: true, Chinese: "文件摘要", English: "SHA-256 of the file"},
	{Name: text, Domain: documents, Range: "xsd:string", Required: true, Chinese: "原文", English: "original text", SubOf: "schema:text"},
	{Name: subject + slotSuffix, Domain: documents, Range: string(schema.EvidenceClass), Chinese: "对象依据", English: "evidence of the subject"},
	{Name: kind + slotSuffix, Domain: documents, Range: string(schema.EvidenceClass), Chinese: "文种依据", English: "evidence of the genre"},
	{Name: period + slotSuffix, Domain: documents, Range: string(schema.EvidenceClass), Chinese: "时期依据", English: "evidence of the period"},
	{Name: "title" + slotSuffix, Domain: documents, Range: string(schema.EvidenceClass), Chinese: "标题依据", English: "evidence of the title"},
	{Name: date + slotSuffix, Domain: documents, Range: string(schema.EvidenceClass), Chinese: "日期依据", English: "evidence of the date"},
	{Name: "publisher" + slotSuffix, Domain: documents, Range: string(schema.EvidenceClass), Chinese: "发布者依据", English: "evidence of the publisher"},
	{Name: mentions, Domain: []schema.Class{Mention}, Range: AnyEntity, Required: true, Chinese: "提及对象", English: "mentions", SubOf: "oa:hasBody"},
	{Name: evidence, Domain: cited, Range: string(schema.EvidenceClass), Required: true, Chinese: "依据", English: "evidence"},
	{Name: trigger, Domain: statements, Range: string(schema.EvidenceClass), Chinese: "触发词", English: "words that say it"},
	{Name: rule, Domain: ruled, Range: "xsd:string", Chinese: "规则", English: "rule"},
	{Name: "rdf:subject", Domain: statements, Range: AnyEntity, Required: true, Chinese: "主语", English: "subject"},
	{Name: "rdf:predicate", Domain: statements, Range: "rdf:Property", Required: true, Chinese: "谓语", English: "predicate"},
	{Name: "rdf:object", Domain: statements, Range: "", Required: true, Chinese: "宾语", English: "object"},
	{Name: subject, Domain: figures, Range: AnyEntity, Required: true, Chinese: "主体", English: "what the figure is about", SubOf: "schema:observationAbout"},
	{Name: indicator, Domain: figures, Range: string(schema.IndicatorClass), Required: true, Chinese: "指标", English: "indicator", SubOf: "schema:variableMeasured"},
	{Name: worded, Domain: figures, Range: "xsd:string", Required: true, Chinese: "指标原文", English: "indicator as worded"},
	{Name: measure, Domain: figures, Range: "xsd:string", Required: true, Values: []string{string(schema.Level), string(schema.Growth), string(schema.Change), string(schema.Rank)}, Chinese: "度量", English: "measure"},
	{Name: value, Domain: figures, Range: "xsd:decimal", Required: true, Chinese: "数值", English: "value", SubOf: "schema:value"},
	{Name: high, Domain: figures, Range: "xsd:decimal", Chinese: "上限", English: "upper end of the range", SubOf: "schema:maxValue"},
	{Name: number, Domain: figures, Range: "xsd:double", Required: true, Chinese: "近似值", English: "nearest double, to filter by"},
	{Name: integer, Domain: figures, Range: "xsd:integer", Chinese: "整数部分", English: "value rounded down, to filter by"},
	{Name: unit, Domain: figures, Range: "xsd:string", Chinese: "单位", English: "unit", SubOf: "schema:unitText"},
	{Name: status, Domain: figures, Range: "xsd:string", Required: true, Values: []string{string(schema.Actual), string(schema.Preliminary), string(schema.Estimate), string(schema.Target)}, Chinese: "状态", English: "status"},
	{Name: bound, Domain: figures, Range: "xsd:string", Required: true, Values: []string{string(schema.Exact), string(schema.About), string(schema.Over), string(schema.Under)}, Chinese: "界", English: "how the number bounds the true one"},
	{Name: of, Domain: figures, Range: string(schema.FigureClass), Chinese: "所属水平值", English: "level that the growth belongs to"},
	{Name: printed, Domain: figures, Range: string(schema.EvidenceClass), Required: true, Chinese: "原文数字", English: "the number as printed"},
	{Name: "oa:exact", Domain: placed, Range: "xsd:string", Required: true, Chinese: "引文", English: "quote"},
	{Name: "oa:start", Domain: placed, Range: "xsd:nonNegativeInteger", Required: true, Chinese: "起", English: "start, in code points"},
	{Name: "oa:end", Domain: placed, Range: "xsd:nonNegativeInteger", Required: true, Chinese: "止", English: "end, in code points"},
	{Name: "prov:wasDerivedFrom", Domain: derived, Range: string(schema.DocumentClass), Required: true, Chinese: "出处", English: "read from"},
	{Name: warningKind, Domain: warnings, Range: "xsd:string", Required: true, Chinese: "提示类型", English: "kind of warning"},
	{Name: message, Domain: warnings, Range: "xsd:string", Required: true, Chinese: "提示内容", English: "message", SubOf: "rdfs:comment"},
}
