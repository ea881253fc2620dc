// How labels are drawn: with a halo of the background, legible over lines.
import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from 'sigma/rendering'
import type { EdgeAttributes, NodeAttributes } from './build'

export interface Colours {
  ink: string
  paper: string
  line: string
  edge: string
  edgeFaint: string
  nodeFaint: string
  accent: string
  raised: string
  classes: Map<string, string>
}

export const font = 'system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif'

type Label = NodeLabelDrawingFunction<NodeAttributes, EdgeAttributes>
type Hover = NodeHoverDrawingFunction<NodeAttributes, EdgeAttributes>

/** labels draws a name beside its node; that of the middle is larger. */
export function labels(colours: () => Colours): Label {
  return (context, data, settings) => {
    if (!data.label) return
    const c = colours()
    const size = data.size > 14 ? settings.labelSize + 3 : settings.labelSize
    context.font = `${data.size > 14 ? 650 : 450} ${size}px ${font}`
    context.lineJoin = 'round'
    context.lineWidth = 4
    context.strokeStyle = c.paper
    context.fillStyle = c.ink
    const x = data.x + data.size + 4
    const y = data.y + size / 3
    context.strokeText(data.label, x, y)
    context.fillText(data.label, x, y)
  }
}

/** hover draws a ring and the name on a plate. */
export function hover(colours: () => Colours): Hover {
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
    const x = data.x + data.size + 8
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
