// The client of /api/v1: one function a route. Every failure is an ApiError
// whose message is a sentence to show to the reader.
import type {
  Card, Comparison, Document, DocumentItem, Figure, Format, GizmoAnswer, Hit, IndicatorCount,
  List, Mention, Network, Relation, Sentence, Stats, Support,
} from './model'
import { shortId } from './lib/ids'

/** An answer that is no success, or none at all. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 where the server could not be reached. */
    readonly status: number,
    /** not_found, limit, … of the server; unreachable, timeout or unreadable of our own. */
    readonly code: string,
    message: string,
    readonly instance = '',
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

type Value = string | number | undefined | readonly string[]
export type Params = Record<string, Value>

/** Milliseconds after which an answer is given up. */
const patience = 60_000

/** url joins a path and its parameters; empty ones are left out and lists repeat. */
export function url(path: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one))
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

async function request<T>(target: string, init: RequestInit, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(patience)
  let response: Response
  try {
    response = await fetch(target, {
      ...init,
      headers: { Accept: 'application/json', ...init.headers },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError(0, timeout.aborted ? 'timeout' : 'unreachable', String((cause as Error).message))
  }
  if (!response.ok) throw await problem(response)
  try {
    return (await response.json()) as T
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError(response.status, 'unreadable', String((cause as Error).message))
  }
}

/** problem reads application/problem+json, or makes do with the status line. */
async function problem(response: Response): Promise<ApiError> {
  const body = await response.json().catch(() => ({}))
  const more = Array.isArray(body.errors) ? body.errors.map((e: { message?: string }) => e.message).filter(Boolean) : []
  const sentence = [body.detail || body.title || response.statusText || `HTTP ${response.status}`, ...more].join(' ')
  return new ApiError(response.status, body.code ?? 'internal', sentence, body.instance ?? '')
}

const get = <T>(path: string, params?: Params, signal?: AbortSignal) =>
  request<T>(url('/api/v1' + path, params), {}, signal)

/** at makes an id one segment of a path. */
const at = (id: string) => encodeURIComponent(shortId(id))

export const api = {
  stats: (signal?: AbortSignal) => get<Stats>('/stats', {}, signal),
  formats: (signal?: AbortSignal) => get<{ items: Format[] }>('/formats', {}, signal),

  entities: (params: { q?: string; class?: readonly string[]; division?: string; limit?: number; cursor?: string }, signal?: AbortSignal) =>
    get<List<Hit>>('/entities', params, signal),
  entity: (id: string, signal?: AbortSignal) => get<Card>(`/entities/${at(id)}`, {}, signal),
  relations: (id: string, params: { predicate?: readonly string[]; limit?: number; cursor?: string }, signal?: AbortSignal) =>
    get<List<Relation>>(`/entities/${at(id)}/relations`, params, signal),
  mentions: (id: string, params: { limit?: number; cursor?: string }, signal?: AbortSignal) =>
    get<List<Mention>>(`/entities/${at(id)}/mentions`, params, signal),
  neighbours: (id: string, params: { depth?: number; class?: readonly string[]; predicate?: readonly string[]; limit?: number }, signal?: AbortSignal) =>
    get<Network>(`/entities/${at(id)}/neighbours`, params, signal),
  edge: (source: string, predicate: string, target: string, signal?: AbortSignal) =>
    get<{ items: Relation[] }>('/edges', { source, predicate, target }, signal),

  figures: (params: { subject?: string; indicator?: string; document?: string; limit?: number; cursor?: string }, signal?: AbortSignal) =>
    get<List<Figure>>('/figures', params, signal),
  indicators: (params: { q?: string; limit?: number; cursor?: string }, signal?: AbortSignal) =>
    get<List<IndicatorCount>>('/indicators', params, signal),
  compare: (params: { subject: readonly string[]; indicator: string; measure?: string; from?: string; to?: string }, signal?: AbortSignal) =>
    get<Comparison>('/compare', params, signal),

  documents: (params: { division?: string; limit?: number; cursor?: string }, signal?: AbortSignal) =>
    get<List<DocumentItem>>('/documents', params, signal),
  document: (id: string, signal?: AbortSignal) => get<Document>(`/documents/${at(id)}`, {}, signal),
  evidence: (id: string, signal?: AbortSignal) => get<Support>(`/evidence/${at(id)}`, {}, signal),
  sentences: (params: { q: string; limit?: number; cursor?: string }, signal?: AbortSignal) =>
    get<List<Sentence>>('/sentences', params, signal),

  gizmo: (query: string, limit: number, signal?: AbortSignal) =>
    request<GizmoAnswer>(
      '/api/v1/gizmo',
      { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, limit, iris: 'short' }) },
      signal,
    ),
}

/** all gathers the pages of a list, up to most items. */
export async function all<T>(page: (cursor?: string) => Promise<List<T>>, most: number): Promise<List<T>> {
  const first = await page()
  const items = [...first.items]
  let next = first.next
  while (next && items.length < most) {
    const more = await page(next)
    items.push(...more.items)
    next = more.next
  }
  return { items, total: first.total, next }
}
