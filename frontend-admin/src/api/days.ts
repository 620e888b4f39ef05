const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000

/** A day of the calendar as a date input writes it ("2026-11-22"), or undefined for anything else. */
export function day(value: unknown): string | undefined {
  if (typeof value !== 'string' || !DAY.test(value)) return undefined
  const midnight = Date.parse(value)
  // Some browsers read the 30th of February as a day in March.
  return Number.isNaN(midnight) || written(midnight) !== value ? undefined : value
}

/** Moments of a period, in UTC; the second is the first after it. */
export interface Moments {
  from?: string | undefined
  to?: string | undefined
}

/** When days of a zone begin and end, both included; a side without a day is open. */
export function momentsOf(first: string | undefined, last: string | undefined, zone: string): Moments {
  return {
    from: first === undefined ? undefined : dayBegins(first, zone),
    to: last === undefined ? undefined : dayEnds(last, zone),
  }
}

/** The first moment of a day in a zone, in UTC: midnight, but where the clocks leave that out. */
export function dayBegins(value: string, zone: string): string {
  return beginning(Date.parse(value), zone)
}

/** The first moment after a day in a zone, in UTC: until then the day lasts, to the last microsecond. */
export function dayEnds(value: string, zone: string): string {
  return beginning(Date.parse(value) + DAY_MS, zone)
}

/** What the calendar of a zone shows at a moment: "2026-11-22". */
export function dayOf(at: Date, zone: string): string {
  return written(wall(at.getTime(), zone))
}

/** The last day of a period that ends before `to`. */
export function lastDayOf(to: string, zone: string): string {
  return dayOf(new Date(Date.parse(to) - 1), zone)
}

/** What the calendar of a zone shows now. */
export function today(zone: string): string {
  return dayOf(new Date(), zone)
}

/** So many days later; earlier where it is less than none. */
export function addDays(value: string, days: number): string {
  return written(Date.parse(value) + days * DAY_MS)
}

const written = (midnight: number) => new Date(midnight).toISOString().slice(0, 10)

/** The first moment at which a zone's wall shows this midnight or a later time. */
function beginning(midnight: number, zone: string): string {
  // The clocks may change close to midnight: the day before and after know the offsets there are.
  const offsets = [-DAY_MS, 0, DAY_MS].map((hint) => wall(midnight + hint, zone) - (midnight + hint))
  const within = offsets.map((offset) => midnight - offset).filter((at) => wall(at, zone) >= midnight)
  return new Date(Math.min(...within)).toISOString()
}

// A chart asks hundreds of times, and making a format takes longer than using it.
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, made)
  return made
}

/** The time on the wall of a zone, as if it were universal time. */
function wall(at: number, zone: string): number {
  const shownParts = clockOf(zone).formatToParts(at)
  const parts = Object.fromEntries(shownParts.map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts
  const shown = new Date(0)
  // Not Date.UTC, which takes the year 20 for 1920: a year is typed digit by digit.
  shown.setUTCFullYear(year, month - 1, date)
  return shown.setUTCHours(hour, minute, second)
}
