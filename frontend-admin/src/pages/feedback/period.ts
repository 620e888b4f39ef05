import { addDays, momentsOf, type Moments } from '../../api/days.ts'
import type { FeedbackSearch } from '../../paths.ts'

/** How far back each preset goes, today included. */
const DAYS = { today: 1, '7d': 7, '30d': 30, '90d': 90, '12m': 365 } as const

export const PRESETS = ['today', '7d', '30d', '90d', '12m', 'all'] as const
export type Preset = (typeof PRESETS)[number]

/*
 * Days that a report can speak of: those that are whole, in every zone, between the moments that the
 * server knows. A year that is being typed is outside for as long.
 */
const FIRST_DAY = '2000-01-02'
const LAST_DAY = '2099-12-30'

function known(day: string): string {
  if (day < FIRST_DAY) return FIRST_DAY
  return day > LAST_DAY ? LAST_DAY : day
}

export interface ReportPeriod {
  /** What is chosen; `own` where days are given. */
  preset: Preset | 'own'
  first: string
  last: string
  moments: Moments
}

/** The days that an address asks for, both included, in a zone whose calendar shows `today`. */
export function periodOf(search: FeedbackSearch, today: string, zone: string): ReportPeriod {
  // Of one customer there are few ratings: all of them, unless less is asked for.
  const { from, to, customer, period = customer === undefined ? '30d' : 'all' } = search
  if (from !== undefined || to !== undefined) {
    const first = known(from ?? FIRST_DAY)
    const last = known(to ?? (first > today ? first : today))
    return first <= last ? made('own', first, last, zone) : made('own', last, first, zone)
  }
  if (period === 'all') return made('all', FIRST_DAY, today, zone)
  return made(period, addDays(today, 1 - DAYS[period]), today, zone)
}

function made(preset: Preset | 'own', first: string, last: string, zone: string): ReportPeriod {
  return { preset, first, last, moments: momentsOf(first, last, zone) }
}
