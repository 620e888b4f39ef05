import { hasCode, networkError, writeQuery } from '@bsm-platform/client'
import createClient, { type Client } from 'openapi-fetch'
import type { Session } from '../session/session.ts'
import { actKey, forgetActKey, randomKey } from './callKeys.ts'
import { apiUrl } from './config.ts'

/** Places requests at the API's address, which is known only once `config.json` is read. */
class ApiRequest extends Request {
  constructor(input: string, init?: RequestInit) {
    super(apiUrl(input), init)
  }
}

/**
 * A typed client of one portal's API. Sends the session's token; a refused token is
 * replaced once and the request repeated. Every `POST` carries an `Idempotency-Key`, that of its
 * form (`once.ts`) or one made here, so that this repetition and those after a lost answer
 * cannot act twice.
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

const KEY = 'Idempotency-Key'
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
    !request.headers.get('Content-Type')?.startsWith('text/csv') &&
    !new URL(request.url).pathname.startsWith('/api/auth/')
  return keyed && state.status === 'signed_in' ? state.user.id : null
}

/** Answers of proxies and of servers that stop: nobody knows whether anything was done. */
const UNKNOWN = new Set([502, 503, 504])

/** Sends a call with its key; again a few times, while nobody knows what became of it. */
async function sendOnce(session: Session, request: Request, caller: string): Promise<Response> {
  const path = new URL(request.url).pathname
  const isAct = !request.headers.has(KEY) && !request.headers.has('Content-Type')
  if (isAct) request.headers.set(KEY, actKey(caller, path))
  else if (!request.headers.has(KEY)) request.headers.set(KEY, randomKey())
  for (const pause of [...WAITS_MS, null]) {
    const last = pause === null
    try {
      const response = await authorized(session, request.clone())
      const open = UNKNOWN.has(response.status) || (await isInProgress(response))
      if (!open || last) {
        if (response.ok && isAct) forgetActKey(caller, path)
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

async function isInProgress(response: Response): Promise<boolean> {
  if (response.status !== 409) return false
  try {
    return ((await response.clone().json()) as { code?: string }).code === 'in_progress'
  } catch {
    return false
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
