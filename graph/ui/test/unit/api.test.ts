import { describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { all, api, ApiError, url } from '../../src/api'
import { useResource } from '../../src/lib/resource'
import { settled } from './mount'
import { problem, serve } from './server'

describe('url', () => {
  it('repeats lists and leaves out what is empty', () => {
    expect(url('/x', { q: '南关', class: ['Road', 'Zone'], limit: 0, cursor: undefined, division: '' })).toBe('/x?q=%E5%8D%97%E5%85%B3&class=Road&class=Zone&limit=0')
    expect(url('/x', {})).toBe('/x')
  })
})

describe('api', () => {
  it('makes an id one segment', async () => {
    const { asked } = serve({})
    await api.entity('https://w3id.org/districtkg/id/zone/cn/%28a%29').catch(() => {})
    expect(asked).toEqual(['/api/v1/entities/zone%2Fcn%2F%2528a%2529'])
  })

  it('hands on the sentence of a problem', async () => {
    serve({ '/api/v1/stats': problem(422, { status: 422, code: 'invalid', detail: 'limit is too large.', errors: [{ location: 'query.limit', message: 'at most 1000' }], instance: 'abc' }) })
    const error = await api.stats().catch((e) => e)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 422, code: 'invalid', message: 'limit is too large. at most 1000', instance: 'abc' })
  })

  it('makes do with an answer that is no problem+json', async () => {
    serve({ '/api/v1/stats': new Response('<h1>Bad Gateway</h1>', { status: 502, statusText: 'Bad Gateway' }) })
    expect(await api.stats().catch((e) => e)).toMatchObject({ status: 502, message: 'Bad Gateway' })
  })

  it('says that a success is unreadable', async () => {
    serve({ '/api/v1/stats': new Response('<html>', { status: 200 }) })
    expect(await api.stats().catch((e) => e)).toMatchObject({ status: 200, code: 'unreadable' })
  })

  it('says that there is no server', async () => {
    vi.stubGlobal('fetch', async () => { throw new TypeError('connection refused') })
    expect(await api.stats().catch((e) => e)).toMatchObject({ status: 0, code: 'unreachable' })
  })
})

describe('all', () => {
  const page = async (cursor?: string) => (cursor ? { items: [3, 4], total: 5, next: cursor === 'a' ? 'b' : undefined } : { items: [1, 2], total: 5, next: 'a' })
  it('follows the cursors up to the most', async () => {
    expect((await all(page, 99)).items).toEqual([1, 2, 3, 4, 3, 4])
    expect((await all(page, 3)).items).toEqual([1, 2, 3, 4])
    expect((await all(page, 2)).next).toBe('a')
  })
})

describe('useResource', () => {
  it('keeps the answer of the last load only', async () => {
    const answers: ((v: string) => void)[] = []
    const scope = effectScope()
    const resource = scope.run(() => useResource(() => new Promise<string>((resolve) => answers.push(resolve))))
    if (!resource) throw new Error('no scope')
    void resource.load()
    void resource.load()
    answers[1]?.('second')
    await settled()
    answers[0]?.('first')
    await settled()
    expect(resource.data.value).toBe('second')
    expect(resource.pending.value).toBe(false)
    scope.stop()
  })

  it('tells when it takes long, and what failed', async () => {
    vi.useFakeTimers()
    let fail = (_: Error) => {}
    const scope = effectScope()
    const resource = scope.run(() => useResource(() => new Promise<string>((_, reject) => (fail = reject))))
    if (!resource) throw new Error('no scope')
    const done = resource.load()
    vi.advanceTimersByTime(3100)
    expect(resource.slow.value).toBe(true)
    fail(new ApiError(503, 'busy', 'try later'))
    await done
    expect([resource.slow.value, resource.pending.value, resource.error.value?.message]).toEqual([false, false, 'try later'])
    scope.stop()
    vi.useRealTimers()
  })
})
