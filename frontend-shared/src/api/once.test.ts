import { expect, it, vi } from 'vitest'
import { newCall, type FormCall, type Once } from './callKeys.ts'
import { DoneBefore, doOnce } from './once.ts'
import { networkError, ProblemError } from '@bsm-platform/client'

const problem = (code: string, status: number) =>
  new ProblemError({ type: '', title: '', status, detail: '', code, request_id: 'r' })

/** A form that is open, and a server that answers in order. */
function open(...answers: (string | Error)[]) {
  let call: FormCall = newCall()
  const sent: { text: string; key: string }[] = []
  const run = vi.fn(({ text }: { text: string }, once: Once) => {
    sent.push({ text, key: once['Idempotency-Key'] })
    const answer = answers.shift() ?? 'done'
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  })
  const place = {
    get: () => call,
    set: (next: FormCall) => {
      call = next
    },
  }
  const send = (text: string) => doOnce(place, { text }, run).catch((error: unknown) => error)
  return { send, sent, call: () => call }
}

it('sends under one key until it is done, through lost answers, refusals and edits', async () => {
  const form = open(problem('invalid_body', 422), networkError(null), problem('unavailable', 503), 'made')
  for (const text of ['H', 'Hi', 'Hi', 'Hi']) await form.send(text)
  expect(new Set(form.sent.map(({ key }) => key)).size).toBe(1)
})

it('remembers what was sent as long as nobody knows what became of it, and no longer', async () => {
  const form = open(networkError(null), problem('invalid_body', 422))
  await form.send('first')
  expect(form.call().sent).toEqual({ text: 'first' })
  await form.send('second')
  expect(form.call().sent).toBeUndefined()
})

it('learns what was made of the first, where something else is sent after it arrived', async () => {
  const lost = networkError(null)
  const form = open(lost, lost, problem('key_reused', 422), 'ticket 1', 'ticket 2')
  await form.send('first')
  await form.send('between')
  const error = await form.send('second')
  expect(error).toBeInstanceOf(DoneBefore)
  expect((error as DoneBefore).before).toBe('ticket 1')
  expect(form.sent.map(({ text }) => text)).toEqual(['first', 'between', 'second', 'first'])
  expect(await form.send('second')).toBe('ticket 2')
  expect(form.sent[4]?.key).not.toBe(form.sent[0]?.key)
})
