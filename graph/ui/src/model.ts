// The JSON of /api/v1, as graph/types.go writes it. All places count Unicode
// code points of a document's original text; ids are full IRIs.

export interface List<T> {
  items: T[]
  total: number
  next?: string
}

export interface Ref {
  id: string
  name: string
  class: string
}

export type Kind = 'work_report' | 'statistical_bulletin' | 'news' | 'other'
export type Measure = 'level' | 'growth' | 'change' | 'rank'
export type Status = 'actual' | 'preliminary' | 'estimate' | 'target'
export type Bound = 'exact' | 'about' | 'over' | 'under'

export interface DocumentRef {
  id: string
  title: string
  kind: Kind
  subject: Ref
  code?: string
  period?: string
  date?: string
  path: string
}

export interface Evidence {
  id: string
  quote: string
  start: number
  end: number
  document: DocumentRef
}

export interface Support extends Evidence {
  relations: Relation[]
  figures: Figure[]
  mentions: Mention[]
}

export interface Hit extends Ref {
  aliases?: string[]
  code?: string
  match: string
  documents: number
  degree: number
  figures: number
}

export interface Relation {
  id: string
  subject: Ref
  predicate: string
  object: Ref
  rule: string
  trigger?: string
  date?: string
  evidence: Evidence
}

export interface Place {
  start: number
  end: number
  text: string
}

export interface Figure {
  id: string
  subject: Ref
  indicator: Ref
  worded: string
  measure: Measure
  value: number
  high?: number
  unit?: string
  period?: string
  start?: string
  end?: string
  status: Status
  bound: Bound
  of?: string
  printed: Place
  rule?: string
  evidence: Evidence
}

export interface Mention extends Place {
  id: string
  entity: Ref
  rule?: string
  document: string
}

export interface Card extends Ref {
  aliases?: string[]
  code?: string
  scope?: string
  relations: List<Relation>
  figures: List<Figure>
  mentions: List<Mention>
  documents: DocumentRef[]
}

export interface NetworkNode extends Ref {
  depth: number
  degree: number
}

export interface NetworkEdge {
  source: string
  predicate: string
  target: string
  documents: number
}

export interface Network {
  nodes: NetworkNode[]
  edges: NetworkEdge[]
  total: number
}

export interface IndicatorCount extends Ref {
  figures: number
  subjects: number
  units: string[]
}

export interface Cell {
  figures: Figure[]
}

export interface ComparisonRow {
  subject: Ref
  cells: Cell[]
}

export interface Comparison {
  indicators: Ref[]
  measure: Measure
  periods: string[]
  rows: ComparisonRow[]
}

export interface DocumentItem extends DocumentRef {
  sha256: string
  entities: number
  relations: number
  figures: number
  warnings: number
}

export interface Warning extends Place {
  kind: string
  message: string
}

export interface IdentitySlot extends Place {
  slot: string
}

export interface Document extends DocumentItem {
  publisher?: string
  text: string
  mentionList: Mention[]
  relationList: Relation[]
  figureList: Figure[]
  warningList: Warning[]
  identity: IdentitySlot[]
}

export interface Count {
  name: string
  count: number
}

export interface Stats {
  documents: number
  quads: number
  entities: number
  relations: number
  figures: number
  indicators: number
  mentions: number
  warnings: number
  classes: Count[]
  predicates: Count[]
  kinds: Count[]
  divisions: Count[]
}

export interface Sentence {
  text: string
  start: number
  end: number
  score: number
  marks: { start: number; end: number }[] // code points within text
  document: DocumentRef
  entities: Ref[]
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export interface GizmoAnswer {
  result: Json[] | null
  truncated: boolean
  limit: number
  kind: string
  milliseconds: number
}

export interface Format {
  name: string
  extension: string
  mediaType: string
}
