import { problemFrom } from './problem.ts'
import { readStream } from './stream.ts'

/** The server writes a comment every 15 s; a connection silent for longer is dead. */
const SILENCE_MS = 40_000
const WAIT_LEAST_MS = 500
const WAIT_MOST_MS = 30_000

export interface ListenOptions {
  /** The address of the stream, `…/api/customer/events` or `…/api/admin/events`. */
  url: string
  /** An API key or an access token, or what gives one that is fresh; asked for every connection. */
  token: string | (() => string | Promise<string>)
  /** The `id` of the last message taken; without, from now on. */
  after?: string | undefined
  /** Ends the listening. */
  signal?: AbortSignal
  fetch?: typeof fetch
}

/** One message of the stream. */
export interface Message {
  /** The place in the log after this message: keep it, and go on there with `after`. */
  id: string | undefined
  /**
   * `hello` (fetch what you show now), `reset` (fetch all again), `position`, `bye`, or the kind of
   * an event, `ticket.created` for example.
   */
  type: string
  /** What the message says; of an event: `{id, type, occurred_at, actor, subject, changes}`. */
  data: Record<string, unknown>
}

/**
 * Listens for as long as its signal lets it: after each end of the connection it goes on where it
 * was, waiting longer after each failure. A problem that waiting does not mend (401, 403, 400) is
 * thrown as a `ProblemError`.
 */
export async function* listen(options: ListenOptions): AsyncGenerator<Message, void> {
  let position = options.after
  let failures = 0
  const stopped = () => options.signal?.aborted === true
  while (!stopped()) {
    const watch = new AbortController()
    const stop = () => watch.abort()
    options.signal?.addEventListener('abort', stop)
    let timer = setTimeout(stop, SILENCE_MS)
    const alive = () => {
      clearTimeout(timer)
      timer = setTimeout(stop, SILENCE_MS)
    }
    try {
      for await (const { id, event, data } of readStream(
        await open(options, position, watch.signal),
        alive,
      )) {
        failures = 0
        if (id !== undefined && id !== '') position = id
        yield { id: position, type: event ?? 'message', data: JSON.parse(data) as Record<string, unknown> }
      }
    } catch (error) {
      if (stopped()) return
      if (isLasting(error)) throw error
      failures += 1
    } finally {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
      watch.abort()
    }
    await wait(pauseMs(failures), options.signal)
  }
}

async function open(
  { url, token, fetch: get = fetch }: ListenOptions,
  position: string | undefined,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const headers: Record<string, string> = {
    Accept: 'text/event-stream',
    Authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
  }
  if (position !== undefined) headers['Last-Event-ID'] = position
  const response = await get(url, { headers, signal, cache: 'no-store' })
  if (response.ok && response.body) return response.body
  throw problemFrom(response, await response.json().catch(() => null))
}

/** Whether the same call would be refused again. */
function isLasting(error: unknown): boolean {
  const status = (error as { status?: unknown }).status
  return typeof status === 'number' && status >= 400 && status < 500 && status !== 408 && status !== 429
}

function pauseMs(failures: number): number {
  const most = Math.min(WAIT_LEAST_MS * 2 ** failures, WAIT_MOST_MS)
  return most / 2 + (Math.random() * most) / 2
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal?.addEventListener('abort', finish)
    if (signal?.aborted) finish()
  })
}
