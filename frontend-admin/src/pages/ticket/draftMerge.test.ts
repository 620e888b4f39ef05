import { describe, expect, it } from 'vitest'
import type { DraftTexts } from '../../api/drafts.ts'
import { mergeDrafts } from './draftMerge.ts'

const draft = (reply: string, note = ''): DraftTexts => ({ visibility: 'public', reply, note })

describe('mergeDrafts', () => {
  it('takes each text from the side that changed it', () => {
    const { texts, elsewhere } = mergeDrafts(draft('a', 'b'), draft('a, more', 'b'), draft('a', 'b, too'))
    expect(texts).toEqual(draft('a, more', 'b, too'))
    expect(elsewhere).toEqual([])
  })

  it('takes the longer of two when it holds the other whole', () => {
    expect(mergeDrafts(draft(''), draft('Dear Ana'), draft('Dear')).texts.reply).toBe('Dear Ana')
    expect(mergeDrafts(draft(''), draft('Dear'), draft('Dear Ana')).texts.reply).toBe('Dear Ana')
  })

  it('empties what was sent elsewhere, unless something was written here since', () => {
    expect(mergeDrafts(draft('Sent'), draft('Sent'), draft('')).texts.reply).toBe('')
    expect(mergeDrafts(draft('Sent'), draft('Sent, and'), draft('')).texts.reply).toBe('Sent, and')
  })

  it('loses no text, whatever both sides did', () => {
    const words = ['', 'a', 'ab', 'b', 'Dear Ana', 'Dear Ben']
    for (const base of words)
      for (const mine of words)
        for (const theirs of words) {
          const { texts, elsewhere } = mergeDrafts(draft(base), draft(mine), draft(theirs))
          const kept = [texts.reply, ...elsewhere.map(({ text }) => text)].join('\n')
          if (mine !== base) expect(kept).toContain(mine)
          if (theirs !== base) expect(kept).toContain(theirs)
          if (mine !== base && !theirs.includes(mine)) expect(texts.reply).toBe(mine)
        }
  })
})
