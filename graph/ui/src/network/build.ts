// From the network that the server tells to the graph that is drawn.
import Graph from 'graphology'
import { byOntology } from '../lib/ontology'
import type { Network, NetworkEdge } from '../model'

export interface NodeAttributes {
  x: number
  y: number
  size: number
  label: string
  class: string
  depth: number
  degree: number
  color: string
}

export interface EdgeAttributes {
  size: number
  label: string
  type: 'arrow' | 'line'
  edges: NetworkEdge[] // all relations between the two, both ways
}

export type DrawnGraph = Graph<NodeAttributes, EdgeAttributes>
/** Places before they are stretched. */
export type Positions = Map<string, { x: number; y: number }>

/**
 * build makes the graph. Relations between the same two entities share one
 * line: a reader who clicks it gets them all. Nodes start in sectors by class
 * around the middle, or where they were, so that the layout is the same every
 * time and like stands by like.
 */
export function build(network: Network, words: (edges: NetworkEdge[]) => string, before: Positions = new Map()): DrawnGraph {
  const graph: DrawnGraph = new Graph({ type: 'undirected', multi: false, allowSelfLoops: false })
  const start = sectors(network)
  for (const n of network.nodes) {
    const at = before.get(n.id) ?? (start.get(n.id) as { x: number; y: number })
    graph.addNode(n.id, { ...at, size: nodeSize(n.degree, n.depth), label: n.name, class: n.class, depth: n.depth, degree: n.degree, color: '' })
  }
  for (const edges of pairs(network.edges)) {
    const { source, target } = edges[0] as NetworkEdge
    if (source === target || !graph.hasNode(source) || !graph.hasNode(target)) continue
    const oneWay = edges.every((e) => e.source === source)
    graph.addEdgeWithKey(edgeKey(source, target), source, target, {
      size: 1.4 + Math.min(2, (edges.length - 1) * 0.7), label: words(edges), type: oneWay ? 'arrow' : 'line', edges,
    })
  }
  return graph
}

/** edgeKey names the line between two entities, whichever way. */
export const edgeKey = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`)

function pairs(edges: readonly NetworkEdge[]): NetworkEdge[][] {
  const found = new Map<string, NetworkEdge[]>()
  for (const e of edges) {
    const key = edgeKey(e.source, e.target)
    const known = found.get(key)
    if (known) known.push(e)
    else found.set(key, [e])
  }
  return [...found.values()]
}

/** nodeSize is a radius in pixels: the middle is large, others grow with the root of their relations. */
export function nodeSize(degree: number, depth: number): number {
  const size = 4 + Math.min(9, Math.sqrt(degree) * 1.5)
  return depth === 0 ? Math.max(15, size) : size
}

function sectors(network: Network): Positions {
  const out: Positions = new Map()
  const around = network.nodes.filter((n) => n.depth > 0).sort((a, b) => byOntology(a.class, b.class) || (a.id < b.id ? -1 : 1))
  for (const n of network.nodes) if (n.depth === 0) out.set(n.id, { x: 0, y: 0 })
  around.forEach((n, i) => {
    const angle = (2 * Math.PI * i) / around.length
    // A spread of radii: equal ones are an equilibrium that the layout cannot leave.
    const radius = 60 * n.depth * (0.75 + 0.5 * fraction(i))
    out.set(n.id, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) })
  })
  return out
}

/** fraction spreads whole numbers evenly over [0, 1): the golden ratio's multiples. */
const fraction = (i: number) => (i * 0.6180339887498949) % 1
