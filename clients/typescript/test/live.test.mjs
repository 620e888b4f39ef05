// The built package against a running server with demo data: `BSM_URL=… node --test`.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { createClient, hasCode, isProblem, listen, readAll, unwrap } from '@bsm-platform/client'

const baseUrl = process.env['BSM_URL']

async function signIn(email) {
  const api = createClient({ baseUrl })
  const { access_token } = await unwrap(
    api.POST('/api/auth/login', { body: { email, password: 'demo-password' } }),
  )
  return { api: createClient({ baseUrl, token: access_token }), token: access_token }
}

const ana = await signIn('ana@acme.example')
const agent = await signIn('agent@demo.example')

const open = (subject, key = randomUUID()) =>
  unwrap(
    ana.api.POST('/api/customer/tickets', {
      params: { header: { 'Idempotency-Key': key } },
      body: { subject, description: 'Since this morning.' },
    }),
  )

test('a ticket is made once, however often it is sent with its key', async () => {
  const key = randomUUID()
  const ticket = await open('The printer is silent', key)
  assert.equal(ticket.status, 'new')
  assert.equal((await open('The printer is silent', key)).id, ticket.id)
})

test('a list is read page by page', async () => {
  const made = await open('On some page')
  const numbers = new Set()
  for await (const ticket of readAll((cursor) =>
    unwrap(ana.api.GET('/api/customer/tickets', { params: { query: { limit: 2, cursor } } })),
  )) {
    numbers.add(ticket.number)
  }
  assert.ok(numbers.has(made.number))
  assert.ok(numbers.size > 2)
})

test('filters of several values are written as the API reads them', async () => {
  const { items } = await unwrap(
    agent.api.GET('/api/admin/tickets', { params: { query: { status: ['new', 'open'], limit: 50 } } }),
  )
  assert.ok(items.length > 0)
  assert.ok(items.every((ticket) => ['new', 'open'].includes(ticket.status)))
})

test('an event is heard, and again after its predecessor', { timeout: 20_000 }, async () => {
  const stop = new AbortController()
  const options = { url: `${baseUrl}/api/admin/events`, token: agent.token, signal: stop.signal }
  let ticket
  let start
  for await (const message of listen(options)) {
    if (message.type === 'hello') {
      start = message.id
      ticket = await open('Somebody listens')
    }
    if (message.type === 'ticket.created' && message.data.subject.id === ticket?.id) break
  }
  for await (const message of listen({ ...options, after: start })) {
    if (message.type === 'ticket.created') {
      assert.equal(message.data.subject.id, ticket.id)
      break
    }
  }
  stop.abort()
})

test('problems say what is wrong', async () => {
  const bad = await ana.api.POST('/api/customer/tickets', { body: { subject: '', description: '' } })
  assert.ok(isProblem(bad.error))
  assert.equal(bad.error.code, 'invalid_body')
  assert.deepEqual(bad.error.errors.map((field) => field.pointer).toSorted(), ['/description', '/subject'])

  const path = { id: randomUUID() }
  await assert.rejects(unwrap(ana.api.GET('/api/customer/tickets/{id}', { params: { path } })), (error) =>
    hasCode(error, 'not_found'),
  )

  const { id } = await open('Not resolved yet')
  await assert.rejects(
    unwrap(
      ana.api.PUT('/api/customer/tickets/{id}/rating', { params: { path: { id } }, body: { score: 5 } }),
    ),
    (error) => hasCode(error, 'ticket_not_resolved') && error.status === 409,
  )
})
