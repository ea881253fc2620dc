// Answers for the page's own origin in place of a server.
import { vi } from 'vitest'

export type Answers = Record<string, unknown>

/** serve answers a GET of a path (without parameters) with JSON; a function gets the parameters. Others are 404. */
export function serve(answers: Answers): { asked: string[] } {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (target: string, init: RequestInit = {}) => {
    init.signal?.throwIfAborted()
    asked.push(target)
    const url = new URL(target, 'http://districtkg.test')
    const answer = answers[url.pathname]
    if (answer === undefined) return problem(404, { status: 404, code: 'not_found', title: 'Not Found', detail: '没有这个条目。', instance: 'r1' })
    if (answer instanceof Response) return answer
    return Response.json(typeof answer === 'function' ? answer(url.searchParams) : answer)
  })
  return { asked }
}

export const problem = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } })
