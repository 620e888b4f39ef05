import type { Score } from 'frontend-shared/api'

/** What can be good about help: offered with 4 and 5 stars. */
const GOOD = ['fast', 'friendly', 'expert', 'clear'] as const
/** What can be bad about it: offered with 1 to 3 stars. */
const BAD = ['slow', 'not_solved', 'unclear', 'unfriendly', 'wrong_person'] as const

type Reason = (typeof GOOD)[number] | (typeof BAD)[number]

export const isGood = (score: Score): boolean => score >= 4

/** The reasons that fit a score. */
export function reasonsFor(score: Score): readonly Reason[] {
  return isGood(score) ? GOOD : BAD
}

/** The key of a reason's words; null for a code that this version does not know. */
export function reasonKey(code: string): `rating.reason_${Reason}` | null {
  const known = [...GOOD, ...BAD].find((reason) => reason === code)
  return known ? `rating.reason_${known}` : null
}
