import { describe, expect, it } from 'vitest'
import { amount, axis, period, periodKey } from '../../src/lib/format'
import type { Amount } from '../../src/lib/format'

describe('amount', () => {
  it.each<[string, Amount, string, string]>([
    ['hundred millions', { value: 52192000000, unit: '元' }, '521.92亿元', '52.192 billion yuan'],
    ['ten thousands as printed', { value: 12000, unit: '人' }, '1.2万人', '12,000 people'],
    ['a count is not rounded into 万', { value: 14057, unit: '户' }, '14,057户', '14,057 households'],
    ['nor a price', { value: 107183, unit: '元' }, '107,183元', '107,183 yuan'],
    ['万亿', { value: 1.5e12, unit: '元' }, '1.5万亿元', '1.5 trillion yuan'],
    ['zero', { value: 0, unit: '元' }, '0元', '0 yuan'],
    ['small', { value: 254, unit: '家' }, '254家', '254'],
    ['a share stays', { value: 85, unit: '%' }, '85%', '85%'],
    ['per mille', { value: 6.6, unit: '‰' }, '6.6‰', '6.6‰'],
    ['a rise', { value: 6.6, unit: '%', measure: 'growth' }, '+6.6%', '+6.6%'],
    ['a fall', { value: -2.9, unit: '%', measure: 'growth' }, '\u22122.9%', '\u22122.9%'],
    ['a change in points', { value: 0.6, unit: '个百分点', measure: 'change' }, '+0.6个百分点', '+0.6 pp'],
    ['a change in number', { value: 12, unit: '家', measure: 'change' }, '+12家', '+12'],
    ['a negative amount', { value: -340000000, unit: '元', measure: 'change' }, '\u22123.4亿元', '\u2212340 million yuan'],
    ['a rank', { value: 1, unit: '', measure: 'rank' }, '第1位', 'No. 1'],
    ['a range', { value: 5, high: 6, unit: '%', measure: 'growth' }, '+5%\u2013+6%', '+5%\u2013+6%'],
    ['a range of one', { value: 5, high: 5, unit: '%' }, '5%', '5%'],
    ['about', { value: 300000, unit: '平方米', bound: 'about' }, '约30万平方米', 'about 300,000 m²'],
    ['over', { value: 20000, unit: '户', bound: 'over' }, '超2万户', 'over 20,000 households'],
    ['no unit', { value: 7 }, '7', '7'],
    ['an unknown unit stays', { value: 3, unit: '台' }, '3台', '3 台'],
    ['four decimals at most', { value: 1.234567, unit: '公里' }, '1.2346公里', '1.2346 km'],
  ])('%s', (_, figure, zh, en) => {
    expect(amount(figure, 'zh')).toBe(zh)
    expect(amount(figure, 'en')).toBe(en)
  })
})

describe('period', () => {
  it.each([
    ['2023', '2023年', '2023'],
    ['2025-H1', '2025年上半年', 'H1 2025'],
    ['2024-H2', '2024年下半年', 'H2 2024'],
    ['2024-Q1', '2024年一季度', 'Q1 2024'],
    ['2023-Q1..Q3', '2023年前三季度', 'Q1\u2013Q3 2023'],
    ['2016..2020', '2016\u20132020年', '2016\u20132020'],
    ['2023-06', '2023年6月', 'Jun 2023'],
    ['2024-01-11', '2024年1月11日', '11 Jan 2024'],
    ['2023-01..06', '2023年1月\u20132023年6月', 'Jan 2023\u2013Jun 2023'],
    ['近年', '近年', '近年'],
    ['', '', ''],
  ])('%s', (text, zh, en) => {
    expect(period(text, 'zh')).toBe(zh)
    expect(period(text, 'en')).toBe(en)
  })

  it('orders by the end of the period', () => {
    const inOrder = ['2016..2020', '2022', '2023-Q1', '2023-H1', '2023-08-11', '2023-Q1..Q3', '2023', '2024-01-11', '2024-02']
    expect([...inOrder].reverse().sort((a, b) => periodKey(a) - periodKey(b))).toEqual(inOrder)
  })
})

describe('axis', () => {
  it.each([
    [50000000000, '元', '500亿', '50bn'],
    [120000, '人', '12万', '120,000'],
    [7.5, '%', '7.5%', '7.5%'],
    [-20, '%', '\u221220%', '\u221220%'],
    [0, '元', '0', '0'],
  ])('%d %s', (value, unit, zh, en) => {
    expect(axis(value, unit, 'zh')).toBe(zh)
    expect(axis(value, unit, 'en')).toBe(en)
  })
})
