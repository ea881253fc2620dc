// Light, dark, or as the system has it. public/theme.js applies the choice
// before the first paint; this module changes it afterwards.
import { readonly, ref } from 'vue'
import { recall, remember } from './storage'

export type Theme = 'auto' | 'light' | 'dark'

const stored = recall('theme')
const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto')
const system = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null
const dark = ref(isDark())
system?.addEventListener('change', () => (dark.value = isDark()))

function isDark(): boolean {
  return theme.value === 'dark' || (theme.value === 'auto' && !!system?.matches)
}

function choose(next: Theme) {
  theme.value = next
  remember('theme', next === 'auto' ? null : next)
  if (next === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
  dark.value = isDark()
}

export const useTheme = () => ({ theme: readonly(theme), dark: readonly(dark), choose })

/** cssColour resolves a colour variable of the style sheet for a canvas: rgb(…). */
export function cssColour(name: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}
