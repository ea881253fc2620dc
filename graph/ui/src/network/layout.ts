// ForceAtlas2, run until nothing moves any more. It works on a copy of the
// drawn graph, so that the drawing may stretch the places.
import forceAtlas2 from 'graphology-layout-forceatlas2'
import type { DrawnGraph } from './build'

/** Iterations a frame, and in all. A large network gets fewer: an iteration takes time by the square of the nodes. */
const perFrame = (nodes: number) => (nodes > 400 ? 2 : 8)
const most = (nodes: number) => Math.min(900, Math.max(120, Math.round(120_000 / nodes)))
/** At rest when the mean step of an iteration is below this share of the drawing's radius. */
const rest = 0.0006

/** settle lays out frame by frame, handing over the places of each, and calls done at rest; the result stops it. */
export function settle(drawn: DrawnGraph, still: boolean, moving: (laid: DrawnGraph) => void, done: () => void): () => void {
  const graph = drawn.copy() as DrawnGraph
  const settings = settingsFor(graph)
  let iterations = 0
  let frame = 0
  const step = (n: number) => {
    const before = places(graph)
    forceAtlas2.assign(graph, { iterations: n, settings })
    iterations += n
    return iterations >= most(graph.order) || moved(graph, before) / n < rest
  }
  if (still || graph.order < 3) {
    while (graph.order > 1 && !step(50));
    moving(graph)
    done()
    return () => {}
  }
  const tick = () => {
    const over = step(perFrame(graph.order))
    moving(graph)
    if (over) done()
    else frame = requestAnimationFrame(tick)
  }
  frame = requestAnimationFrame(tick)
  return () => cancelAnimationFrame(frame)
}

function settingsFor(graph: DrawnGraph) {
  return {
    ...forceAtlas2.inferSettings(graph),
    gravity: 0.6,
    scalingRatio: 14,
    strongGravityMode: false,
    outboundAttractionDistribution: false,
    linLogMode: false,
    adjustSizes: true,
    barnesHutOptimize: graph.order > 600,
    slowDown: 4 + Math.log(graph.order + 1) * 2,
  }
}

const places = (graph: DrawnGraph) => graph.mapNodes((_, a) => [a.x, a.y] as const)

/** moved returns the mean way of a node as a share of the mean distance from the middle. */
function moved(graph: DrawnGraph, before: readonly (readonly [number, number])[]): number {
  let way = 0
  let radius = 0
  graph.nodes().forEach((node, i) => {
    const { x, y } = graph.getNodeAttributes(node)
    const [bx, by] = before[i] as readonly [number, number]
    way += Math.hypot(x - bx, y - by)
    radius += Math.hypot(x, y)
  })
  return radius === 0 ? 0 : way / radius
}
