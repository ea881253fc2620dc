import { describe, expect, it } from 'vitest'
import { CodePoints } from '../../src/lib/codepoints'

// 𠮷 and 😀 take two UTF-16 units each; a flag is two code points of two units.
const texts = ['', '南关区', '𠮷', '在𠮷林𠮷路，😀落户', '😀😀😀', 'a😀b𠮷c', '🇨🇳国旗', 'lone \ud842 surrogate', '\udfb7𠮷']

describe('CodePoints', () => {
  it.each(texts)('agrees with Array.from on %j', (text) => {
    const points = new CodePoints(text)
    const all = Array.from(text)
    expect(points.length).toBe(all.length)
    let unit = 0
    all.forEach((c, i) => {
      expect(points.unit(i)).toBe(unit)
      for (let k = 0; k < c.length; k++) expect(points.point(unit + k)).toBe(i)
      unit += c.length
    })
    expect(points.unit(all.length)).toBe(text.length)
    expect(points.point(text.length)).toBe(all.length)
  })

  it.each(texts)('slices %j by code points', (text) => {
    const points = new CodePoints(text)
    const all = Array.from(text)
    for (let i = 0; i <= all.length; i++) {
      for (let j = i; j <= all.length; j++) expect(points.slice(i, j)).toBe(all.slice(i, j).join(''))
    }
  })

  it('keeps offsets from outside within the text', () => {
    const points = new CodePoints('在𠮷林')
    expect([points.unit(-5), points.unit(99), points.point(-1), points.point(99)]).toEqual([0, 4, 0, 3])
  })
})
