// The marks of a document's text: what was read from it, where.
import type { Document, Figure, Mention, Relation, Warning } from '../model'
import { CodePoints } from './codepoints'
import { lines, type Line } from './runs'

export type DocumentMark = { start: number; end: number } & (
  | { kind: 'entity'; class: string; mention: Mention }
  | { kind: 'figure'; figure: Figure }
  | { kind: 'repair'; warning: Warning }
  | { kind: 'target' }
)

export interface Shown {
  figures: boolean
  repairs: boolean
  hidden: ReadonlySet<string> // classes
}

/** marksOf returns the marks that are to be shown, in UTF-16 units. A repair of no length is put on the character after it. */
export function marksOf(document: Document, points: CodePoints, shown: Shown, target?: { start: number; end: number }): DocumentMark[] {
  const units = (p: { start: number; end: number }) => ({ start: points.unit(p.start), end: points.unit(Math.max(p.end, p.start + 1)) })
  const out: DocumentMark[] = []
  for (const mention of document.mentionList) {
    if (!shown.hidden.has(mention.entity.class)) out.push({ ...units(mention), kind: 'entity', class: mention.entity.class, mention })
  }
  if (shown.figures) for (const figure of document.figureList) out.push({ ...units(figure.printed), kind: 'figure', figure })
  if (shown.repairs) for (const warning of document.warningList) if (isRepair(warning)) out.push({ ...units(warning), kind: 'repair', warning })
  if (target) out.push({ ...units(target), kind: 'target' })
  return out
}

/** A warning about the whole text is listed beside it, not put in it. */
export const isRepair = (w: Warning) => w.end > w.start && w.end - w.start < 400

export const linesOf = (text: string, marks: readonly DocumentMark[]): Line<DocumentMark>[] => lines(text, marks)

/** classCounts counts mentions by class. */
export function classCounts(document: Document): Map<string, number> {
  const counts = new Map<string, number>()
  for (const m of document.mentionList) counts.set(m.entity.class, (counts.get(m.entity.class) ?? 0) + 1)
  return counts
}

/** relationsAt returns the relations whose evidence holds the place. */
export const relationsAt = (document: Document, place: { start: number; end: number }): Relation[] =>
  document.relationList.filter((r) => r.evidence.start <= place.start && r.evidence.end >= place.end)
