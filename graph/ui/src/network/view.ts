// The drawing of a network: sigma over graphology. Loaded by the network view only.
import Sigma from 'sigma'
import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types'
import { cssColour } from '../lib/theme'
import { classes } from '../lib/ontology'
import type { Network, NetworkEdge } from '../model'
import { build, type DrawnGraph, type EdgeAttributes, type NodeAttributes, type Positions } from './build'
import { font, hover, labels, type Colours } from './draw'
import { settle } from './layout'

export type Picked = { kind: 'node'; id: string } | { kind: 'edge'; key: string; edges: NetworkEdge[] } | null

export interface Events {
  pick: (picked: Picked) => void
  open: (id: string) => void
  resting: (atRest: boolean) => void
}

/** What tests see of a drawing, as a property of its element: places in pixels of the element. */
export interface NetworkElement extends HTMLElement {
  network?: {
    resting: boolean
    nodes: () => string[]
    edges: () => string[]
    node: (id: string) => { x: number; y: number }
    edge: (key: string) => { x: number; y: number }
  }
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** A NetworkView draws one network after another into an element. */
export class NetworkView {
  private graph: DrawnGraph
  private sigma: Sigma<NodeAttributes, EdgeAttributes>
  private colours: Colours
  private hovered: string | null = null // a node
  private hoveredEdge: string | null = null
  private picked: Picked = null
  private near = new Set<string>()
  private stop = () => {}
  private resting = true

  constructor(
    private readonly element: NetworkElement,
    private readonly words: (edges: NetworkEdge[]) => string,
    private readonly events: Events,
  ) {
    this.colours = readColours()
    this.graph = build({ nodes: [], edges: [], total: 0 }, words)
    this.sigma = this.open()
    this.listen()
    this.expose()
  }

  private open() {
    const colours = () => this.colours
    return new Sigma<NodeAttributes, EdgeAttributes>(this.graph, this.element, {
      allowInvalidContainer: true,
      enableEdgeEvents: true,
      renderEdgeLabels: true,
      defaultEdgeType: 'line',
      zIndex: true,
      stagePadding: 48,
      minCameraRatio: 0.08,
      maxCameraRatio: 3,
      minEdgeThickness: 1,
      labelFont: font,
      labelSize: 13,
      labelDensity: 0.9,
      labelGridCellSize: 96,
      labelRenderedSizeThreshold: 4.5,
      labelColor: { color: this.colours.ink },
      edgeLabelFont: font,
      edgeLabelSize: 12,
      edgeLabelColor: { color: this.colours.accent },
      defaultDrawNodeLabel: labels(colours),
      defaultDrawNodeHover: hover(colours),
      nodeReducer: (id, data) => this.node(id, data),
      edgeReducer: (key, data) => this.edge(key, data),
    })
  }

  /** show draws another network; entities that were drawn before stay where they are. */
  show(network: Network) {
    this.stop()
    const before: Positions = new Map()
    this.graph.forEachNode((id, a) => before.set(id, { x: a.x, y: a.y }))
    this.graph = build(network, this.words, before)
    this.hovered = this.hoveredEdge = null
    this.pick(null)
    this.sigma.setGraph(this.graph)
    this.rest(false)
    this.stop = settle(this.graph, still() || document.hidden, () => this.rest(true))
    void this.sigma.getCamera().animatedReset({ duration: still() ? 0 : 300 })
  }

  /** pick marks a node or a line as chosen. */
  pick(picked: Picked) {
    this.picked = picked
    this.focus()
  }

  /** relabel rewrites the words on the lines, after a change of language. */
  relabel() {
    this.graph.forEachEdge((key, a) => this.graph.setEdgeAttribute(key, 'label', this.words(a.edges)))
    this.sigma.refresh()
  }

  /** recolour reads the colours again, after a change of theme. */
  recolour() {
    this.colours = readColours()
    this.sigma.setSetting('edgeLabelColor', { color: this.colours.accent })
    this.sigma.refresh()
  }

  zoom(how: 'in' | 'out' | 'fit') {
    const camera = this.sigma.getCamera()
    const options = { duration: still() ? 0 : 250 }
    if (how === 'fit') void camera.animatedReset(options)
    else void (how === 'in' ? camera.animatedZoom(options) : camera.animatedUnzoom(options))
  }

  close() {
    this.stop()
    this.sigma.kill()
    delete this.element.network
  }

  private rest(atRest: boolean) {
    this.resting = atRest
    this.events.resting(atRest)
  }

  private listen() {
    const s = this.sigma
    s.on('enterNode', ({ node }) => this.point(node, null))
    s.on('leaveNode', () => this.point(null, null))
    s.on('enterEdge', ({ edge }) => this.point(null, edge))
    s.on('leaveEdge', () => this.point(null, null))
    s.on('clickNode', ({ node }) => this.choose({ kind: 'node', id: node }))
    s.on('clickEdge', ({ edge }) => this.choose({ kind: 'edge', key: edge, edges: this.graph.getEdgeAttribute(edge, 'edges') }))
    s.on('clickStage', () => this.choose(null))
    s.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault()
      this.events.open(node)
    })
  }

  private choose(picked: Picked) {
    this.pick(picked)
    this.events.pick(picked)
  }

  private point(node: string | null, edge: string | null) {
    this.hovered = node
    this.hoveredEdge = edge
    this.element.style.cursor = node || edge ? 'pointer' : 'grab'
    this.focus()
  }

  /** focus gathers what stands out: a node with its neighbours, or the ends of a line. */
  private focus() {
    this.near.clear()
    const node = this.hovered ?? (this.picked?.kind === 'node' ? this.picked.id : null)
    const edge = this.hoveredEdge ?? (this.picked?.kind === 'edge' ? this.picked.key : null)
    if (edge && this.graph.hasEdge(edge)) for (const end of this.graph.extremities(edge)) this.near.add(end)
    else if (node && this.graph.hasNode(node)) for (const n of [node, ...this.graph.neighbors(node)]) this.near.add(n)
    this.sigma.refresh({ skipIndexation: true })
  }

  private node(id: string, data: NodeAttributes): Partial<NodeDisplayData> {
    const c = this.colours
    const faint = this.near.size > 0 && !this.near.has(id)
    const chosen = id === this.hovered || (this.picked?.kind === 'node' && this.picked.id === id)
    return {
      ...data,
      color: faint ? c.nodeFaint : (c.classes.get(data.class) ?? c.edge),
      label: faint ? '' : data.label,
      forceLabel: data.depth === 0 || (this.near.has(id) && this.near.size < 24),
      zIndex: faint ? 0 : chosen ? 3 : data.depth === 0 ? 2 : 1,
      highlighted: chosen,
    }
  }

  private edge(key: string, data: EdgeAttributes): Partial<EdgeDisplayData> {
    const c = this.colours
    const chosen = key === this.hoveredEdge || (!this.hovered && !this.hoveredEdge && this.picked?.kind === 'edge' && this.picked.key === key)
    const middle = this.hovered ?? (this.picked?.kind === 'node' ? this.picked.id : null)
    const touches = middle !== null && !this.hoveredEdge && this.graph.hasNode(middle) && this.graph.hasExtremity(key, middle)
    const faint = this.near.size > 0 && !chosen && !touches
    return {
      size: chosen ? data.size + 2 : data.size,
      color: chosen ? c.accent : faint ? c.edgeFaint : c.edge,
      type: data.type,
      label: chosen ? data.label : '',
      forceLabel: chosen,
      zIndex: faint ? 0 : chosen ? 2 : 1,
    }
  }

  private expose() {
    const view = (id: string) => {
      const { x, y } = this.graph.getNodeAttributes(id)
      return this.sigma.graphToViewport({ x, y })
    }
    const self = this
    this.element.network = {
      get resting() { return self.resting },
      nodes: () => self.graph.nodes(),
      edges: () => self.graph.edges(),
      node: view,
      edge: (key) => {
        const [a, b] = self.graph.extremities(key).map(view) as [{ x: number; y: number }, { x: number; y: number }]
        return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
      },
    }
  }
}

function readColours(): Colours {
  return {
    ink: cssColour('--ink'),
    paper: cssColour('--paper'),
    line: cssColour('--line'),
    edge: cssColour('--edge'),
    edgeFaint: cssColour('--edge-faint'),
    nodeFaint: cssColour('--node-faint'),
    accent: cssColour('--accent'),
    raised: cssColour('--raised'),
    classes: new Map(classes.map((name) => [name as string, cssColour(`--c-${name}`)])),
  }
}
