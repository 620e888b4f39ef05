const DAY = /^\d{4}-\d{2}-\d{2}$/

/** A day as a date input writes it ("2026-11-22"), or undefined for anything else. */
export function day(value: unknown): string | undefined {
  if (typeof value !== 'string' || !DAY.test(value)) return undefined
  return Number.isNaN(Date.parse(value)) ? undefined : value
}

/** The first moment of a day in the reader's zone, in UTC. */
export function startOfDay(value: string | undefined): string | undefined {
  return value === undefined ? undefined : new Date(`${value}T00:00:00`).toISOString()
}

/** The last moment of a day in the reader's zone, in UTC. */
export function endOfDay(value: string | undefined): string | undefined {
  return value === undefined ? undefined : new Date(`${value}T23:59:59.999`).toISOString()
}
