// How the keyboard goes through a network: from where it stands, round the neighbours.
import type { DrawnGraph } from './build'

/** A stop is a neighbour that the keyboard has come to, not yet gone to. */
export interface Stop {
  name: string
  class: string
  line: string // the relations between it and where the keyboard stands, in words
  place: number // from 1
  of: number
}

/** clockwise returns the neighbours of a node in the order in which they lie around it, from the top. */
export function clockwise(graph: DrawnGraph, node: string): string[] {
  const { x, y } = graph.getNodeAttributes(node)
  const angle = (id: string) => {
    const at = graph.getNodeAttributes(id)
    const turn = Math.atan2(at.x - x, at.y - y) // 0 at the top; y grows upwards
    return turn < 0 ? turn + 2 * Math.PI : turn
  }
  const turns = new Map(graph.neighbors(node).map((id) => [id, angle(id)]))
  return [...turns.keys()].sort((a, b) => (turns.get(a) as number) - (turns.get(b) as number) || (a < b ? -1 : 1))
}

/** beside returns the member of a ring after or before another; the first or the last where that is none of them. */
export function beside(ring: readonly string[], id: string | null, by: 1 | -1): string | undefined {
  const i = id === null ? -1 : ring.indexOf(id)
  if (i < 0) return by > 0 ? ring[0] : ring.at(-1)
  return ring[(i + by + ring.length) % ring.length]
}
