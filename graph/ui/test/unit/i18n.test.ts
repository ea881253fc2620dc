import { describe, expect, it } from 'vitest'
import { choose } from '../../src/i18n'
import en from '../../src/i18n/en'
import zh from '../../src/i18n/zh'
import { classes, predicates } from '../../src/lib/ontology'

type Words = { [key: string]: string | Words }
const flat = (words: Words, prefix = ''): [string, string][] =>
  Object.entries(words).flatMap(([k, v]) => (typeof v === 'string' ? [[prefix + k, v] as [string, string]] : flat(v, `${prefix}${k}.`)))
const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

describe('words', () => {
  it('are the same in both languages', () => {
    expect(flat(en).map(([k]) => k)).toEqual(flat(zh).map(([k]) => k))
  })
  it.each(flat(zh))('%s has the same holes in both languages', (key, text) => {
    const other = flat(en).find(([k]) => k === key)?.[1] ?? ''
    expect(holes(other)).toEqual(holes(text))
    expect(other).not.toBe('')
  })
  it('name all classes and predicates', () => {
    for (const name of classes) expect(zh.cls).toHaveProperty(name)
    for (const name of predicates) for (const way of ['in', 'out', 'short'] as const) expect(zh.relation[way]).toHaveProperty(name)
  })
  it('set the language of the page and keep the choice', () => {
    choose('en')
    expect(document.documentElement.lang).toBe('en')
    expect(localStorage.getItem('districtkg.locale')).toBe('en')
    choose('zh')
    expect(document.documentElement.lang).toBe('zh-CN')
    expect(localStorage.getItem('districtkg.locale')).toBeNull()
  })
})
