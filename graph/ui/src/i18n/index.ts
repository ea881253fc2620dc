// The page speaks Chinese unless the reader chooses English; the choice is kept.
import { computed } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'
import { recall, remember } from '../lib/storage'
import { period, type Locale } from '../lib/format'
import type { DocumentRef } from '../model'
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
    /** A document without a title is called by what it is: 南关区 2023年 统计公报. */
    titleOf: (d: DocumentRef) => {
      const file = d.path.replace(/^.*[\\/]/, '')
      return d.title && d.title !== file ? d.title : [d.subject.name, period(d.period, locale.value as Locale), t(`kind.${d.kind}`)].filter(Boolean).join(' ')
    },
    toggle: () => choose(locale.value === 'zh' ? 'en' : 'zh'),
  }
}

export function choose(locale: Locale): void {
  i18n.global.locale.value = locale
  remember('locale', locale === 'zh' ? null : locale)
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
}
