import { describe, expect, it } from 'vitest'
import { find, findAll, lines, runs } from '../../src/lib/runs'

const mark = (start: number, end: number, name: string) => ({ start, end, name })
const shown = (found: ReturnType<typeof runs<ReturnType<typeof mark>>>) => found.map((r) => [r.start, r.end, r.marks.map((m) => m.name).join('')])

describe('runs', () => {
  it('covers the range without gaps', () => {
    expect(shown(runs(0, 10, [mark(2, 5, 'a')]))).toEqual([[0, 2, ''], [2, 5, 'a'], [5, 10, '']])
  })
  it('puts the innermost of nested marks last', () => {
    expect(shown(runs(0, 8, [mark(3, 5, 'b'), mark(1, 7, 'a')]))).toEqual([[0, 1, ''], [1, 3, 'a'], [3, 5, 'ab'], [5, 7, 'a'], [7, 8, '']])
  })
  it('cuts overlapping marks', () => {
    expect(shown(runs(0, 6, [mark(0, 4, 'a'), mark(2, 6, 'b')]))).toEqual([[0, 2, 'a'], [2, 4, 'ab'], [4, 6, 'b']])
  })
  it('clips marks to the range and drops empty ones and those outside', () => {
    expect(shown(runs(10, 20, [mark(5, 12, 'a'), mark(15, 15, 'b'), mark(18, 30, 'c'), mark(0, 3, 'd')]))).toEqual([[10, 12, 'a'], [12, 18, ''], [18, 20, 'c']])
  })
  it('gives nothing for an empty range', () => {
    expect(runs(3, 3, [mark(0, 9, 'a')])).toEqual([])
  })
})

describe('lines', () => {
  it('cuts at every kind of line break and carries marks over', () => {
    const text = '第一行\r\n第二\n\n末行'
    const found = lines(text, [mark(1, 7, 'a')])
    expect(found.map((l) => text.slice(l.start, l.end))).toEqual(['第一行', '第二', '', '末行'])
    expect(found.map((l) => l.runs.map((r) => text.slice(r.start, r.end) + (r.marks.length ? '*' : '')))).toEqual([['第', '一行*'], ['第二*'], [], ['末行']])
  })
})

describe('find', () => {
  it('finds a name that a line break divides', () => {
    const text = '落户的有东北电力\n  设计院等'
    expect(find(text, '东北电力设计院')).toEqual({ start: 4, end: 14 })
  })
  it('prefers the literal place', () => {
    expect(find('南 关区和南关区', '南关区')).toEqual({ start: 5, end: 8 })
  })
  it('finds all places', () => {
    expect(findAll('华为与华为吉林总部', '华为')).toEqual([{ start: 0, end: 2 }, { start: 3, end: 5 }])
  })
  it('finds nothing of nothing', () => {
    expect(find('南关区', ' ')).toBeNull()
    expect(find('南关区', '南开区')).toBeNull()
  })
})
