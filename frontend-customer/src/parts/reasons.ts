import type { Score } from 'frontend-shared/api'

/** The reasons that this version has words for; which of them fit a score the server says. */
const KNOWN = [
  'fast',
  'friendly',
  'expert',
  'clear',
  'slow',
  'not_solved',
  'unclear',
  'unfriendly',
  'wrong_person',
] as const

type Reason = (typeof KNOWN)[number]

export const isGood = (score: Score): boolean => score >= 4

/** The key of a reason's words; null for a code that this version does not know. */
export function reasonKey(code: string): `rating.reason_${Reason}` | null {
  const known = KNOWN.find((reason) => reason === code)
  return known ? `rating.reason_${known}` : null
}

/** The reasons that can be chosen with a score. */
export function reasonsFor<Code extends string>(
  score: Score | null,
  offered: readonly { score: Score; reasons: readonly Code[] }[],
): readonly Code[] {
  return offered.find((item) => item.score === score)?.reasons ?? []
}
