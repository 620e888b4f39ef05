/** The reasons that customers can give, what was good first; older ratings may have others. */
export const REASONS = [
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

export type Reason = (typeof REASONS)[number]

/** Reason codes of ratings ("not_solved") as words. */
export function reasonLabel(code: string): string {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
