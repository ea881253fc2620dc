import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import CompareTable from '../../src/components/CompareTable.vue'
import DocumentText from '../../src/components/DocumentText.vue'
import QuoteText from '../../src/components/QuoteText.vue'
import RelationGroups from '../../src/components/RelationGroups.vue'
import SearchBox from '../../src/components/SearchBox.vue'
import StateView from '../../src/components/StateView.vue'
import { ApiError } from '../../src/api'
import { choose } from '../../src/i18n'
import { CodePoints } from '../../src/lib/codepoints'
import { marksOf } from '../../src/lib/document'
import type { Document, Hit } from '../../src/model'
import { evidence, figure, nanguan, relation, report, thing } from './make'
import { mount, settled } from './mount'
import { serve } from './server'

/** A route's view is fetched before it is gone to. */
const patience = { timeout: 10_000 }
afterEach(() => (document.body.innerHTML = ''))

const hit = (cls: string, name: string, match = 'prefix'): Hit => ({ ...thing(cls, name), match, documents: 1, degree: 3, figures: 0 })

describe('SearchBox', () => {
  const hits = [hit('Zone', '南溪科创园'), hit('Place', '南溪湿地公园')]
  const answers = { '/api/v1/entities': (q: URLSearchParams) => ({ items: q.get('q') === '南溪' ? hits : [], total: q.get('q') === '南溪' ? 2 : 0 }) }

  async function typed(text: string) {
    serve(answers)
    const { wrapper, router } = await mount(SearchBox, { attach: true })
    const input = wrapper.get('input')
    input.element.focus()
    await input.setValue(text)
    await settled(160)
    await flushPromises()
    return { wrapper, router, input }
  }

  it('suggests, moves with arrows and opens with Enter', async () => {
    const { wrapper, router, input } = await typed('南溪')
    expect(wrapper.findAll('[data-testid=suggestion]').map((s) => s.text())).toEqual([expect.stringContaining('南溪科创园'), expect.stringContaining('南溪湿地公园')])
    expect(input.attributes('aria-expanded')).toBe('true')
    await input.trigger('keydown', { key: 'ArrowDown' })
    await input.trigger('keydown', { key: 'ArrowDown' })
    expect(wrapper.get('[aria-selected=true]').text()).toContain('南溪湿地公园')
    expect(input.attributes('aria-activedescendant')).toBe(wrapper.get('[aria-selected=true]').attributes('id'))
    await input.trigger('keydown', { key: 'Enter' })
    await vi.waitFor(() => expect(decodeURI(router.currentRoute.value.path)).toBe('/id/place/cn/南溪湿地公园'), patience)
  })

  it('goes round upwards and closes with Escape', async () => {
    const { wrapper, input } = await typed('南溪')
    await input.trigger('keydown', { key: 'ArrowUp' })
    expect(wrapper.get('[aria-selected=true]').text()).toContain('全部结果')
    await input.trigger('keydown', { key: 'Escape' })
    expect(input.attributes('aria-expanded')).toBe('false')
  })

  it('leads from Enter to all results', async () => {
    const { router, input } = await typed('南溪')
    await input.trigger('keydown', { key: 'Enter' })
    await vi.waitFor(() => expect(router.currentRoute.value).toMatchObject({ name: 'search', query: { q: '南溪' } }), patience)
  })

  it('leaves Enter to the input method while it composes', async () => {
    const { router, input } = await typed('南溪')
    await input.trigger('keydown', { key: 'Enter', isComposing: true })
    expect(router.currentRoute.value.name).toBe('home')
  })

  it('says that nothing has the name', async () => {
    const { wrapper } = await typed('没有')
    expect(wrapper.text()).toContain('没有名为“没有”的实体')
  })
})

describe('StateView', () => {
  const props = { pending: false, slow: false, ready: false }
  it('shows the sentence of a problem and tries again', async () => {
    const { wrapper } = await mount(StateView, { props: { ...props, error: new ApiError(503, 'busy', '请求太多。', 'r7') } })
    expect(wrapper.get('[role=alert]').text()).toContain('请求太多。')
    expect(wrapper.text()).toContain('r7')
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })
  it('has words of its own for a server that is gone, in both languages', async () => {
    const { wrapper } = await mount(StateView, { props: { ...props, error: new ApiError(0, 'unreachable', 'Failed to fetch') } })
    expect(wrapper.text()).toContain('连不上服务器')
    choose('en')
    await flushPromises()
    expect(wrapper.text()).toContain('cannot be reached')
  })
  it('tells that it takes long', async () => {
    const { wrapper } = await mount(StateView, { props: { ...props, pending: true, slow: true } })
    expect(wrapper.get('[role=status]').text()).toContain('比平时久')
  })
})

describe('QuoteText', () => {
  it('marks and keeps the text', async () => {
    const text = '成功引进华为等企业'
    const { wrapper } = await mount(QuoteText, { props: { text, marks: [{ start: 4, end: 6, kind: 'entity', class: 'Enterprise' }, { start: 2, end: 4, kind: 'trigger' }] } })
    expect(wrapper.text()).toBe(text)
    expect(wrapper.findAll('mark').map((m) => [m.text(), m.classes()[0]])).toEqual([['引进', 'trigger'], ['华为', 'entity']])
  })
  it('opens a long text', async () => {
    const text = '一，'.repeat(200) + '华为'
    const { wrapper } = await mount(QuoteText, { props: { text, marks: [{ start: 400, end: 402, kind: 'hit' }] } })
    expect(wrapper.text().length).toBeLessThan(160)
    expect(wrapper.get('mark').text()).toBe('华为')
    await wrapper.get('button').trigger('click')
    expect(wrapper.text()).toBe(text)
  })
})

describe('DocumentText', () => {
  const text = '😀南关区完成521.92亿元，\n引进华为。'
  const doc = {
    ...report(), text, sha256: '', entities: 2, relations: 0, figures: 1, warnings: 1, relationList: [], identity: [],
    mentionList: [
      { id: 'm1', entity: nanguan, start: 1, end: 4, text: '南关区', document: '' },
      { id: 'm2', entity: thing('Enterprise', '华为'), start: 18, end: 20, text: '华为', document: '' },
    ],
    figureList: [figure('地区生产总值', 521.92e8, { printed: { start: 6, end: 14, text: '521.92亿元' } })],
    warningList: [{ kind: 'ocr_repair', start: 6, end: 9, text: '521', message: 'S21 read as 521' }],
  } satisfies Document
  const everything = { figures: true, repairs: true, hidden: new Set<string>() }
  const marks = (shown = everything, target?: { start: number; end: number }) => marksOf(doc, new CodePoints(text), shown, target)

  it('shows every find at its place, beyond wide characters', async () => {
    const { wrapper } = await mount(DocumentText, { props: { text, marks: marks(), picked: [] } })
    expect(wrapper.findAll('p').map((p) => p.text())).toEqual(['😀南关区完成521.92亿元，', '引进华为。'])
    expect(wrapper.findAll('[role=button]').map((f) => [f.text(), f.attributes('data-class') ?? ''])).toEqual([['南关区', 'Division'], ['521', ''], ['.92亿元', ''], ['华为', 'Enterprise']])
    expect(wrapper.findAll('.repair').map((f) => f.text())).toEqual(['521'])
    await wrapper.get('.repair').trigger('click')
    expect((wrapper.emitted('pick')?.[0]?.[0] as { kind: string }[]).map((m) => m.kind)).toEqual(['repair', 'figure'])
  })

  it('hides what is switched off', async () => {
    const { wrapper } = await mount(DocumentText, { props: { text, marks: marks({ figures: false, repairs: false, hidden: new Set(['Division']) }), picked: [] } })
    expect(wrapper.findAll('[role=button]').map((f) => f.text())).toEqual(['华为'])
  })

  it('marks the place that a link leads to', async () => {
    const { wrapper } = await mount(DocumentText, { props: { text, marks: marks(everything, { start: 4, end: 16 }), picked: [] } })
    expect(wrapper.findAll('.target').map((f) => f.text()).join('')).toBe('完成521.92亿元，')
  })
})

describe('RelationGroups', () => {
  it('tells who settled, for when, in which words, says which document', async () => {
    const r = relation(thing('Enterprise', '金赛药业'), 'settledIn', nanguan, '金赛药业等8个产业项目拿地落位', { trigger: '落位', evidence: evidence('金赛药业等8个产业项目拿地落位', 30, report({ title: '奋楫笃行', period: '2025-H1', kind: 'news' })) })
    const { wrapper } = await mount(RelationGroups, { props: { middle: nanguan.id, relations: [r], total: 1, classes: [], predicates: [] } })
    const row = wrapper.get('[data-testid=relation-row]')
    expect(wrapper.get('h3').text()).toContain('落户于此')
    expect(row.text()).toContain('金赛药业')
    expect(row.text()).toContain('2025年上半年')
    expect(row.get('mark.trigger').text()).toBe('落位')
    expect(row.get('[data-testid=source]').attributes('href')).toMatch(/\/id\/document\/0123456789abcdef\?from=30&to=45$/)
    await wrapper.setProps({ predicates: ['partOf'] })
    expect(wrapper.text()).toContain('没有符合条件的关系')
  })
})

describe('CompareTable', () => {
  it('makes every number lead to its figures', async () => {
    const cell = { figures: [figure('地区生产总值', 521.92e8), figure('地区生产总值', 520e8, { status: 'preliminary' })] }
    const comparison = { indicators: [], measure: 'level' as const, periods: ['2022', '2023'], rows: [{ subject: nanguan, cells: [{ figures: [] }, cell] }] }
    const { wrapper } = await mount(CompareTable, { props: { comparison, name: '地区生产总值' } })
    expect(wrapper.findAll('thead th').map((h) => h.text())).toEqual(['区县', '2022年', '2023年'])
    expect(wrapper.findAll('td').map((d) => d.text())).toEqual(['—', '521.92亿元+1'])
    await wrapper.get('[data-testid=compare-cell]').trigger('click')
    expect(wrapper.emitted('pick')?.[0]).toEqual([cell, nanguan])
  })
})
