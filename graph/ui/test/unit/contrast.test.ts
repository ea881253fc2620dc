// Text must be legible in both themes: 4.5 to 1 (WCAG 2, AA) on what it stands on.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { classes } from '../../src/lib/ontology'

const css = readFileSync('src/styles/tokens.css', 'utf8')
type Colour = [number, number, number]
const hex = (text: string): Colour => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16)) as Colour

/** token reads a light-dark() pair of six-digit colours. */
function token(name: string, dark: boolean): Colour {
  const found = new RegExp(`${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)
  if (!found) throw new Error(`no colour ${name}`)
  return hex(found[dark ? 2 : 1] as string)
}
const mix = (a: Colour, share: number, b: Colour) => a.map((v, i) => v * share + (b[i] as number) * (1 - share)) as Colour

function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)) as Colour
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: Colour, b: Colour): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

describe.each([['light', false], ['dark', true]])('%s', (_, dark) => {
  const t = (name: string) => token(name, dark)
  it.each([
    ['--ink', '--ground'], ['--ink-2', '--ground'], ['--ink-3', '--ground'], ['--ink-3', '--paper'], ['--ink-2', '--sunken'],
    ['--accent', '--ground'], ['--accent', '--paper'], ['--accent-strong', '--accent-weak'], ['--on-accent', '--accent'],
    ['--warn', '--warn-weak'], ['--bad', '--bad-weak'],
  ])('%s on %s', (text, ground) => {
    expect(contrast(t(text), t(ground))).toBeGreaterThanOrEqual(4.5)
  })
  it.each(classes)('a name of class %s in a text and on its chip', (name) => {
    const c = t(`--c-${name}`)
    const word = mix(c, 0.65, t('--ink')) // --c-text of tokens.css
    for (const share of [0.11, 0.14]) expect(contrast(word, mix(c, share, t('--paper')))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(c, t('--paper')), 'a dot is told from the ground').toBeGreaterThanOrEqual(2.9)
  })
})
