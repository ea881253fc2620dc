// What is fetched goes through four states: nothing yet, slow, here, failed.
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ApiError } from '../api'

export interface Resource<T> {
  data: ShallowRef<T | undefined>
  error: ShallowRef<ApiError | undefined>
  pending: Ref<boolean>
  slow: Ref<boolean>
  load: () => Promise<void>
}

/** Milliseconds after which a reader is told that it takes long. */
const slowAfter = 3000

/**
 * useResource fetches on load(); a later load cancels an earlier one, and the
 * last data stay until new ones come, so that the page does not jump.
 */
export function useResource<T>(fetcher: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const data = shallowRef<T>()
  const error = shallowRef<ApiError>()
  const pending = ref(false)
  const slow = ref(false)
  let controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load() {
    controller.abort()
    const mine = (controller = new AbortController())
    clearTimeout(timer)
    pending.value = true
    slow.value = false
    error.value = undefined
    timer = setTimeout(() => (slow.value = true), slowAfter)
    try {
      const answer = await fetcher(mine.signal)
      if (!mine.signal.aborted) data.value = answer
    } catch (cause) {
      if (!mine.signal.aborted) {
        data.value = undefined
        error.value = cause instanceof ApiError ? cause : new ApiError(0, 'page', String(cause))
      }
    } finally {
      if (mine === controller) {
        clearTimeout(timer)
        pending.value = slow.value = false
      }
    }
  }

  onScopeDispose(() => {
    controller.abort()
    clearTimeout(timer)
  })
  return { data, error, pending, slow, load }
}
