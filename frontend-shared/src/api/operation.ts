import type { Problem } from '@bsm-platform/client'

/** What an operation takes. Left out: nothing of that kind. */
interface Takes {
  query?: object
  path?: object
  header?: object
  body?: unknown
}

type Given<T extends Takes, Name extends keyof Takes> = Name extends keyof T ? T[Name] : never

type Parameters<T extends Takes> = {
  query?: Given<T, 'query'>
  cookie?: never
} & ('path' extends keyof T ? { path: T['path'] } : { path?: never }) &
  ('header' extends keyof T ? { header: T['header'] } : { header?: never })

/** One operation in the form that openapi-typescript writes. */
export type Operation<Answer, T extends Takes = object> = {
  parameters: Parameters<T>
  responses: {
    200: { headers: Record<string, unknown>; content: { 'application/json': Answer } }
    default: { headers: Record<string, unknown>; content: { 'application/problem+json': Problem } }
  }
} & ('body' extends keyof T
  ? { requestBody: { content: { 'application/json': T['body'] } } }
  : { requestBody?: never })

export interface IfMatch {
  'If-Match': string
}

/** How far a keyset list is read. */
export interface Paging {
  limit?: number
  cursor?: string
}
