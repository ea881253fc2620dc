// Relations and figures of an entity in the order in which a reader asks for them.
import type { Figure, Measure, Ref, Relation } from '../model'
import { periodKey } from './format'
import { byOntology } from './ontology'

/** Another entity with the statements that connect it. */
export interface Partner {
  entity: Ref
  statements: Relation[] // the newest first
}

export interface RelationGroup {
  key: string
  predicate: string
  way: 'out' | 'in'
  partners: Partner[]
  statements: number
}

const symmetric = new Set(['cooperatesWith'])

/** groupRelations groups by predicate and direction, then by the other entity: best attested first. */
export function groupRelations(middle: string, relations: readonly Relation[]): RelationGroup[] {
  const groups = new Map<string, Map<string, Partner>>()
  for (const r of relations) {
    const outward = r.subject.id === middle
    const way = outward || symmetric.has(r.predicate) ? 'out' : 'in'
    const other = outward ? r.object : r.subject
    const key = `${r.predicate} ${way}`
    const partners = groups.get(key) ?? new Map<string, Partner>()
    groups.set(key, partners)
    const partner = partners.get(other.id) ?? { entity: other, statements: [] }
    partners.set(other.id, partner)
    partner.statements.push(r)
  }
  return [...groups].map(([key, partners]) => group(key, [...partners.values()])).sort((a, b) => byOntology(a.predicate, b.predicate) || (a.way < b.way ? 1 : -1))
}

function group(key: string, partners: Partner[]): RelationGroup {
  const [predicate, way] = key.split(' ') as [string, 'out' | 'in']
  for (const p of partners) p.statements.sort(newest)
  partners.sort((a, b) => b.statements.length - a.statements.length || (a.entity.name < b.entity.name ? -1 : 1))
  return { key, predicate, way, partners, statements: partners.reduce((n, p) => n + p.statements.length, 0) }
}

const newest = (a: Relation, b: Relation) =>
  periodKey(b.evidence.document.period ?? '0') - periodKey(a.evidence.document.period ?? '0') || a.evidence.start - b.evidence.start

export interface FigureGroup {
  indicator: Ref
  figures: Figure[] // the newest period first, levels before growths
  head: Figure // what is shown large
  growth?: Figure // of the head
  trend: { period: string; value: number }[] // levels of one unit, in order of time
}

const measures = { level: 0, growth: 1, change: 2, rank: 3 }
const statuses = { actual: 0, preliminary: 1, estimate: 2, target: 3 }

/** groupFigures groups by indicator: richest first. */
export function groupFigures(figures: readonly Figure[]): FigureGroup[] {
  const groups = new Map<string, Figure[]>()
  for (const f of figures) {
    const known = groups.get(f.indicator.id)
    if (known) known.push(f)
    else groups.set(f.indicator.id, [f])
  }
  return [...groups.values()].map(figureGroup).sort((a, b) => b.trend.length - a.trend.length || b.figures.length - a.figures.length || b.head.value - a.head.value)
}

function figureGroup(found: Figure[]): FigureGroup {
  const figures = [...found].sort(
    (a, b) => periodKey(b.period ?? '0') - periodKey(a.period ?? '0') || measures[a.measure] - measures[b.measure] || statuses[a.status] - statuses[b.status],
  )
  const head = figures.find((f) => f.measure === 'level' && f.status !== 'target') ?? figures.find((f) => f.measure === 'level') ?? (figures[0] as Figure)
  const growth = figures.find((f) => f.measure === 'growth' && f !== head && (f.of === head.id || (!f.of && f.period === head.period)))
  return { indicator: head.indicator, figures, head, growth, trend: trend(figures, head.unit) }
}

/** trend takes one level a period: the surest. A period of months is no point of a line of years. */
function trend(figures: readonly Figure[], unit: string | undefined): { period: string; value: number }[] {
  const years = new Map<string, Figure>()
  for (const f of figures) {
    if (f.measure !== 'level' || f.unit !== unit || !f.period || !/^\d{4}$/.test(f.period)) continue
    const known = years.get(f.period)
    if (!known || statuses[f.status] < statuses[known.status]) years.set(f.period, f)
  }
  return [...years].sort(([a], [b]) => (a < b ? -1 : 1)).map(([period, f]) => ({ period, value: f.value }))
}

export interface Shared {
  indicator: Ref
  measure: Measure
  places: number // that have it
  figures: number
}

/** sharedIndicators tells what can be compared: an indicator and measure that most places have comes first. */
export function sharedIndicators(places: readonly (readonly Figure[])[]): Shared[] {
  const found = new Map<string, Shared>()
  for (const figures of places) {
    const here = new Set<string>()
    for (const f of figures) {
      if (!f.period) continue
      const key = `${f.indicator.id} ${f.measure}`
      const shared = found.get(key) ?? { indicator: f.indicator, measure: f.measure, places: 0, figures: 0 }
      found.set(key, shared)
      shared.figures++
      if (!here.has(key)) shared.places++
      here.add(key)
    }
  }
  return [...found.values()].sort((a, b) => b.places - a.places || measures[a.measure] - measures[b.measure] || b.figures - a.figures)
}
