import createClient, { type Client } from 'openapi-fetch'
import type { Session } from '../session/session.ts'
import { apiUrl } from './config.ts'
import { networkError, problemFrom } from './problem.ts'

/** Places requests at the API's address, which is known only once `config.json` is read. */
class ApiRequest extends Request {
  constructor(input: string, init?: RequestInit) {
    super(apiUrl(input), init)
  }
}

/**
 * A typed client of one portal's API. Sends the session's token; a refused token is
 * replaced once and the request repeated. `POST`s carry an `Idempotency-Key`, so that this
 * repetition, and one by the caller after a lost answer, cannot act twice.
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

async function send(session: Session, request: Request): Promise<Response> {
  if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', randomKey())
  }
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

/** `crypto.randomUUID` exists in secure contexts only; a desk on plain http needs keys too. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
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
