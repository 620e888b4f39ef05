import { networkError, unwrap } from 'frontend-shared/api'
import type { InsightsSearch, TicketsSearch, UsersSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { feedbackFilters, type FeedbackFilters } from './feedback.ts'
import { ticketFilters } from './tickets.ts'

/** An answer that is a file, or a problem. */
interface FileAnswer {
  data?: ReadableStream<Uint8Array<ArrayBuffer>> | null
  error?: unknown
  response: Response
}

/** Asks for a list as a file. */
export type Export = (signal: AbortSignal) => Promise<FileAnswer>

const AS_FILE = { headers: { Accept: 'text/csv' }, parseAs: 'stream' } as const
/** The order in which no row moves while the file is read: each is there once. */
const STEADY = '-created_at'

/** All tickets of a list; `zone` is the one whose days the address speaks of. */
export function ticketsExport({ sort, ...filters }: TicketsSearch, zone: string): Export {
  // Those who wait are a list of their own, in its own order.
  const query = { ...ticketFilters(filters, zone), sort: sort === 'waiting_since' ? sort : STEADY } as const
  return (signal) => api.GET('/api/admin/tickets', { ...AS_FILE, params: { query }, signal })
}

/** All ratings of a list. */
export function feedbackExport(filters: FeedbackFilters): Export {
  const query = feedbackFilters(filters)
  return (signal) => api.GET('/api/admin/feedback', { ...AS_FILE, params: { query }, signal })
}

/** All customers of a list, with their figures. */
export function insightsExport(search: InsightsSearch): Export {
  const { sort: _, ...filters } = search
  const query = { ...filters, sort: STEADY } as const
  return (signal) => api.GET('/api/admin/customer-insights', { ...AS_FILE, params: { query }, signal })
}

/** All people of a list. */
export function usersExport(search: UsersSearch): Export {
  const { sort: _, tab: _tab, role, active, ...filters } = search
  const query = {
    ...filters,
    role: role?.join(','),
    active: active && active === 'true',
    sort: STEADY,
  } as const
  return (signal) => api.GET('/api/admin/users', { ...AS_FILE, params: { query }, signal })
}

/** Bytes that are gathered before they are handed to the browser, which may keep them on the disk. */
const GATHERED = 4 * 1024 * 1024

/**
 * Reads a file to its end, telling how many bytes there are so far. A file that breaks off is an
 * error, and none of it is returned.
 */
export async function readFile(
  asked: Promise<FileAnswer>,
  onProgress: (bytes: number) => void,
): Promise<{ name: string; parts: BlobPart[] }> {
  const [data, { response }] = await Promise.all([unwrap(asked), asked])
  const parts: BlobPart[] = []
  let gathered: Uint8Array<ArrayBuffer>[] = []
  let waiting = 0
  let bytes = 0
  const reader = (data ?? new Blob().stream()).getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(brokenOff)
    if (done) break
    gathered.push(value)
    waiting += value.byteLength
    bytes += value.byteLength
    if (waiting >= GATHERED) {
      parts.push(new Blob(gathered))
      gathered = []
      waiting = 0
    }
    onProgress(bytes)
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')
  return { name: name?.[1] ?? 'export.csv', parts: [...parts, ...gathered] }
}

function brokenOff(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
  throw networkError(cause)
}
