import { describe, expect, it, vi } from 'vitest'
import { patchOnTop } from './conflict.ts'
import { ProblemError } from './problem.ts'

interface Ticket {
  version: number
  status: string
  assignee: { id: string } | null
}

const base: Ticket = { version: 1, status: 'open', assignee: null }
const mismatch = (current?: Ticket) =>
  new ProblemError({
    type: '',
    title: '',
    status: 412,
    detail: '',
    code: 'version_mismatch',
    request_id: 'r',
    current,
  })

describe('patchOnTop', () => {
  it('sends again by itself when others changed other fields', async () => {
    const theirs = { ...base, version: 2, assignee: { id: 'a' } }
    const done = { ...theirs, version: 3, status: 'pending' }
    const send = vi.fn().mockRejectedValueOnce(mismatch(theirs)).mockResolvedValueOnce(done)
    expect(await patchOnTop(base, ['status'], send)).toBe(done)
    expect(send.mock.calls).toEqual([[{ 'If-Match': '"1"' }], [{ 'If-Match': '"2"' }]])
  })

  it('leaves the choice to a person when the same field changed', async () => {
    const send = vi.fn().mockRejectedValue(mismatch({ ...base, version: 2, status: 'resolved' }))
    await expect(patchOnTop(base, ['status'], send)).rejects.toMatchObject({ code: 'version_mismatch' })
    expect(send).toHaveBeenCalledTimes(1)
  })

  it('gives up after three tries, and at once on other errors', async () => {
    const send = vi.fn().mockRejectedValue(mismatch({ ...base, version: 2 }))
    await expect(patchOnTop(base, ['status'], send)).rejects.toThrow()
    expect(send).toHaveBeenCalledTimes(3)
    const other = vi.fn().mockRejectedValue(new Error('x'))
    await expect(patchOnTop(base, ['status'], other)).rejects.toThrow('x')
    expect(other).toHaveBeenCalledTimes(1)
  })
})
