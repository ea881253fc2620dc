import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import CompareView from '../../src/views/CompareView.vue'
import GizmoView from '../../src/views/GizmoView.vue'
import HomeView from '../../src/views/HomeView.vue'
import PartView from '../../src/views/PartView.vue'
import { cell, linked, table } from '../../src/lib/gizmo'
import type { DocumentItem } from '../../src/model'
import { evidence, figure, nanguan, report, thing } from './make'
import { mount, settled } from './mount'
import { problem, serve } from './server'

const item = (more: Partial<DocumentItem> = {}): DocumentItem => ({ ...report(), sha256: '', entities: 9, relations: 8, figures: 7, warnings: 0, ...more })
const none = { items: [], total: 0 }

async function shown() {
  await flushPromises()
  await settled(10)
  await flushPromises()
}

describe('HomeView', () => {
  const stats = { documents: 2, quads: 48211, entities: 9, relations: 8, figures: 7, indicators: 5, mentions: 30, warnings: 0, classes: [{ name: 'Enterprise', count: 6 }, { name: 'Road', count: 3 }], predicates: [], kinds: [], divisions: [] }

  it('lists districts with documents, questions and numbers', async () => {
    serve({ '/api/v1/stats': stats, '/api/v1/documents': { items: [item(), item({ id: 'x/id/document/2', title: 'a.txt', path: 'x/a.txt', kind: 'statistical_bulletin', period: '2024' })], total: 2 }, '/api/v1/entities': none })
    const { wrapper } = await mount(HomeView)
    await shown()
    expect(wrapper.get('[data-testid=stats]').text()).toContain('48,211')
    const district = wrapper.get('[data-testid=district]')
    expect(district.findAll('[data-testid=document-link]').map((d) => d.text())).toEqual(['南关区 2024年 统计公报', '2023年政府工作报告'])
    expect(district.text()).toContain('哪些企业落户南关区？')
    expect(district.text()).toContain('16 条关系')
  })

  it('says how to begin where nothing is loaded, and shows each failure where it belongs', async () => {
    serve({ '/api/v1/stats': problem(500, { code: 'internal', detail: '出了错。' }), '/api/v1/documents': none, '/api/v1/entities': none })
    const { wrapper } = await mount(HomeView)
    await shown()
    expect(wrapper.text()).toContain('districtkg build')
    expect(wrapper.findAll('[role=alert]').map((a) => a.text())).toEqual([expect.stringContaining('出了错。')])
  })
})

describe('CompareView', () => {
  const gdp = figure('地区生产总值', 521.92e8)
  const erdao = thing('Division', '二道区')
  const answers = {
    '/api/v1/documents': { items: [item(), item({ id: 'x/id/document/2', subject: erdao, code: '220105' })], total: 2 },
    '/api/v1/indicators': { items: [{ ...gdp.indicator, figures: 2, subjects: 2, units: ['元'] }], total: 1 },
    '/api/v1/figures': { items: [gdp], total: 1 },
    '/api/v1/compare': (q: URLSearchParams) => ({ indicators: [gdp.indicator], measure: q.get('measure'), periods: ['2023'], rows: q.getAll('subject').map((s) => ({ subject: s.startsWith('division/2201') ? nanguan : erdao, cells: [{ figures: s.startsWith('division/2201') ? [gdp] : [] }] })) }),
  }

  it('compares what the districts share when nothing is asked for', async () => {
    const { asked } = serve(answers)
    const { wrapper } = await mount(CompareView, { at: '/compare' })
    await shown()
    expect(asked.some((a) => a.startsWith('/api/v1/compare?subject=division%2F220102&subject=division%2Fcn%2F') && a.includes('indicator=indicator%2Fcn%2F'))).toBe(true)
    expect(wrapper.findAll('[data-testid=compare-district]')).toHaveLength(2)
    await wrapper.get('[data-testid=compare-cell]').trigger('click')
    expect(wrapper.get('[data-testid=compare-panel]').text()).toContain('521.92亿元')
    expect(wrapper.get('[data-testid=csv]').attributes('href')).toContain('/api/v1/compare.csv?subject=division%2F220102&')
  })

  it('says that a measure has no figures', async () => {
    serve({ ...answers, '/api/v1/compare': { indicators: [], measure: 'rank', periods: [], rows: [{ subject: nanguan, cells: [] }] } })
    const { wrapper } = await mount(CompareView, { at: '/compare?district=division/220102&indicator=indicator/gdp&measure=rank' })
    await shown()
    expect(wrapper.text()).toContain('没有这个指标的数字')
  })
})

describe('GizmoView', () => {
  it('runs the query of the address and tells when the result was cut', async () => {
    const { asked } = serve({ '/api/v1/gizmo': { result: [{ id: 'dkg:settledIn', thing: 'https://w3id.org/districtkg/id/division/220102' }], truncated: true, limit: 100, kind: 'path', milliseconds: 3 } })
    const { wrapper } = await mount(GizmoView, { at: '/gizmo?query=g.V().all()' })
    await shown()
    expect(asked).toEqual(['/api/v1/gizmo'])
    expect(wrapper.get('[data-testid=gizmo-cut]').text()).toContain('100')
    expect(wrapper.findAll('th').map((h) => h.text())).toEqual(['id', 'thing'])
    expect(wrapper.get('td a').attributes('href')).toBe('/id/division/220102')
  })
  it('shows what is wrong with a query', async () => {
    serve({ '/api/v1/gizmo': problem(400, { code: 'invalid', detail: 'SyntaxError: line 1' }) })
    const { wrapper } = await mount(GizmoView, { at: '/gizmo?query=g.V(' })
    await shown()
    expect(wrapper.get('[role=alert]').text()).toContain('SyntaxError: line 1')
  })
})

describe('gizmo table', () => {
  it('gathers the columns of all rows, id first', () => {
    expect(table([{ x: 1 }, { id: 'a', y: null }, 'bare'])).toEqual({ columns: ['id', 'x', 'y', 'value'], rows: [{ x: 1 }, { id: 'a', y: null }, { value: 'bare' }] })
  })
  it('writes values as text', () => {
    expect([cell('a'), cell(1.5), cell(null), cell({ a: [1] }), cell(undefined)]).toEqual(['a', '1.5', 'null', '{"a":[1]}', ''])
  })
  it('links things of the graph only', () => {
    expect(linked('<https://w3id.org/districtkg/id/division/220102>')).toBe('/id/division/220102')
    expect(linked('id:division/220102')).toBe('/id/division/220102')
    expect(linked('https://w3id.org/districtkg/ns#Hospital')).toBeNull()
    expect(linked('南关区')).toBeNull()
  })
})

describe('PartView', () => {
  it('leads to the place of a part in its document', async () => {
    serve({ '/api/v1/evidence/document%2F0123456789abcdef%2Ffigure%2Ff1': { ...evidence('完成521.92亿元', 40), relations: [], figures: [], mentions: [] } })
    const { router } = await mount(PartView, { at: '/id/document/0123456789abcdef/figure/f1' })
    await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/id/document/0123456789abcdef?from=40&to=50'), { timeout: 10_000 })
  })
})
