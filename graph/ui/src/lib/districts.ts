// The districts that a graph has texts of, gathered from its documents.
import type { DocumentItem, Ref } from '../model'
import { periodKey } from './format'

export interface District extends Ref {
  code: string
  documents: DocumentItem[] // the newest period first
}

/** districts groups documents by what they are about: most documents first, then by code. */
export function districts(documents: readonly DocumentItem[]): District[] {
  const found = new Map<string, District>()
  for (const d of documents) {
    const known = found.get(d.subject.id)
    if (known) known.documents.push(d)
    else found.set(d.subject.id, { ...d.subject, code: d.code ?? '', documents: [d] })
  }
  for (const district of found.values()) {
    district.documents.sort((a, b) => periodKey(b.period ?? '0') - periodKey(a.period ?? '0') || (a.title < b.title ? -1 : 1))
  }
  return [...found.values()].sort((a, b) => b.documents.length - a.documents.length || (a.code < b.code ? -1 : 1))
}

/** total sums a count over the documents of a district. */
export const total = (district: District, what: 'entities' | 'relations' | 'figures') =>
  district.documents.reduce((sum, d) => sum + d[what], 0)
