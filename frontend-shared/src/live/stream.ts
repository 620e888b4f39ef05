import { readStream, type StreamMessage } from '@bsm-platform/client'
import type { LiveEvent } from '../api/types.ts'
import { backoffMs } from './backoff.ts'
import type { LiveMessage, LiveState } from './messages.ts'

/** The server writes a comment every 15 s; a connection silent for longer is dead. */
const SILENCE_MS = 40_000
/** Failed tries in a row after which people are told that they are offline. */
const OFFLINE_AFTER = 3

export interface StreamOptions {
  url: () => string
  getToken: () => Promise<string | null>
  /** Replaces the token that was refused or has run out; null when the session is over. */
  refresh: (refused: string) => Promise<string | null>
  emit: (message: LiveMessage) => void
  /** Where to resume; undefined for a stream that starts now. */
  position?: string | undefined
  signal: AbortSignal
  fetch?: typeof fetch
  /** Waits; ends early when the signal aborts or the network returns. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

type End = 'bye' | 'ended' | 'failed' | 'signed_out'

/**
 * Keeps one event stream open until `signal` aborts or the session ends: resumes after the
 * last event, waits longer after each failure, replaces a refused token.
 */
export async function runStream(options: StreamOptions): Promise<void> {
  const { signal, emit } = options
  const sleep = options.sleep ?? sleepOrOnline
  const connection = new Connection(options)
  let failures = 0
  emit({ kind: 'state', state: 'connecting' })
  while (!signal.aborted) {
    const end = await connection.run()
    if (signal.aborted || end === 'signed_out') return
    if (end === 'bye' && connection.opened) {
      failures = 0
      await sleep(backoffMs(0), signal)
      continue
    }
    failures = connection.opened ? 0 : failures + 1
    emit({ kind: 'state', state: stateAfter(failures) })
    await sleep(backoffMs(failures), signal)
  }
}

function stateAfter(failures: number): LiveState {
  const online = typeof navigator === 'undefined' || navigator.onLine !== false
  return failures >= OFFLINE_AFTER || !online ? 'offline' : 'reconnecting'
}

/** One connection after the other, with what must outlive each of them. */
class Connection {
  /** Whether the last run got as far as `hello`. */
  opened = false
  private position: string | undefined
  private token = ''
  private mustSync = false
  private byeReason: string | null = null

  constructor(private readonly options: StreamOptions) {
    this.position = options.position
  }

  async run(): Promise<End> {
    const { options } = this
    this.opened = false
    this.byeReason = null
    const watch = new AbortController()
    const stop = () => watch.abort()
    options.signal.addEventListener('abort', stop)
    // A connection may outlive the network for long without a sign; start anew at once.
    addEventListener('offline', stop)
    let timer = setTimeout(stop, SILENCE_MS)
    const alive = () => {
      clearTimeout(timer)
      timer = setTimeout(stop, SILENCE_MS)
    }
    try {
      const response = await this.open(watch.signal)
      if (response === null) return 'signed_out'
      if (!response.ok || !response.body) return 'failed'
      for await (const message of readStream(response.body, alive)) this.take(message)
      return await this.afterEnd()
    } catch {
      return 'failed'
    } finally {
      clearTimeout(timer)
      options.signal.removeEventListener('abort', stop)
      removeEventListener('offline', stop)
      watch.abort()
    }
  }

  private async open(signal: AbortSignal): Promise<Response | null> {
    let token = await this.options.getToken()
    if (token === null) return null
    let response = await this.request(token, signal)
    if (response.status === 401) {
      token = await this.options.refresh(token)
      if (token === null) return null
      response = await this.request(token, signal)
    }
    if (response.status === 400) {
      // The position is not one this server understands: start anew and fetch everything.
      this.position = undefined
      this.mustSync = true
    }
    return response
  }

  private request(token: string, signal: AbortSignal): Promise<Response> {
    this.token = token
    const headers: Record<string, string> = {
      Accept: 'text/event-stream',
      Authorization: `Bearer ${token}`,
    }
    if (this.position !== undefined) headers['Last-Event-ID'] = this.position
    const get = this.options.fetch ?? fetch
    return get(this.options.url(), { headers, signal, cache: 'no-store' })
  }

  private async afterEnd(): Promise<End> {
    if (this.byeReason === null || this.byeReason === 'shutdown') return 'ended'
    const token = await this.options.refresh(this.token)
    if (token === null) return 'signed_out'
    if (this.byeReason === 'rights_changed') this.mustSync = true
    return 'bye'
  }

  private take(message: StreamMessage): void {
    const { emit } = this.options
    const { id, event, data } = message
    switch (event) {
      case 'hello': {
        const resumed = this.position !== undefined
        this.opened = true
        this.moveTo(id)
        // Without a position to resume from, what happened before now may have been missed.
        if (!resumed || this.mustSync) emit({ kind: 'sync' })
        this.mustSync = false
        emit({ kind: 'state', state: 'live' })
        return
      }
      case 'position':
        this.moveTo(id)
        return
      case 'reset':
        this.moveTo(id)
        emit({ kind: 'sync' })
        return
      case 'bye':
        this.byeReason = reasonOf(data)
        return
      default: {
        const parsed = parseEvent(data)
        if (id !== undefined) this.position = id
        if (parsed) emit({ kind: 'event', event: parsed, position: id ?? parsed.id })
      }
    }
  }

  private moveTo(position: string | undefined): void {
    if (position === undefined || position === '') return
    this.position = position
    this.options.emit({ kind: 'position', position })
  }
}

function reasonOf(data: string): string {
  try {
    return String((JSON.parse(data) as { reason?: unknown }).reason)
  } catch {
    return 'shutdown'
  }
}

/** An event of a kind this build does not know is passed on; one that is no event is not. */
function parseEvent(data: string): LiveEvent | null {
  try {
    const value = JSON.parse(data) as LiveEvent
    return typeof value.type === 'string' && typeof value.subject?.id === 'string' ? value : null
  } catch {
    return null
  }
}

function sleepOrOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      removeEventListener('online', finish)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    addEventListener('online', finish)
    signal.addEventListener('abort', finish)
  })
}
