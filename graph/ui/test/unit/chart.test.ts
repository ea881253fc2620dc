import { describe, expect, it } from 'vitest'
import { series, spread, ticks } from '../../src/lib/chart'
import { figure, nanguan, thing } from './make'

describe('ticks', () => {
  it.each([
    [0, 521.92e8, [0, 200e8, 400e8, 600e8]],
    [-6.7, 17.1, [-10, -5, 0, 5, 10, 15, 20]],
    [98, 100, [98, 98.5, 99, 99.5, 100]],
    [5, 5, [0, 1, 2, 3, 4, 5]],
    [-3, -3, [-3, -2, -1, 0]],
    [0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ])('from %d to %d', (low, high, want) => {
    const got = ticks(low, high)
    expect(got[0]).toBeLessThanOrEqual(low)
    expect(got.at(-1)).toBeGreaterThanOrEqual(high)
    expect(got).toEqual(want)
  })
})

describe('spread', () => {
  it('moves labels apart in their order', () => {
    const got = spread([50, 52, 10], 17, 0, 100)
    expect(got).toEqual([50, 67, 10])
  })
  it('stays above the lower edge', () => {
    expect(Math.max(...spread([95, 96, 97], 17, 0, 100))).toBeLessThanOrEqual(100)
  })
})

describe('series', () => {
  it('takes the unit of most cells and leaves out what has another', () => {
    const comparison = {
      indicators: [], measure: 'level' as const, periods: ['2022', '2023'],
      rows: [
        { subject: nanguan, cells: [{ figures: [figure('x', 1)] }, { figures: [figure('x', 2), figure('x', 9)] }] },
        { subject: thing('Division', '二道区'), cells: [{ figures: [figure('x', 7, { unit: '人' })] }, { figures: [] }] },
      ],
    }
    const { unit, series: got } = series(comparison)
    expect(unit).toBe('元')
    expect(got.map((s) => [s.name, s.points.map((p) => [p.column, p.value])])).toEqual([['南关区', [[0, 1], [1, 2]]]])
  })
  it('joins whole years that came to pass only', () => {
    const cells = [figure('x', 1), figure('x', 2, { period: '2024-H1' }), figure('x', 3, { period: '2024', status: 'target' })].map((f) => ({ figures: [f] }))
    const { series: got } = series({ indicators: [], measure: 'level', periods: ['2023', '2024-H1', '2024'], rows: [{ subject: nanguan, cells }] })
    expect(got[0]?.points.map((p) => p.firm)).toEqual([true, false, false])
  })
})
