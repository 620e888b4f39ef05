import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { unwrap } from '@bsm-platform/client'
import { createApi } from '../api/client.ts'
import type { Operation } from '../api/operation.ts'
import type { Me } from '../api/types.ts'
import { rememberSession } from './hint.ts'
import { Session } from './session.ts'

const me = { id: 'u1', name: 'Ana', role: 'customer' } as Me
const login = (token: string, user = me) => Response.json({ access_token: token, expires_in: 600, user })
const refused = (code = 'unauthenticated') =>
  Response.json({ code, status: 401, title: '', detail: '', request_id: 'r' }, { status: 401 })

interface Call {
  path: string
  method: string
  token: string | null
  key: string | null
  body: string
}

/** Answers requests in order and keeps what was sent. */
function serve(...answers: (Response | null)[]): Call[] {
  const calls: Call[] = []
  vi.stubGlobal('fetch', async (input: string | Request, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(input, 'http://desk.test'), init)
    calls.push({
      path: new URL(request.url).pathname,
      method: request.method,
      token: request.headers.get('Authorization'),
      key: request.headers.get('Idempotency-Key'),
      body: await request.clone().text(),
    })
    const answer = answers.shift()
    if (!answer) throw new TypeError('no connection')
    return answer
  })
  return calls
}

beforeEach(() => {
  sessionStorage.clear()
  rememberSession('customer')
})
afterEach(() => void vi.useRealTimers())

describe('Session', () => {
  it('is signed out at start without a cookie, and unreachable without an answer', async () => {
    serve(refused())
    const session = new Session('customer')
    await session.start()
    expect(session.getState()).toEqual({ status: 'signed_out', reason: 'never' })
    rememberSession('customer')
    await session.start()
    expect(session.getState().status).toBe('unreachable')
  })

  it('asks nobody for a session that this browser never had', async () => {
    localStorage.clear()
    const calls = serve()
    const session = new Session('customer')
    await session.start()
    expect(session.getState()).toEqual({ status: 'signed_out', reason: 'never' })
    expect(calls).toEqual([])
  })

  it('tells an account of the other portal apart', async () => {
    serve(login('t1', { ...me, role: 'agent' }))
    const session = new Session('customer')
    await session.signIn('agent@desk.test', 'secret')
    expect(session.getState().status).toBe('wrong_portal')
    expect(await session.getToken()).toBeNull()
  })

  it('replaces a token once for many callers, before it runs out', async () => {
    const calls = serve(login('t1'), login('t2'))
    const session = new Session('customer')
    await session.start()
    vi.useFakeTimers({ now: Date.now() + 590_000, toFake: ['Date'] })
    expect(await Promise.all([session.getToken(), session.getToken()])).toEqual(['t2', 't2'])
    expect(calls).toHaveLength(2)
  })

  it('ends when the server no longer knows it, but not when it is out of reach', async () => {
    serve(login('t1'))
    const session = new Session('customer')
    await session.start()
    await expect(session.refresh('t1')).rejects.toThrow()
    expect(session.getState().status).toBe('signed_in')
    serve(refused())
    expect(await session.refresh('t1')).toBeNull()
    expect(session.getState()).toEqual({ status: 'signed_out', reason: 'expired' })
  })

  it('signs out at once and tells the server with the last token', async () => {
    const calls = serve(login('t1'), new Response(null, { status: 204 }))
    const session = new Session('customer')
    await session.start()
    await session.signOut()
    expect(session.getState()).toEqual({ status: 'signed_out', reason: 'signed_out' })
    expect(calls[1]).toMatchObject({ path: '/api/auth/logout', token: 'Bearer t1' })
  })

  it('signs other tabs out, and gives them new tokens', async () => {
    const calls = serve(login('t1'), login('t2'), new Response(null, { status: 204 }))
    const here = new Session('customer')
    const there = new Session('customer')
    await here.start()
    await vi.waitFor(() => expect(there.getState().status).toBe('signed_in'))
    await here.refresh('t1')
    await vi.waitFor(async () => expect(await there.getToken()).toBe('t2'))
    await here.signOut()
    await vi.waitFor(() => expect(there.getState().status).toBe('signed_out'))
    expect(calls).toHaveLength(3)
  })
})

interface Paths {
  '/api/customer/tickets': { post: Operation<{ id: string }, { body: { subject: string } }> }
}

describe('the API client', () => {
  it('repeats a refused request once with a new token, the same key and the same body', async () => {
    const calls = serve(login('t1'), refused(), login('t2'), Response.json({ id: 'x' }))
    const session = new Session('customer')
    await session.start()
    const api = createApi<Paths>(session)
    const ticket = await unwrap(api.POST('/api/customer/tickets', { body: { subject: 'Hi' } }))
    expect(ticket).toEqual({ id: 'x' })
    const [, first, , second] = calls
    expect(first).toMatchObject({ token: 'Bearer t1', body: '{"subject":"Hi"}' })
    expect(second).toMatchObject({ token: 'Bearer t2', body: '{"subject":"Hi"}' })
    expect(second?.key).toBe(first?.key)
    expect(first?.key).toMatch(/^[0-9a-f]{32}$/)
  })

  it('turns no answer into a network problem', async () => {
    serve(login('t1'))
    const session = new Session('customer')
    await session.start()
    const api = createApi<Paths>(session)
    const write = unwrap(api.POST('/api/customer/tickets', { body: { subject: 'Hi' } }))
    await expect(write).rejects.toMatchObject({ code: 'network' })
  })

  const problem = (code: string, status: number, headers = {}) =>
    Response.json({ code, status, title: '', detail: '', request_id: 'r' }, { status, headers })
  const open = async (...answers: (Response | null)[]) => {
    const calls = serve(login('t1'), ...answers)
    const session = new Session('customer')
    await session.start()
    const api = createApi<Paths>(session)
    const post = (subject: string) => unwrap(api.POST('/api/customer/tickets', { body: { subject } }))
    const keys = () => calls.slice(1).map(({ key }) => key)
    return { api, post, keys }
  }

  it('sends by itself again what nobody knows the outcome of, with the same key', async () => {
    const unavailable = problem('unavailable', 503, { 'Retry-After': '1' })
    const { post, keys } = await open(
      null,
      unavailable,
      problem('in_progress', 409),
      Response.json({ id: 'x' }),
    )
    expect(await post('Hi')).toEqual({ id: 'x' })
    expect(keys()).toHaveLength(4)
    expect(new Set(keys()).size).toBe(1)
  })

  it('gives each call a key of its own, and the one of its form to that of a form', async () => {
    const done = () => Response.json({ id: 'x' })
    const { api, keys } = await open(done(), done(), done())
    const post = (headers: Record<string, string>) =>
      unwrap(api.POST('/api/customer/tickets', { headers, body: { subject: 'Hi' } }))
    await post({})
    await post({})
    await post({ 'Idempotency-Key': 'of-a-form' })
    const [one, other, form] = keys()
    expect(one).toMatch(/^[0-9a-f]{32}$/)
    expect(other).not.toBe(one)
    expect(form).toBe('of-a-form')
  })
})
