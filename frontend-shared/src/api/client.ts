import createClient, { type Client } from 'openapi-fetch'
import type { Session } from '../session/session.ts'
import { callKey, forgetCallKey } from './callKeys.ts'
import { apiUrl } from './config.ts'
import { hasCode, networkError, problemFrom } from './problem.ts'

/** Places requests at the API's address, which is known only once `config.json` is read. */
class ApiRequest extends Request {
  constructor(input: string, init?: RequestInit) {
    super(apiUrl(input), init)
  }
}

/**
 * A typed client of one portal's API. Sends the session's token; a refused token is
 * replaced once and the request repeated. `POST`s carry an `Idempotency-Key` that is the same
 * until they are known to be done (`callKeys.ts`), so that this repetition, one after a lost
 * answer and one after a reload cannot act twice.
 */
export function createApi<Paths extends object>(session: Session): Client<Paths, 'application/json'> {
  return createClient<Paths, 'application/json'>({
    baseUrl: '',
    // The library calls it with a path and an init, never with another Request.
    Request: ApiRequest as unknown as typeof Request,
    fetch: (request) => send(session, request),
    querySerializer: writeQuery,
  })
}

/** Writes a query: lists joined by commas, nothing for `undefined`, `null` and `''`. */
export function writeQuery(query: Record<string, unknown> | undefined): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue
    if (Array.isArray(value)) {
      if (value.length > 0) params.set(name, value.join(','))
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      params.set(name, String(value))
    }
  }
  return params.toString()
}

/** How long a call waits before each time that it is sent again by itself. */
const WAITS_MS = [300, 900, 2000]
const WAIT_MOST_MS = 5000

async function send(session: Session, request: Request): Promise<Response> {
  const caller = callerOf(session, request)
  return caller === null ? authorized(session, request) : sendOnce(session, request, caller)
}

/** Whose call is to be done once; null for what may be done again, or has no place for a key. */
function callerOf(session: Session, request: Request): string | null {
  const state = session.getState()
  const keyed =
    request.method === 'POST' &&
    !request.headers.has('Idempotency-Key') &&
    !request.headers.get('Content-Type')?.startsWith('text/csv') &&
    !new URL(request.url).pathname.startsWith('/api/auth/')
  return keyed && state.status === 'signed_in' ? state.user.id : null
}

/**
 * Sends a call with its key. While nobody knows what became of it, it is sent again a few
 * times; its key is kept until it is known to be done, for the person to send it again.
 */
async function sendOnce(session: Session, request: Request, caller: string): Promise<Response> {
  const path = new URL(request.url).pathname
  const hasBody = request.headers.has('Content-Type')
  request.headers.set('Idempotency-Key', callKey(caller, path, hasBody))
  for (const pause of [...WAITS_MS, null]) {
    const last = pause === null
    try {
      const response = await authorized(session, request.clone())
      const code = response.ok ? null : await codeOf(response)
      const open = response.status === 503 || code === 'in_progress'
      if (!open || last) {
        if (response.ok || code === 'key_reused') forgetCallKey(caller, path)
        return response
      }
      const asked = Number(response.headers.get('Retry-After')) * 1000
      await wait(Math.min(Math.max(pause, asked || 0), WAIT_MOST_MS), request.signal)
    } catch (error) {
      if (last || !hasCode(error, 'network') || !navigator.onLine) throw error
      await wait(pause, request.signal)
    }
  }
  throw networkError(null)
}

async function codeOf(response: Response): Promise<string | null> {
  try {
    return ((await response.clone().json()) as { code?: string }).code ?? null
  } catch {
    return null
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      failed(signal.reason as Error)
    })
  })
}

async function authorized(session: Session, request: Request): Promise<Response> {
  const spare = request.clone()
  const token = await session.getToken()
  const response = await attempt(request, token)
  if (response.status !== 401 || token === null) return response
  const next = await session.refresh(token)
  return next === null ? response : attempt(spare, next)
}

async function attempt(request: Request, token: string | null): Promise<Response> {
  if (token !== null) request.headers.set('Authorization', `Bearer ${token}`)
  try {
    return await fetch(request)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw networkError(cause)
  }
}

/**
 * The data of an answer, or a thrown `ProblemError`:
 * `const ticket = await unwrap(api.GET('/api/…', { params }))`.
 */
export async function unwrap<T>(
  answer: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await answer
  if (!response.ok) throw problemFrom(response, error)
  return data as T
}

/** Header parameters for a change of what was read at this version. */
export function ifMatch(resource: { version: number }): { 'If-Match': string } {
  return { 'If-Match': `"${resource.version}"` }
}
