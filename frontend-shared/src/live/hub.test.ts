import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Session } from '../session/session.ts'
import { LiveHub } from './hub.ts'
import type { LiveMessage } from './messages.ts'

/** Web Locks for one name at a time, as a browser grants them. */
function fakeLocks() {
  let last: Promise<unknown> = Promise.resolve()
  return {
    request(_: string, options: { signal: AbortSignal }, work: () => Promise<void>) {
      const turn = last.then(() => (options.signal.aborted ? Promise.reject(new Error('aborted')) : work()))
      last = turn.catch(() => {})
      return turn
    },
  }
}

/** A server that keeps each stream open until its client leaves. */
function fakeServer() {
  const streams: { send: (text: string) => void; lastEventId: string | null }[] = []
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const send = (text: string) => controller.enqueue(new TextEncoder().encode(text))
        streams.push({ send, lastEventId: new Headers(init.headers).get('Last-Event-ID') })
        init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')))
        send(`id: p${streams.length}\nevent: hello\ndata: {}\n\n`)
      },
    })
    return Promise.resolve(new Response(body))
  })
  return streams
}

const session = {
  portal: 'customer',
  getToken: () => Promise.resolve('token'),
  refresh: () => Promise.resolve(null),
} as unknown as Session

const event = (id: string) =>
  `id: ${id}\nevent: ticket.created\ndata: {"id":"${id}","type":"ticket.created","subject":{"kind":"ticket","id":"t"}}\n\n`

function tab() {
  const hub = new LiveHub(session, 'u1')
  const heard: LiveMessage['kind'][] = []
  hub.subscribe((message) => heard.push(message.kind))
  return { hub, heard, stop: hub.start() }
}

describe('LiveHub', () => {
  const stops: (() => void)[] = []
  afterEach(() => {
    for (const stop of stops.splice(0)) stop()
  })

  it('opens one stream for all tabs, and the next tab resumes when the leader goes', async () => {
    const streams = fakeServer()
    vi.stubGlobal('navigator', { locks: fakeLocks(), onLine: true })
    const first = tab()
    const second = tab()
    stops.push(first.stop, second.stop)
    await vi.waitFor(() => expect(first.hub.getState()).toBe('live'))
    await vi.waitFor(() => expect(second.hub.getState()).toBe('live'))
    expect(streams).toHaveLength(1)

    streams[0]?.send(event('p7'))
    await vi.waitFor(() => expect(second.heard).toContain('event'))
    expect(first.heard).toContain('event')

    first.stop()
    await vi.waitFor(() => expect(streams).toHaveLength(2))
    expect(streams[1]?.lastEventId).toBe('p7')
    streams[1]?.send(event('p8'))
    await vi.waitFor(() => expect(second.heard.filter((kind) => kind === 'event')).toHaveLength(2))
    expect(second.heard.filter((kind) => kind === 'sync')).toHaveLength(1)
  })

  it('tells a tab that joins later how things stand', async () => {
    fakeServer()
    vi.stubGlobal('navigator', { locks: fakeLocks(), onLine: true })
    const first = tab()
    stops.push(first.stop)
    await vi.waitFor(() => expect(first.hub.getState()).toBe('live'))
    const late = tab()
    stops.push(late.stop)
    await vi.waitFor(() => expect(late.hub.getState()).toBe('live'))
    expect(late.heard).not.toContain('sync')
  })

  it('opens one stream a tab where tabs cannot wait for each other', async () => {
    const streams = fakeServer()
    vi.stubGlobal('navigator', { locks: undefined, onLine: true })
    stops.push(tab().stop, tab().stop)
    await vi.waitFor(() => expect(streams).toHaveLength(2))
  })
})
