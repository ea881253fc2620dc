// Mounts a component with words and routes, at an address.
import { mount as mountPlain } from '@vue/test-utils'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { choose, i18n } from '../../src/i18n'
import { routes } from '../../src/router'

export async function mount(component: Component, options: { props?: Record<string, unknown>; at?: string; attach?: boolean } = {}) {
  choose('zh')
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(options.at ?? '/')
  await router.isReady()
  const wrapper = mountPlain(component, { props: options.props, global: { plugins: [i18n, router] }, attachTo: options.attach ? document.body : undefined })
  return { wrapper, router }
}

/** settled waits until promises and timers of the given milliseconds have run. */
export const settled = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds))
