import { describe, expect, it } from 'vitest'
import type { Network } from '../../src/model'
import { build, edgeKey, nodeSize } from '../../src/network/build'
import { settle } from '../../src/network/layout'
import { beside, clockwise } from '../../src/network/walk'
import { nanguan, thing } from './make'

const zone = thing('Zone', '永春医药城')
const gold = thing('Enterprise', '金赛药业')
const network: Network = {
  nodes: [{ ...nanguan, depth: 0, degree: 90 }, { ...zone, depth: 1, degree: 2 }, { ...gold, depth: 1, degree: 2 }],
  edges: [
    { source: gold.id, predicate: 'settledIn', target: nanguan.id, documents: 1 },
    { source: nanguan.id, predicate: 'cooperatesWith', target: gold.id, documents: 1 },
    { source: zone.id, predicate: 'locatedIn', target: nanguan.id, documents: 2 },
    { source: zone.id, predicate: 'partOf', target: 'not drawn', documents: 1 },
  ],
  total: 3,
}
const words = (edges: Network['edges']) => edges.map((e) => e.predicate).join('+')

describe('build', () => {
  it('draws one line for all relations of two entities', () => {
    const graph = build(network, words)
    expect(graph.order).toBe(3)
    expect(graph.edges().sort()).toEqual([edgeKey(gold.id, nanguan.id), edgeKey(zone.id, nanguan.id)].sort())
    expect(graph.getEdgeAttributes(edgeKey(nanguan.id, gold.id))).toMatchObject({ label: 'settledIn+cooperatesWith', type: 'line' })
    expect(graph.getEdgeAttributes(edgeKey(zone.id, nanguan.id))).toMatchObject({ type: 'arrow' })
    expect(graph.source(edgeKey(zone.id, nanguan.id))).toBe(zone.id)
  })
  it('starts the same every time, the middle in the middle, and where things were', () => {
    const first = build(network, words)
    const again = build(network, words)
    first.forEachNode((id, a) => expect(again.getNodeAttributes(id)).toEqual(a))
    expect(first.getNodeAttributes(nanguan.id)).toMatchObject({ x: 0, y: 0 })
    expect(build(network, words, new Map([[zone.id, { x: 7, y: 8 }]])).getNodeAttributes(zone.id)).toMatchObject({ x: 7, y: 8 })
  })
  it('keeps sizes within bounds', () => {
    expect(nodeSize(0, 1)).toBe(4)
    expect(nodeSize(100000, 1)).toBe(13)
    expect(nodeSize(0, 0)).toBe(15)
  })
})

describe('settle', () => {
  it('comes to rest with finite places and leaves the drawn graph alone', () => {
    const graph = build(network, words)
    const before = graph.export()
    let places: { x: number; y: number }[] = []
    let done = 0
    settle(graph, true, (laid) => (places = laid.mapNodes((_, a) => ({ x: a.x, y: a.y }))), () => done++)
    expect(done).toBe(1)
    expect(places).toHaveLength(3)
    for (const p of places) expect(Number.isFinite(p.x) && Number.isFinite(p.y)).toBe(true)
    expect(graph.export()).toEqual(before)
  })
  it('has nothing to do for a lone node', () => {
    let done = 0
    settle(build({ nodes: [{ ...nanguan, depth: 0, degree: 0 }], edges: [], total: 1 }, words), false, () => {}, () => done++)
    expect(done).toBe(1)
  })
})

describe('the keyboard', () => {
  it('goes round the neighbours clockwise from the top', () => {
    const places = new Map([[nanguan.id, { x: 0, y: 0 }], [zone.id, { x: -5, y: 1 }], [gold.id, { x: 3, y: -9 }]])
    const graph = build(network, words, places)
    expect(clockwise(graph, nanguan.id)).toEqual([gold.id, zone.id])
    expect(clockwise(graph, zone.id)).toEqual([nanguan.id])
    graph.setNodeAttribute(zone.id, 'x', 1)
    expect(clockwise(graph, nanguan.id)).toEqual([zone.id, gold.id])
  })
  it('comes round again, and starts at either end', () => {
    const ring = ['a', 'b', 'c']
    expect([beside(ring, null, 1), beside(ring, null, -1)]).toEqual(['a', 'c'])
    expect([beside(ring, 'c', 1), beside(ring, 'a', -1), beside(ring, 'b', 1)]).toEqual(['a', 'c', 'c'])
    expect(beside(ring, 'elsewhere', 1)).toBe('a')
    expect(beside([], 'a', 1)).toBeUndefined()
  })
})
