import { ProblemError } from 'frontend-shared/api'
import { describe, expect, it } from 'vitest'
import { changesTo, clashes, sendChanges, settled } from './changes.ts'

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

  it('of fields that stay as they are minds only those: a deletion goes on when others changed', async () => {
    const gone = (theirs: object) =>
      sendChanges(base, { subject: base.subject }, async ({ version }) => {
        if (version === 1) throw mismatch({ ...base, version: 2, ...theirs })
        return null
      })
    expect(await gone({ status: 'closed' })).toBeNull()
    await expect(gone({ subject: 'Scanner' })).rejects.toMatchObject({ problem: { status: 412 } })
  })

  it('throws theirs when the same field changed', async () => {
    const theirs = { ...base, version: 2, priority: 'low' }
    await expect(
      sendChanges(base, { priority: 'high' }, () => Promise.reject(mismatch(theirs))),
    ).rejects.toMatchObject({ problem: { current: theirs } })
  })
})

describe('a merge', () => {
  type Things = Record<'a' | 'b' | 'c', string>
  const words = ['x', 'y', 'z']
  const all: Things[] = words.flatMap((a) => words.flatMap((b) => words.map((c) => ({ a, b, c }))))
  const start: Things = { a: 'x', b: 'x', c: 'x' }

  it('of any two edits keeps what one side changed, and asks about the rest', () => {
    for (const mine of all)
      for (const theirs of all) {
        const changes = changesTo<Things>(start, mine)
        const open = clashes(changes, start, theirs)
        for (const field of ['a', 'b', 'c'] as const) {
          const both = mine[field] !== 'x' && theirs[field] !== 'x' && mine[field] !== theirs[field]
          expect(open.includes(field)).toBe(both)
          const merged = { ...theirs, ...settled(changes, open, open) }
          expect(merged[field]).toBe(mine[field] === 'x' ? theirs[field] : mine[field])
          const given = { ...theirs, ...settled(changes, open, []) }
          expect(given[field]).toBe(both || mine[field] === 'x' ? theirs[field] : mine[field])
        }
      }
  })

  it('of the same change by both is no conflict', () => {
    const mine = { a: 'y', b: 'x', c: 'x' }
    expect(clashes(changesTo<Things>(start, mine), start, mine)).toEqual([])
  })

  it('lets mine stand in the chosen fields only', () => {
    expect(settled({ a: 'y', b: 'y', c: 'y' }, ['a', 'b'], ['b'])).toEqual({ b: 'y', c: 'y' })
  })
})
