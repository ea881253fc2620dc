// The page speaks Chinese unless the reader chooses English; the choice is kept.
import { computed } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'
import { recall, remember } from '../lib/storage'
import type { Locale } from '../lib/format'
import en from './en'
import zh from './zh'

export const i18n = createI18n({
  legacy: false,
  locale: recall('locale') === 'en' ? 'en' : 'zh',
  fallbackLocale: 'zh',
  messages: { zh, en },
})

/** useWords gives the words, the locale for numbers, and words for what the ontology may not list. */
export function useWords() {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  const known = (key: string, otherwise: string) => (te(key) ? t(key) : otherwise)
  return {
    t,
    known,
    locale: computed(() => locale.value as Locale),
    className: (name: string) => known(`cls.${name}`, name),
    predicate: (name: string, way: 'out' | 'in' | 'short' = 'short') => known(`relation.${way}.${name}`, name),
    toggle: () => choose(locale.value === 'zh' ? 'en' : 'zh'),
  }
}

export function choose(locale: Locale): void {
  i18n.global.locale.value = locale
  remember('locale', locale === 'zh' ? null : locale)
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
}
