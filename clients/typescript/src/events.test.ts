import { describe, expect, it } from 'vitest'
import { listen } from './events.ts'
import { readAll } from './pages.ts'

const event = (id: string) => `id: ${id}\nevent: ticket.created\ndata: {"id":"${id}"}\n\n`

function answers(...list: (() => Response)[]) {
  const asked: (string | null)[] = []
  const get = (_: unknown, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('Last-Event-ID'))
    const next = list.shift()
    return next ? Promise.resolve(next()) : Promise.reject(new TypeError('no network'))
  }
  return { asked, get: get as typeof fetch }
}

describe('listening', () => {
  it('goes on after the last event, also after a failure', async () => {
    const { asked, get } = answers(
      () => new Response(event('1') + event('2')),
      () => new Response('<p>bad gateway</p>', { status: 502 }),
      () => new Response(event('3')),
    )
    const heard: unknown[] = []
    for await (const message of listen({ url: 'http://desk/events', token: 't', after: '0', fetch: get })) {
      heard.push(message.id)
      if (message.id === '3') break
    }
    expect(heard).toEqual(['1', '2', '3'])
    expect(asked).toEqual(['0', '2', '2'])
  })

  it('ends with a refusal that waiting does not mend', async () => {
    const problem = { code: 'unauthenticated', status: 401, title: 'Sign in', detail: '' }
    const { get } = answers(() => Response.json(problem, { status: 401 }))
    await expect(listen({ url: 'http://desk/events', token: 't', fetch: get }).next()).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })

  it('ends when it is told to', async () => {
    const stop = new AbortController()
    const { get } = answers(() => new Response(event('1')))
    for await (const _ of listen({
      url: 'http://desk/events',
      token: 't',
      signal: stop.signal,
      fetch: get,
    })) {
      stop.abort()
    }
    expect(stop.signal.aborted).toBe(true)
  })
})

describe('a list', () => {
  it('is read to its end, and no further than it is taken', async () => {
    const pages = [
      { items: [1, 2], next_cursor: 'a' },
      { items: [3], next_cursor: null },
    ]
    const asked: (string | undefined)[] = []
    const fetchPage = (cursor: string | undefined) => {
      asked.push(cursor)
      return Promise.resolve(pages[asked.length - 1]!)
    }
    const rows: number[] = []
    for await (const row of readAll(fetchPage)) rows.push(row)
    expect(rows).toEqual([1, 2, 3])
    expect(asked).toEqual([undefined, 'a'])
  })
})
