import { describe, expect, it } from 'vitest'
import { stepsOf } from './steps.ts'

const line = (status: Parameters<typeof stepsOf>[0]['status'], resolved_at: string | null = null) =>
  stepsOf({ status, resolved_at }).map(({ step, state }) => `${step}:${state}`)

describe('the way of a ticket', () => {
  it('goes from received to closed', () => {
    expect(line('new')).toEqual(['new:now', 'open:ahead', 'resolved:ahead', 'closed:ahead'])
    expect(line('resolved', '2026-01-01T00:00:00Z')).toEqual([
      'new:done',
      'open:done',
      'resolved:now',
      'closed:ahead',
    ])
  })

  it('shows waiting in the place of progress', () => {
    expect(line('pending')[1]).toBe('pending:now')
  })

  it('ends early when the ticket was withdrawn', () => {
    expect(line('closed')).toEqual(['new:done', 'withdrawn:now'])
    expect(line('closed', '2026-01-01T00:00:00Z').at(-1)).toBe('closed:now')
  })
})
