import { useMemo } from 'react'
import { useLocale, type Locale } from './locale.ts'

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** Writers of dates, numbers and money for one locale. */
export function makeFormats({ language, timeZone }: Locale) {
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone })
  const dateTime = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  })
  const exact = new Intl.DateTimeFormat(language, {
    dateStyle: 'full',
    timeStyle: 'long',
    timeZone,
  })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const given = new Intl.NumberFormat(language, { maximumFractionDigits: 20 })
  const number = new Intl.NumberFormat(language)

  return {
    date: (time: string) => date.format(new Date(time)),
    dateTime: (time: string) => dateTime.format(new Date(time)),
    /** With seconds and the zone's name, for tooltips. */
    exact: (time: string) => exact.format(new Date(time)),
    number: (value: number) => number.format(value),
    /** A number with all its decimals, as somebody gave it; a huge one as programs write it. */
    given: (value: number) => (Math.abs(value) < 1e15 ? given.format(value) : String(value)),
    /** A day of the calendar, `YYYY-MM-DD`, which no time zone moves; what is none stays as it is. */
    day(text: string): string {
      const time = new Date(`${text}T00:00:00Z`)
      return Number.isNaN(time.getTime()) ? text : day.format(time)
    },
    percent: (share: number) =>
      new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share),
    /** "3 minutes ago"; null for less than a minute, which has words of its own. */
    relative(time: string, now: number): string | null {
      const seconds = (new Date(time).getTime() - now) / 1000
      for (const [unit, length] of UNITS) {
        if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit)
      }
      return null
    },
    /** Minor units in their currency; whole amounts go without decimals. */
    money(minor: number, currency: string): string {
      const format = new Intl.NumberFormat(language, { style: 'currency', currency })
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2
      const amount = minor / 10 ** digits
      if (!Number.isInteger(amount)) return format.format(amount)
      return new Intl.NumberFormat(language, {
        style: 'currency',
        currency,
        maximumFractionDigits: 0,
      }).format(amount)
    },
    /** "3 days", "2 hours": whole units of a length in seconds. */
    duration(seconds: number): string {
      const [unit, length] = UNITS.slice(3).find(([, size]) => seconds >= size) ?? ['minute', 60]
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'long',
        maximumFractionDigits: unit === 'minute' ? 0 : 1,
      }).format(seconds / length)
    },
    /** "14 days". */
    days: (count: number) =>
      new Intl.NumberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(count),
  }
}

export type Formats = ReturnType<typeof makeFormats>

/** The formats of the reader's locale. */
export function useFormats(): Formats {
  const locale = useLocale()
  return useMemo(() => makeFormats(locale), [locale])
}
