const FIRST_MS = 500
const LONGEST_MS = 30_000

/**
 * How long to wait before try number `attempt` (from 0): doubling, with full jitter in the
 * upper half, so that thousands of clients do not return to a restarted server at once.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * random())
}
