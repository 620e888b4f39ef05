import createFetchClient, { type Client } from 'openapi-fetch'
import { problemFrom } from './problem.ts'

/** Where the API is, and as whom it is called. */
export interface ClientOptions {
  /** The address of the installation, without `/api`. */
  baseUrl: string
  /** An API key or an access token, or what gives one; asked before every call. */
  token?: string | (() => string | Promise<string>)
  /** What sends the requests; default: `fetch`. */
  fetch?: (request: Request) => Promise<Response>
}

/**
 * A typed client of one document: `createClient<paths>({ baseUrl, token })`, with `paths` from
 * `@bsm-platform/client/customer` or `…/admin`. It is openapi-fetch's client, told how this API
 * writes queries and who asks.
 */
export function createClient<Paths extends object>(
  options: ClientOptions,
): Client<Paths, 'application/json'> {
  const { baseUrl, token } = options
  const client = createFetchClient<Paths, 'application/json'>({
    baseUrl,
    querySerializer: writeQuery,
    ...(options.fetch ? { fetch: options.fetch } : {}),
  })
  if (token !== undefined) {
    client.use({
      async onRequest({ request }) {
        const bearer = typeof token === 'string' ? token : await token()
        request.headers.set('Authorization', `Bearer ${bearer}`)
        return request
      },
    })
  }
  return client as Client<Paths, 'application/json'>
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
