// What to highlight in the sentence that a relation or a figure was read from.
import type { Figure, Mention, Relation } from '../model'
import { CodePoints } from './codepoints'
import { find, findAll, type Range } from './runs'

export type QuoteMark = Range & { kind: 'entity' | 'trigger' | 'figure' | 'hit'; class?: string; id?: string }

/**
 * relationMarks marks both names and the trigger. Mentions of the sentence,
 * where known, find a name in the form that the text gives it.
 */
export function relationMarks(relation: Relation, mentions: readonly Mention[] = []): QuoteMark[] {
  const { quote, start } = relation.evidence
  const points = new CodePoints(quote)
  const out: QuoteMark[] = []
  for (const end of [relation.subject, relation.object]) {
    const read = mentions.filter((m) => m.entity.id === end.id && m.start >= start && m.end <= start + points.length)
    const places = read.length
      ? read.map((m) => ({ start: points.unit(m.start - start), end: points.unit(m.end - start) }))
      : findAll(quote, end.name)
    for (const place of places) out.push({ ...place, kind: 'entity', class: end.class, id: end.id })
  }
  const trigger = relation.trigger ? nearest(findAll(quote, relation.trigger), out) : null
  if (trigger) out.push({ ...trigger, kind: 'trigger' })
  return out
}

/** nearest picks the place closest to the marks: a trigger may stand in a sentence twice. */
function nearest(places: readonly Range[], marks: readonly Range[]): Range | null {
  const distance = (p: Range) =>
    marks.reduce((sum, m) => sum + Math.max(0, p.start - m.end, m.start - p.end), 0)
  return places.reduce<Range | null>((best, p) => (best && distance(best) <= distance(p) ? best : p), null)
}

/** figureMarks marks the number as printed. */
export function figureMarks(figure: Figure): QuoteMark[] {
  const { quote, start } = figure.evidence
  const points = new CodePoints(quote)
  const from = points.unit(figure.printed.start - start)
  const to = points.unit(figure.printed.end - start)
  const there = figure.printed.start >= start && figure.printed.end <= start + points.length
  const place = there ? { start: from, end: to } : find(quote, figure.printed.text)
  return place ? [{ ...place, kind: 'figure' }] : []
}

/** joined closes up line breaks of the print, which stand within sentences and even words. */
export function joined(text: string): string {
  return text.replace(/(.?)[ \t\u3000]*[\r\n]\s*(.?)/gu, (_, before: string, after: string) =>
    /\w/.test(before) && /\w/.test(after) ? `${before} ${after}` : before + after)
}

/** excerpt returns the part of a long quote that holds all marks and some words around, cut at punctuation where near. */
export function excerpt(text: string, marks: readonly Range[], most = 120): Range {
  if (text.length <= most) return { start: 0, end: text.length }
  let start = Math.min(...marks.map((m) => m.start), marks.length ? Infinity : 0)
  let end = Math.max(...marks.map((m) => m.end), 0)
  if (end - start > most) end = start + most // too far apart: the beginning, the rest on demand
  const margin = Math.max(16, (most - (end - start)) / 2)
  start = clause(text, Math.max(0, Math.floor(start - margin)), start)
  end = Math.min(text.length, Math.ceil(end + margin))
  return { start: whole(text, start), end: whole(text, end) }
}

/** clause moves a cut forward to behind the next comma, if one comes before limit. */
function clause(text: string, from: number, limit: number): number {
  if (from === 0) return 0
  const found = /[，。；：、,;\s]/.exec(text.slice(from, limit))
  return found ? from + found.index + 1 : from
}

/** whole moves an offset out of the middle of a surrogate pair. */
function whole(text: string, unit: number): number {
  const c = text.charCodeAt(unit)
  return c >= 0xdc00 && c <= 0xdfff ? unit - 1 : unit
}
