import { describe, expect, it } from 'vitest'
import { excerpt, figureMarks, joined, relationMarks } from '../../src/lib/quote'
import type { Mention } from '../../src/model'
import { evidence, figure, nanguan, relation, thing } from './make'

describe('relationMarks', () => {
  const huawei = thing('Enterprise', '华为')
  const texts = (quote: string, marks: ReturnType<typeof relationMarks>) => marks.map((m) => `${m.kind}:${quote.slice(m.start, m.end)}`)

  it('marks both names and the trigger nearest to them', () => {
    const quote = '引进人才的南关区，成功引进华为等企业'
    expect(texts(quote, relationMarks(relation(huawei, 'settledIn', nanguan, quote, { trigger: '引进' })))).toEqual(['entity:华为', 'entity:南关区', 'trigger:引进'])
    const marks = relationMarks(relation(huawei, 'settledIn', nanguan, quote, { trigger: '引进' }))
    expect(marks.find((m) => m.kind === 'trigger')?.start).toBe(11)
  })

  it('marks what the text calls it, by its mentions, beyond wide characters', () => {
    const quote = '😀我区引进华为'
    const mention: Mention = { id: 'm', entity: nanguan, start: 101, end: 103, text: '我区', document: '' }
    const r = relation(huawei, 'settledIn', nanguan, quote, { evidence: evidence(quote, 100) })
    expect(texts(quote, relationMarks(r, [mention]))).toEqual(['entity:华为', 'entity:我区'])
  })
})

describe('figureMarks', () => {
  it('marks the number at its place', () => {
    const quote = '𠮷林完成521.92亿元，521.92'
    const [mark] = figureMarks(figure('产值', 1, { evidence: evidence(quote, 50), printed: { start: 54, end: 62, text: '521.92亿元' } }))
    expect(quote.slice(mark?.start, mark?.end)).toBe('521.92亿元')
  })
  it('looks for the words where the place lies elsewhere', () => {
    const [mark] = figureMarks(figure('产值', 1, { evidence: evidence('完成9亿元', 50), printed: { start: 7, end: 10, text: '9亿元' } }))
    expect(mark).toMatchObject({ start: 2, end: 5 })
  })
})

describe('joined', () => {
  it.each([
    ['社会组\n\n织专业指导', '社会组织专业指导'],
    ['签约。 \r\n　　次年', '签约。次年'],
    ['京东\nmall', '京东mall'],
    ['super\nmall', 'super mall'],
    ['一行', '一行'],
  ])('%j', (text, want) => {
    expect(joined(text)).toBe(want)
  })
})

describe('excerpt', () => {
  const long = '前文。'.repeat(60) + '引进华为' + '，后文'.repeat(60)
  it('leaves a short text whole', () => {
    expect(excerpt('引进华为', [])).toEqual({ start: 0, end: 4 })
  })
  it('holds the marks and begins behind punctuation', () => {
    const at = long.indexOf('华为')
    const part = excerpt(long, [{ start: at, end: at + 2 }])
    expect(part.start).toBeLessThanOrEqual(at)
    expect(part.end).toBeGreaterThanOrEqual(at + 2)
    expect(part.end - part.start).toBeLessThanOrEqual(130)
    expect('，。').toContain(long[part.start - 1])
  })
  it('never cuts a wide character', () => {
    const wide = '😀'.repeat(200)
    for (let start = 0; start < 380; start += 2) {
      const part = excerpt(wide, [{ start, end: start + 2 }])
      expect([part.start % 2, part.end % 2]).toEqual([0, 0])
    }
  })
})
