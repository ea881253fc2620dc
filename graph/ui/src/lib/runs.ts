// Texts with marks that may overlap are shown as runs: stretches in which the
// same marks hold.

export interface Range {
  start: number
  end: number
}

export interface Run<M extends Range> extends Range {
  marks: M[] // the widest first, so that the last is the innermost
}

/** runs cuts [start, end) at every edge of a mark. Empty marks are left out. */
export function runs<M extends Range>(start: number, end: number, marks: readonly M[]): Run<M>[] {
  const inside = marks.filter((m) => m.start < m.end && m.start < end && m.end > start)
  const edges = new Set([start, end])
  for (const m of inside) {
    edges.add(Math.max(m.start, start))
    edges.add(Math.min(m.end, end))
  }
  const cuts = [...edges].sort((a, b) => a - b)
  const ordered = inside.sort((a, b) => a.start - b.start || b.end - a.end)
  const out: Run<M>[] = []
  let active: M[] = []
  let next = 0
  for (let i = 0; i + 1 < cuts.length; i++) {
    const from = cuts[i] as number
    active = active.filter((m) => m.end > from)
    for (; next < ordered.length && (ordered[next] as M).start <= from; next++) active.push(ordered[next] as M)
    const widestFirst = [...active].sort((a, b) => b.end - b.start - (a.end - a.start))
    out.push({ start: from, end: cuts[i + 1] as number, marks: widestFirst })
  }
  return out
}

/** A line of a text and the marks that touch it. */
export interface Line<M extends Range> extends Range {
  runs: Run<M>[]
}

/** lines cuts a text into its lines (without their breaks) and these into runs, all in UTF-16 units. */
export function lines<M extends Range>(text: string, marks: readonly M[]): Line<M>[] {
  const ordered = [...marks].sort((a, b) => a.start - b.start)
  const out: Line<M>[] = []
  let open: M[] = []
  let next = 0
  for (const { start, end } of breaks(text)) {
    open = open.filter((m) => m.end > start)
    for (; next < ordered.length && (ordered[next] as M).start < end; next++) open.push(ordered[next] as M)
    out.push({ start, end, runs: runs(start, end, open) })
  }
  return out
}

function* breaks(text: string): Generator<Range> {
  let start = 0
  for (const found of text.matchAll(/\r\n|\r|\n/g)) {
    yield { start, end: found.index }
    start = found.index + found[0].length
  }
  yield { start, end: text.length }
}

/**
 * find returns the first place of words in text, in UTF-16 units, or null.
 * White space in the text does not count: a line break may stand within a name.
 */
export function find(text: string, words: string, from = 0): Range | null {
  const wanted = words.replace(/\s/g, '')
  if (!wanted) return null
  const exact = text.indexOf(words, from)
  if (exact >= 0) return { start: exact, end: exact + words.length }
  const places: number[] = []
  let dense = ''
  for (let i = from; i < text.length; i++) {
    const c = text[i] as string
    if (/\s/.test(c)) continue
    dense += c
    places.push(i)
  }
  const at = dense.indexOf(wanted)
  if (at < 0) return null
  return { start: places[at] as number, end: (places[at + wanted.length - 1] as number) + 1 }
}

/** findAll returns every place of words in text. */
export function findAll(text: string, words: string): Range[] {
  const out: Range[] = []
  for (let hit = find(text, words); hit; hit = find(text, words, hit.end)) out.push(hit)
  return out
}
