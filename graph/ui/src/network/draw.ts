// How labels are drawn: with a halo of the background, legible over lines.
import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from 'sigma/rendering'
import type { EdgeAttributes, NodeAttributes } from './build'

export interface Colours {
  ink: string
  paper: string
  line: string
  edge: string
  edgeFaint: string
  pale: Map<string, string> // classes, for nodes that stand back
  accent: string
  raised: string
  classes: Map<string, string>
}

/** A rectangle in pixels. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export const font = '-apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif'

type Label = NodeLabelDrawingFunction<NodeAttributes, EdgeAttributes>
type Hover = NodeHoverDrawingFunction<NodeAttributes, EdgeAttributes>

/** labels draws a name beside its node, on the side away from the middle, where no lines run. One that would cover another is left out. */
export function labels(colours: () => Colours, middle: () => number, free: (box: Box, overNodes: boolean) => boolean): Label {
  return (context, data, settings) => {
    if (!data.label) return
    const c = colours()
    const size = data.size > 14 ? settings.labelSize + 3 : settings.labelSize
    context.font = `${data.size > 14 ? 650 : 450} ${size}px ${font}`
    context.lineJoin = 'round'
    context.lineWidth = 4
    context.strokeStyle = c.paper
    context.fillStyle = c.ink
    const label = short(data.label)
    const width = context.measureText(label).width
    const outward = data.x < middle() - 1
    const boxAt = (left: boolean) => ({ x: left ? data.x - data.size - 4 - width : data.x + data.size + 4, y: data.y - size * 0.7, width, height: size * 1.4 })
    const left = fits(boxAt(outward), context) ? outward : !outward
    // Only what is picked is named over nodes, and only the middle over other names.
    const picked = 'forceLabel' in data && data.forceLabel === true
    if (!free(boxAt(left), picked) && data.size <= 14) return
    context.textAlign = left ? 'right' : 'left'
    const x = left ? data.x - data.size - 4 : data.x + data.size + 4
    const y = data.y + size / 3
    context.strokeText(label, x, y)
    context.fillText(label, x, y)
    context.textAlign = 'left'
  }
}

/** fits tells whether a box lies between the left and right edges of the canvas. */
const fits = (box: Box, context: CanvasRenderingContext2D) => box.x >= 2 && box.x + box.width <= context.canvas.clientWidth - 2

/** short cuts a long name; pointing at the node shows it whole. */
const most = 16
const short = (name: string) => (name.length > most ? name.slice(0, most - 1) + '…' : name)

/** hover draws a ring and the name on a plate, on the same side. */
export function hover(colours: () => Colours, middle: () => number): Hover {
  return (context, data, settings) => {
    const c = colours()
    context.beginPath()
    context.arc(data.x, data.y, data.size + 3, 0, Math.PI * 2)
    context.lineWidth = 2
    context.strokeStyle = c.accent
    context.stroke()
    if (!data.label) return
    const size = settings.labelSize + 1
    context.font = `600 ${size}px ${font}`
    const width = context.measureText(data.label).width
    const left = data.x < middle() - 1
    const x = left ? data.x - data.size - 8 - width : data.x + data.size + 8
    context.fillStyle = c.raised
    context.strokeStyle = c.line
    context.lineWidth = 1
    context.beginPath()
    context.roundRect(x - 6, data.y - size * 0.95, width + 12, size * 1.9, 5)
    context.fill()
    context.stroke()
    context.fillStyle = c.ink
    context.fillText(data.label, x, data.y + size / 3)
  }
}
