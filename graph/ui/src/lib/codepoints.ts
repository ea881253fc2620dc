// The graph counts Unicode code points, JavaScript counts UTF-16 units. They
// part at every character beyond U+FFFF (rare ideographs, emoji), which takes
// two units. Such characters are few, so their places are all that is kept.

export class CodePoints {
  /** Code point index of every character of two units, in order. */
  private readonly wide: number[] = []
  /** Number of code points of the text. */
  readonly length: number

  constructor(readonly text: string) {
    let points = 0
    for (let i = 0; i < text.length; points++) {
      const two = (text.codePointAt(i) as number) > 0xffff
      if (two) this.wide.push(points)
      i += two ? 2 : 1
    }
    this.length = points
  }

  /** unit returns the UTF-16 offset of a code point offset. */
  unit(point: number): number {
    const p = Math.max(0, Math.min(point, this.length))
    return p + below(this.wide, p)
  }

  /** point returns the code point offset of a UTF-16 offset; inside a pair, that of the pair. */
  point(unit: number): number {
    const u = Math.max(0, Math.min(unit, this.text.length))
    let low = 0
    let high = this.wide.length
    while (low < high) {
      const middle = (low + high) >> 1
      // The middle-th wide character starts at this unit and ends two later.
      if ((this.wide[middle] as number) + middle + 1 <= u - 1) low = middle + 1
      else high = middle
    }
    const start = low < this.wide.length ? (this.wide[low] as number) + low : Infinity
    return u > start ? start - low : u - low
  }

  /** slice returns the text between two code point offsets. */
  slice(start: number, end: number): string {
    return this.text.slice(this.unit(start), this.unit(end))
  }
}

/** below counts the numbers of an ordered list that are less than limit. */
function below(ordered: readonly number[], limit: number): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ordered[middle] as number) < limit) low = middle + 1
    else high = middle
  }
  return low
}
