import { ProblemError } from 'frontend-shared/api'
import { describe, expect, it } from 'vitest'
import { changesTo, clashes, sendChanges } from './changes.ts'

const base = { version: 1, status: 'open', priority: 'normal', subject: 'Printer', assignee: null }
const ana = { id: 'a', name: 'Ana' }

const mismatch = (current: object) =>
  new ProblemError({
    type: 'about:blank',
    title: '',
    status: 412,
    detail: '',
    code: 'version_mismatch',
    request_id: '',
    current,
  })

describe('clashes', () => {
  it('is empty when others changed other fields', () => {
    expect(clashes({ priority: 'high' }, base, { ...base, status: 'pending' })).toEqual([])
    expect(clashes({ assignee_id: 'b' }, base, { ...base, subject: 'Scanner' })).toEqual([])
  })

  it('names a field that has another value now', () => {
    expect(clashes({ priority: 'high' }, base, { ...base, priority: 'urgent' })).toEqual(['priority'])
    expect(clashes({ assignee_id: 'b' }, base, { ...base, assignee: ana })).toEqual(['assignee_id'])
    expect(clashes({ assignee_id: null }, { ...base, assignee: ana }, base)).toEqual([])
  })

  it('is empty when both chose the same', () => {
    expect(clashes({ priority: 'high' }, base, { ...base, priority: 'high' })).toEqual([])
    expect(clashes({ assignee_id: 'a' }, base, { ...base, assignee: ana })).toEqual([])
  })
})

describe('changesTo', () => {
  it('leaves out what is stored already', () => {
    expect(changesTo({ ...base, assignee: ana }, { subject: 'Printer', assignee_id: 'a' })).toEqual({})
    expect(changesTo(base, { subject: 'Fax', assignee_id: null })).toEqual({ subject: 'Fax' })
    expect(changesTo({ form: { fields: [] } }, { form: { fields: [{ id: 'x' }] } })).toEqual({
      form: { fields: [{ id: 'x' }] },
    })
  })
})

describe('sendChanges', () => {
  it('sends again on top of theirs when the fields differ', async () => {
    const versions: number[] = []
    const answer = await sendChanges(base, { priority: 'high' }, async ({ version }) => {
      versions.push(version)
      if (version < 3) throw mismatch({ ...base, version: version + 1, status: 'pending' })
      return base
    })
    expect(answer).toBe(base)
    expect(versions).toEqual([1, 2, 3])
  })

  it('throws theirs when the same field changed', async () => {
    const theirs = { ...base, version: 2, priority: 'low' }
    await expect(
      sendChanges(base, { priority: 'high' }, () => Promise.reject(mismatch(theirs))),
    ).rejects.toMatchObject({ problem: { current: theirs } })
  })
})
