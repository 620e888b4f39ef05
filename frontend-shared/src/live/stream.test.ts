import { describe, expect, it, vi } from 'vitest'
import { backoffMs } from './backoff.ts'
import { handlersFor } from './LiveProvider.tsx'
import type { LiveMessage } from './messages.ts'
import { runStream } from './stream.ts'

const event = (id: string) =>
  `id: ${id}\nevent: ticket.created\ndata: {"id":"${id}","type":"ticket.created","subject":{"kind":"ticket","id":"t"},"changes":{}}\n\n`
const hello = (id: string) => `id: ${id}\nevent: hello\ndata: {"position":"${id}"}\n\n`
const bye = (reason: string) => `event: bye\ndata: {"reason":"${reason}"}\n\n`
const stream = (...parts: string[]) => new Response(parts.join(''), { status: 200 })

/** Runs the stream over prepared answers; after the last one it is stopped. */
async function run(answers: (() => Response)[], options: { refresh?: () => Promise<string | null> } = {}) {
  const stop = new AbortController()
  const heard: LiveMessage[] = []
  const requests: Headers[] = []
  const waits: number[] = []
  const refresh = vi.fn(options.refresh ?? (() => Promise.resolve('fresh')))
  await runStream({
    url: () => '/api/customer/events',
    getToken: () => Promise.resolve('token'),
    refresh,
    signal: stop.signal,
    emit: (message) => heard.push(message),
    sleep: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
    fetch: (_, init) => {
      requests.push(new Headers(init?.headers))
      const next = answers.shift()
      if (!next) {
        stop.abort()
        return Promise.reject(new Error('stopped'))
      }
      return Promise.resolve(next())
    },
  })
  return { heard, requests, waits, refresh }
}

const kinds = (heard: LiveMessage[]) =>
  heard.map((message) => (message.kind === 'state' ? message.state : message.kind))

describe('the event stream', () => {
  it('asks for everything again when it starts without a position, then goes live', async () => {
    const { heard } = await run([() => stream(hello('p1'), event('p2'))])
    expect(kinds(heard)).toEqual(['connecting', 'position', 'sync', 'live', 'event', 'reconnecting'])
  })

  it('resumes after the last event, without asking for everything', async () => {
    const { heard, requests } = await run([
      () => stream(hello('p1'), event('p2')),
      () => stream(hello('p2'), event('p3')),
    ])
    expect(requests.map((headers) => headers.get('Last-Event-ID'))).toEqual([null, 'p2', 'p3'])
    expect(kinds(heard).filter((kind) => kind === 'sync')).toHaveLength(1)
    expect(kinds(heard).filter((kind) => kind === 'event')).toHaveLength(2)
  })

  it('asks for everything on reset', async () => {
    const { heard } = await run([
      () => stream(hello('p1')),
      () => stream('id: p9\nevent: reset\ndata: {}\n\n'),
    ])
    expect(kinds(heard).filter((kind) => kind === 'sync')).toHaveLength(2)
  })

  it('drops a position the server refuses, and then asks for everything', async () => {
    const { heard, requests } = await run([
      () => stream(hello('p1')),
      () => new Response(null, { status: 400 }),
      () => stream(hello('p5')),
    ])
    expect(requests[2]?.get('Last-Event-ID')).toBeNull()
    expect(kinds(heard).filter((kind) => kind === 'sync')).toHaveLength(2)
  })

  it('replaces a refused token once and stops when the session is over', async () => {
    const { requests, refresh } = await run(
      [() => new Response(null, { status: 401 }), () => stream(hello('p1'), bye('session_ended'))],
      { refresh: vi.fn().mockResolvedValueOnce('fresh').mockResolvedValueOnce(null) },
    )
    expect(requests.map((headers) => headers.get('Authorization'))).toEqual(['Bearer token', 'Bearer fresh'])
    expect(refresh).toHaveBeenCalledTimes(2)
  })

  it('asks for everything after a change of rights', async () => {
    const { heard } = await run([() => stream(hello('p1'), bye('rights_changed')), () => stream(hello('p1'))])
    expect(kinds(heard).filter((kind) => kind === 'sync')).toHaveLength(2)
    expect(kinds(heard).slice(0, -1)).not.toContain('reconnecting')
  })

  it('waits longer after each failure and says offline after three', async () => {
    const down = () => new Response(null, { status: 503 })
    const { heard, waits } = await run([down, down, down, down])
    expect(kinds(heard)).toEqual(['connecting', 'reconnecting', 'reconnecting', 'offline', 'offline'])
    expect(waits[3]).toBeGreaterThan(waits[0] ?? 0)
  })

  it('ignores data that is no event', async () => {
    const { heard } = await run([() => stream(hello('p1'), 'event: ticket.created\ndata: {oops\n\n')])
    expect(kinds(heard)).not.toContain('event')
  })
})

describe('backoffMs', () => {
  it('doubles up to half a minute, within its jitter', () => {
    expect(backoffMs(0, () => 0)).toBe(250)
    expect(backoffMs(0, () => 1)).toBe(500)
    expect(backoffMs(3, () => 1)).toBe(4000)
    expect(backoffMs(50, () => 1)).toBe(30_000)
  })
})

describe('handlersFor', () => {
  it('finds exact, subject-wide and general handlers', () => {
    const one = () => []
    const all = () => []
    expect(handlersFor({ 'ticket.rated': one, 'ticket.*': all, '*': all }, 'ticket.rated')).toEqual([
      one,
      all,
      all,
    ])
    expect(handlersFor({ 'ticket.*': all }, 'service.published')).toEqual([])
  })
})
