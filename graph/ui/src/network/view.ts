// The drawing of a network: sigma over graphology. Loaded by the network view only.
import Sigma from 'sigma'
import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types'
import { cssColour } from '../lib/theme'
import { classes } from '../lib/ontology'
import type { Network, NetworkEdge } from '../model'
import { build, edgeKey, type DrawnGraph, type EdgeAttributes, type NodeAttributes, type Positions } from './build'
import { font, hover, labels, type Box, type Colours } from './draw'
import { settle } from './layout'
import { beside, clockwise, type Stop } from './walk'

export type Picked = { kind: 'node'; id: string } | { kind: 'edge'; key: string; edges: NetworkEdge[] } | null

export interface Events {
  pick: (picked: Picked) => void
  open: (id: string) => void
  resting: (atRest: boolean) => void
}

interface Point {
  x: number
  y: number
}

/** What tests see of a drawing, as a property of its element: places in pixels of the element. */
export interface NetworkElement extends HTMLElement {
  network?: {
    resting: boolean
    nodes: () => string[]
    edges: () => string[]
    pointed: () => string | null
    node: (id: string) => Point
    edge: (key: string) => Point // where the line stands freest
  }
}

/** Among more nodes than these, a name may cover a node. */
const crowd = 500

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** A NetworkView draws one network after another into an element. */
export class NetworkView {
  private graph: DrawnGraph
  private sigma: Sigma<NodeAttributes, EdgeAttributes>
  private colours: Colours
  private hovered: string | null = null // a node
  private hoveredEdge: string | null = null
  private picked: Picked = null
  private standing: string | null = null // where the keyboard goes on from: the node picked last, else the middle
  private near = new Set<string>()
  private stop = () => {}
  private resting = true
  private middleX = 0
  private readonly places: Positions = new Map() // as laid out, of all networks shown so far
  private labelled: Box[] = [] // of the frame that is being drawn
  private dots: Point[] = [] // nodes, in that frame
  private readonly observer: ResizeObserver

  constructor(
    private readonly element: NetworkElement,
    private readonly words: (edges: NetworkEdge[]) => string,
    private readonly events: Events,
  ) {
    this.colours = readColours()
    this.graph = build({ nodes: [], edges: [], total: 0 }, words)
    this.sigma = this.open()
    this.listen()
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(element)
    this.expose()
  }

  private open() {
    const colours = () => this.colours
    const middle = () => this.middleX
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
      labelDensity: 3,
      labelGridCellSize: 110,
      labelRenderedSizeThreshold: 4.5,
      labelColor: { color: this.colours.ink },
      edgeLabelFont: font,
      edgeLabelSize: 12,
      edgeLabelColor: { color: this.colours.accent },
      defaultDrawNodeLabel: labels(colours, middle, (box, overNodes) => this.free(box, overNodes)),
      defaultDrawNodeHover: hover(colours, middle),
      nodeReducer: (id, data) => this.node(id, data),
      edgeReducer: (key, data) => this.edge(key, data),
    })
  }

  /** show draws another network; entities that were drawn before stay where they are. */
  show(network: Network) {
    this.stop()
    this.graph = build(network, this.words, this.places)
    this.graph.forEachNode((id, a) => this.places.set(id, { x: a.x, y: a.y }))
    this.hovered = this.hoveredEdge = this.standing = null
    this.pick(null)
    this.frame()
    this.sigma.setGraph(this.graph)
    this.rest(false)
    this.stop = settle(this.graph, still() || document.hidden, (laid) => this.move(laid), () => this.rest(true))
    void this.sigma.getCamera().animatedReset({ duration: still() ? 0 : 300 })
  }

  /** pick marks a node or a line as chosen. */
  pick(picked: Picked) {
    this.picked = picked
    if (picked?.kind === 'node') this.standing = picked.id
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

  /** step comes to the next or the one before of the neighbours of where the keyboard stands; null where there is none. */
  step(by: 1 | -1): Stop | null {
    const from = this.from()
    const ring = from === null ? [] : clockwise(this.graph, from)
    const id = beside(ring, this.hovered, by)
    if (from === null || id === undefined) return null
    this.point(id, null)
    const { label: name, class: className } = this.graph.getNodeAttributes(id)
    return { name, class: className, line: this.graph.getEdgeAttribute(edgeKey(from, id), 'label'), place: ring.indexOf(id) + 1, of: ring.length }
  }

  /** take picks what the keyboard has come to, or opens it where it is picked already. */
  take() {
    const id = this.hovered ?? this.from()
    if (id === null) return
    if (this.picked?.kind === 'node' && this.picked.id === id) return this.events.open(id)
    this.hovered = null
    this.choose({ kind: 'node', id })
  }

  /** takeLine picks the line to what the keyboard has come to. */
  takeLine() {
    const from = this.from()
    if (from === null || this.hovered === null) return
    const key = edgeKey(from, this.hovered)
    this.choose({ kind: 'edge', key, edges: this.graph.getEdgeAttribute(key, 'edges') })
  }

  /** home goes back to the middle. */
  home() {
    this.standing = null
    this.point(this.from(), null)
    this.choose(null)
  }

  /** leave forgets what the keyboard or the mouse pointed at. */
  leave() {
    this.point(null, null)
  }

  private from(): string | null {
    return this.standing ?? this.graph.nodes()[0] ?? null
  }

  zoom(how: 'in' | 'out' | 'fit') {
    const camera = this.sigma.getCamera()
    const options = { duration: still() ? 0 : 250 }
    if (how === 'fit') void camera.animatedReset(options)
    else void (how === 'in' ? camera.animatedZoom(options) : camera.animatedUnzoom(options))
  }

  close() {
    this.stop()
    this.observer.disconnect()
    this.sigma.kill()
    delete this.element.network
  }

  private resize() {
    if (!this.element.clientWidth) return
    this.sigma.resize()
    this.frame()
    this.sigma.refresh()
  }

  private move(laid: DrawnGraph) {
    laid.forEachNode((id, a) => this.places.set(id, { x: a.x, y: a.y }))
    this.frame()
  }

  /** frame fits the box of all nodes, as wide as the element allows, into the drawing. */
  private frame() {
    const { clientWidth: width, clientHeight: height } = this.element
    const middle = this.places.get(this.graph.nodes()[0] ?? '') ?? { x: 0, y: 0 }
    let [x, y] = [1, 1] // half the box: the middle stays in the middle
    this.graph.forEachNode((id) => {
      const at = this.places.get(id) ?? middle
      x = Math.max(x, Math.abs(at.x - middle.x))
      y = Math.max(y, Math.abs(at.y - middle.y))
    })
    // Names need room at both sides, so the drawing keeps away from them.
    const stretch = Math.min(2, Math.max(0.5, ((width - Math.min(180, width * 0.22)) / Math.max(1, height)) * (y / x)))
    this.graph.updateEachNodeAttributes((id, a) => {
      const at = this.places.get(id) ?? middle
      return { ...a, x: (at.x - middle.x) * stretch, y: at.y - middle.y }
    }, { attributes: ['x', 'y'] })
    this.sigma.setCustomBBox({ x: [-x * stretch, x * stretch], y: [-y, y] })
  }

  /** free takes a place for a name, unless another name or a node of this frame has it. */
  private free(box: Box, overNodes: boolean): boolean {
    const inside = (p: Point) => p.x > box.x - 3 && p.x < box.x + box.width && p.y > box.y - 3 && p.y < box.y + box.height + 3
    const taken = (!overNodes && this.dots.some(inside)) || this.labelled.some((b) => b.x < box.x + box.width && box.x < b.x + b.width && b.y < box.y + box.height && box.y < b.y + b.height)
    if (!taken) this.labelled.push(box)
    return !taken
  }

  private rest(atRest: boolean) {
    this.resting = atRest
    this.events.resting(atRest)
  }

  private listen() {
    const s = this.sigma
    s.on('beforeRender', () => {
      this.middleX = s.graphToViewport({ x: 0, y: 0 }).x
      this.labelled = []
      this.dots = this.graph.order > crowd ? [] : this.graph.mapNodes((_, { x, y }) => s.graphToViewport({ x, y }))
    })
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
      color: (faint ? c.pale : c.classes).get(data.class) ?? c.edge,
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
      pointed: () => self.hovered ?? self.hoveredEdge,
      node: view,
      edge: (key) => {
        const [a, b] = self.graph.extremities(key).map(view) as [Point, Point]
        return freest(a, b, self.graph.nodes().map(view))
      },
    }
  }
}

/** freest returns the point of a line that is farthest from all nodes. */
function freest(a: Point, b: Point, nodes: readonly Point[]): Point {
  const places = [0.3, 0.4, 0.5, 0.6, 0.7].map((t) => ({ x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) }))
  const room = (p: Point) => Math.min(...nodes.map((n) => Math.hypot(n.x - p.x, n.y - p.y)))
  return places.reduce((best, p) => (room(p) > room(best) ? p : best))
}

/** mixed mixes two colours as getComputedStyle writes them: rgb(1, 2, 3). */
function mixed(a: string, share: number, b: string): string {
  const [x, y] = [a, b].map((text) => (text.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)) as [number[], number[]]
  return `rgb(${x.map((v, i) => Math.round(v * share + (y[i] ?? 0) * (1 - share))).join(', ')})`
}

function readColours(): Colours {
  const paper = cssColour('--paper')
  const named = classes.map((name) => [name as string, cssColour(`--c-${name}`)] as const)
  return {
    ink: cssColour('--ink'),
    paper,
    line: cssColour('--line'),
    edge: cssColour('--edge'),
    edgeFaint: cssColour('--edge-faint'),
    pale: new Map(named.map(([name, colour]) => [name, mixed(colour, 0.4, paper)])),
    accent: cssColour('--accent'),
    raised: cssColour('--raised'),
    classes: new Map(named),
  }
}
