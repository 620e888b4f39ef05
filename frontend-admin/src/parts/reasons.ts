/** Reason codes of ratings ("slow_answer") as words; codes are open, so there is no list. */
export function reasonLabel(code: string): string {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
