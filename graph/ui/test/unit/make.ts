// Small graph things for tests.
import type { DocumentRef, Evidence, Figure, Ref, Relation } from '../../src/model'

const base = 'https://w3id.org/districtkg/id/'
export const thing = (cls: string, name: string): Ref => ({ id: `${base}${cls.toLowerCase()}/cn/${name}`, name, class: cls })
export const nanguan: Ref = { id: base + 'division/220102', name: '南关区', class: 'Division' }

export const report = (more: Partial<DocumentRef> = {}): DocumentRef => ({
  id: base + 'document/0123456789abcdef', title: '2023年政府工作报告', kind: 'work_report', subject: nanguan, code: '220102',
  period: '2023', date: '2024-01-11', path: 'report.txt', ...more,
})

export const evidence = (quote: string, start = 0, document = report()): Evidence => ({
  id: `${document.id}/evidence/s${start}`, quote, start, end: start + Array.from(quote).length, document,
})

let serial = 0
export const relation = (subject: Ref, predicate: string, object: Ref, quote: string, more: Partial<Relation> = {}): Relation => ({
  id: `${base}document/0123456789abcdef/statement/r${++serial}`, subject, predicate, object, rule: 'test', evidence: evidence(quote), ...more,
})

export const figure = (indicator: string, value: number, more: Partial<Figure> = {}): Figure => ({
  id: `${base}document/0123456789abcdef/figure/f${++serial}`, subject: nanguan, indicator: thing('Indicator', indicator), worded: indicator,
  measure: 'level', value, unit: '元', period: '2023', status: 'actual', bound: 'exact',
  printed: { start: 2, end: 8, text: '521.92' }, evidence: evidence('完成521.92亿元'), ...more,
})
