// The geometry of small charts: scales and ticks.
import type { Comparison, Figure } from '../model'

export interface Point {
  column: number // of Comparison.periods
  value: number
  figure: Figure
  firm: boolean // a whole year that came to pass: only these make a line
}

export interface Series {
  name: string
  id: string
  points: Point[]
}

/** series takes the first (surest) figure of every cell in the unit that most cells have. */
export function series(comparison: Comparison): { unit: string; series: Series[] } {
  const unit = commonUnit(comparison)
  const rows = comparison.rows.map((row) => ({
    name: row.subject.name,
    id: row.subject.id,
    points: row.cells.flatMap((cell, column) => {
      const figure = cell.figures.find((f) => (f.unit ?? '') === unit)
      return figure ? [{ column, value: figure.value, figure, firm: isFirm(figure) }] : []
    }),
  }))
  return { unit, series: rows.filter((s) => s.points.length > 0) }
}

/** Half a year is no point of a line of years, nor is a target. */
const isFirm = (f: Figure) => /^\d{4}$/.test(f.period ?? '') && (f.status === 'actual' || f.status === 'preliminary')

function commonUnit(comparison: Comparison): string {
  const counts = new Map<string, number>()
  for (const row of comparison.rows) {
    for (const cell of row.cells) {
      const unit = cell.figures[0] ? (cell.figures[0].unit ?? '') : null
      if (unit !== null) counts.set(unit, (counts.get(unit) ?? 0) + 1)
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** ticks returns about n round numbers that span low to high; zero is among them unless values are far from it. */
export function ticks(low: number, high: number, n = 5): number[] {
  if (low > 0 && low < high * 0.75) low = 0
  if (high < 0) high = 0
  if (low === high) {
    if (low > 0) low = 0
    else if (high < 0) high = 0
    else high = 1
  }
  const raw = (high - low) / n
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 2.5, 5, 10].find((s) => s * power >= raw) as number) * power
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** spread moves labels apart to at least gap, keeping their order; it returns their new places. */
export function spread(places: readonly number[], gap: number, low: number, high: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place)
  for (let k = 1; k < order.length; k++) {
    const above = order[k - 1] as { place: number }
    const here = order[k] as { place: number }
    here.place = Math.max(here.place, above.place + gap)
  }
  const overflow = Math.max(0, (order.at(-1)?.place ?? 0) - high)
  const out = [...places]
  for (const { place, i } of order) out[i] = Math.max(low, place - overflow)
  return out
}
