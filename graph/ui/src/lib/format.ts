// Numbers, periods and dates as a reader of Chinese or English writes them.
import type { Bound, Figure, Measure } from '../model'

export type Locale = 'zh' | 'en'

/** What a value is shown as needs no more of a figure than this. */
export interface Amount {
  value: number
  high?: number
  unit?: string
  measure?: Measure
  bound?: Bound
}

const tags = { zh: 'zh-CN', en: 'en-GB' } as const
const minus = '\u2212'

/** number groups digits by thousands and keeps up to four decimals. */
export function number(value: number, locale: Locale): string {
  return new Intl.NumberFormat(tags[locale], { maximumFractionDigits: 4 }).format(value).replace('-', minus)
}

// Units that stay as printed: 6.6% is never 0.066.
const ratios = new Set(['%', '‰', '个百分点', '百分点', '倍', ''])

/** scaled divides a large value by a power that the language has a word for. */
function scaled(value: number, locale: Locale): { value: number; word: string } {
  const size = Math.abs(value)
  if (locale === 'zh') {
    if (size >= 1e12) return { value: value / 1e12, word: '万亿' }
    if (size >= 1e8) return { value: value / 1e8, word: '亿' }
    if (size >= 1e4 && isRound(value / 1e4)) return { value: value / 1e4, word: '万' }
  } else {
    if (size >= 1e12) return { value: value / 1e12, word: ' trillion' }
    if (size >= 1e9) return { value: value / 1e9, word: ' billion' }
    if (size >= 1e6) return { value: value / 1e6, word: ' million' }
  }
  return { value, word: '' }
}

// 1.2万人 was printed so, 14057户 was not: two decimals tell them apart.
const isRound = (value: number) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6

const english: Record<string, string> = {
  元: 'yuan', 美元: 'US dollars', 人: 'people', 户: 'households', 家: '', 个: '', 项: '', 公里: 'km', 千米: 'km', 米: 'm',
  平方米: 'm²', 平方公里: 'km²', 公顷: 'ha', 亩: 'mu', 吨: 't', 岁: 'years', 人次: 'visits', 个百分点: 'pp', 百分点: 'pp', 倍: 'times',
  年: 'years', 天: 'days', 小时: 'hours', 万千瓦时: '10⁴ kWh', 千瓦时: 'kWh', 立方米: 'm³', 条: '', 所: '', 座: '', 辆: '', 件: '', 次: 'times',
}

/** unitText writes a unit behind a number, with its space. */
export function unitText(unit: string, locale: Locale): string {
  if (unit === '%' || unit === '‰') return unit
  if (locale === 'zh') return unit
  const word = english[unit] ?? unit
  return word ? ' ' + word : ''
}

/** one writes a single value with its unit: 521.92亿元, 52.192 billion yuan. */
function one(value: number, unit: string, locale: Locale): string {
  const { value: shown, word } = ratios.has(unit) ? { value, word: '' } : scaled(value, locale)
  return number(shown, locale) + word + unitText(unit, locale)
}

const bounds: Record<Locale, Record<Bound, string>> = {
  zh: { exact: '', about: '约', over: '超', under: '不足' },
  en: { exact: '', about: 'about ', over: 'over ', under: 'under ' },
}

/** amount writes a figure's value as its measure asks: +6.6%, 第1位, 约1.2万人. */
export function amount(figure: Amount, locale: Locale): string {
  const unit = figure.unit ?? ''
  const measure = figure.measure ?? 'level'
  if (measure === 'rank') return locale === 'zh' ? `第${number(figure.value, locale)}位` : `No. ${number(figure.value, locale)}`
  const signed = measure === 'growth' || measure === 'change'
  const sign = (v: number) => (signed && v > 0 ? '+' : '')
  const low = sign(figure.value) + one(figure.value, unit, locale)
  const range = figure.high !== undefined && figure.high !== figure.value
  const text = range ? `${low}\u2013${sign(figure.high as number)}${one(figure.high as number, unit, locale)}` : low
  return bounds[locale][figure.bound ?? 'exact'] + text
}

/** axis writes a value where space is scarce; unit is told elsewhere. */
export function axis(value: number, unit: string, locale: Locale): string {
  const { value: shown, word } = ratios.has(unit) ? { value, word: '' } : scaled(roundTo(value, 3), locale)
  const short = { ' trillion': 'tn', ' billion': 'bn', ' million': 'm' }[word] ?? word
  return number(roundTo(shown, 3), locale) + short + (unit === '%' || unit === '‰' ? unit : '')
}

const roundTo = (value: number, digits: number) => (value === 0 ? 0 : Number(value.toPrecision(digits)))

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const quarters = ['一', '二', '三', '四']

/** period writes 2023, 2025-H1, 2023-Q1..Q3, 2016..2020 and dates. */
export function period(text: string | undefined, locale: Locale): string {
  if (!text) return ''
  const [from, to] = text.split('..') as [string, string?]
  if (to) return between(from, to, locale)
  const found = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)(?:-(\d\d))?))?$/.exec(from)
  if (!found) return text
  const [, year, half, quarter, month, day] = found as unknown as (string | undefined)[]
  if (half) return locale === 'zh' ? `${year}年${half === '1' ? '上' : '下'}半年` : `H${half} ${year}`
  if (quarter) return locale === 'zh' ? `${year}年${quarters[Number(quarter) - 1]}季度` : `Q${quarter} ${year}`
  if (day) return locale === 'zh' ? `${year}年${Number(month)}月${Number(day)}日` : `${Number(day)} ${months[Number(month) - 1]} ${year}`
  if (month) return locale === 'zh' ? `${year}年${Number(month)}月` : `${months[Number(month) - 1]} ${year}`
  return locale === 'zh' ? `${year}年` : (year as string)
}

function between(from: string, to: string, locale: Locale): string {
  const found = /^(\d{4})-Q1$/.exec(from)
  const last = /^Q([1-4])$/.exec(to)
  if (found && last) {
    const words = { '2': '上半年', '3': '前三季度', '4': '全年' }[last[1] as '2' | '3' | '4']
    return locale === 'zh' ? `${found[1]}年${words ?? ''}` : `Q1\u2013Q${last[1]} ${found[1]}`
  }
  if (/^\d{4}$/.test(from) && /^\d{4}$/.test(to)) return locale === 'zh' ? `${from}\u2013${to}年` : `${from}\u2013${to}`
  if (/^\d\d$/.test(to)) to = from.slice(0, -2) + to
  return `${period(from, locale)}\u2013${period(to, locale)}`
}

/** periodKey orders periods by their end, then the longer before the shorter. */
export function periodKey(text: string): number {
  const [from, to] = text.split('..') as [string, string?]
  const last = to === undefined ? from : /^(Q|H|\d\d$)/.test(to) ? `${from.slice(0, 4)}-${to}` : to
  const year = Number(last.slice(0, 4))
  const part = last.slice(5)
  let month = 12
  if (/^H/.test(part)) month = Number(part[1]) * 6
  else if (/^Q/.test(part)) month = Number(part[1]) * 3
  else if (/^\d\d/.test(part)) month = Number(part.slice(0, 2))
  const day = /^\d\d-\d\d/.test(part) ? Number(part.slice(3, 5)) : 31
  return year * 10000 + month * 100 + day
}

/** count writes a whole number with grouping. */
export const count = (value: number, locale: Locale) => new Intl.NumberFormat(tags[locale]).format(value)

/** figureText is the one line that a figure is told in where nothing else stands beside it. */
export function figureText(f: Figure, locale: Locale): string {
  return [period(f.period, locale), f.worded || f.indicator.name, amount(f, locale)].filter(Boolean).join(' ')
}
