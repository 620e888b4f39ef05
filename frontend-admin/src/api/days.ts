const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000

/** A day as a date input writes it ("2026-11-22"), or undefined for anything else. */
export function day(value: unknown): string | undefined {
  if (typeof value !== 'string' || !DAY.test(value)) return undefined
  return Number.isNaN(Date.parse(value)) ? undefined : value
}

/** The first moment of a day in the reader's zone, in UTC. */
export function startOfDay(value: string | undefined): string | undefined {
  return value === undefined ? undefined : new Date(`${value}T00:00:00`).toISOString()
}

/** The first moment after a day in the reader's zone, in UTC: until then the day lasts, to the last microsecond. */
export function endOfDay(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const [year = 0, month = 1, date = 1] = value.split('-').map(Number)
  return new Date(year, month - 1, date + 1).toISOString()
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** The day that a moment lies in, in the reader's zone. */
export function dayOf(time: string): string {
  const at = new Date(time)
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
}

/** The reader's zone, as dates in the address are read in it. */
export function timeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The zone of the browser, where the reader has chosen none. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** What the calendar of a zone shows at a moment: "2026-11-22". */
export function dayOf(at: Date, zone: string): string {
  const parts = wall(at.getTime(), zone)
  return new Date(parts).toISOString().slice(0, 10)
}

/** What the calendar of a zone shows now. */
export function today(zone: string): string {
  return dayOf(new Date(), zone)
}

/** So many days later; earlier where it is less than none. */
export function addDays(value: string, days: number): string {
  return new Date(Date.parse(value) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The first moment of a day in a zone, in UTC: midnight, but where the clocks leave that out. */
export function dayBegins(value: string, zone: string): string {
  const midnight = Date.parse(value)
  const offset = (at: number) => wall(at, zone) - at
  const candidates = [-DAY_MS, 0, DAY_MS].map((hint) => midnight - offset(midnight + hint))
  const within = candidates.filter((at) => dayOf(new Date(at), zone) >= value)
  return new Date(Math.min(...within)).toISOString()
}

/** The time on the wall of a zone, as if it were universal time. */
function wall(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, date, hour, minute, second)
}
