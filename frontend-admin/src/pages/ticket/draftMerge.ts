import type { DraftTexts } from '../../api/drafts.ts'

export const FIELDS = ['reply', 'note'] as const

/** A text that the same person wrote elsewhere, while there is another one here. */
export interface Elsewhere {
  field: (typeof FIELDS)[number]
  text: string
}

/**
 * What is written here, together with what came from another tab or device, both begun from
 * `base`. A text that changed on one side only is taken from there; where both sides changed
 * it, what is here stays in the field and what is not part of it is handed back.
 */
export function mergeDrafts(
  base: DraftTexts,
  mine: DraftTexts,
  theirs: DraftTexts,
): { texts: DraftTexts; elsewhere: Elsewhere[] } {
  const texts = { ...mine }
  const elsewhere: Elsewhere[] = []
  for (const field of FIELDS) {
    const now = theirs[field]
    if (now === base[field] || now === mine[field]) continue
    if (mine[field] === base[field]) texts[field] = now
    else if (!mine[field].includes(now)) {
      if (now.includes(mine[field])) texts[field] = now
      else elsewhere.push({ field, text: now })
    }
  }
  // Whoever has nothing here goes on with what they were writing there.
  if (mine.reply === '' && mine.note === '' && (texts.reply || texts.note)) {
    texts.visibility = theirs.visibility
  }
  return { texts, elsewhere }
}
