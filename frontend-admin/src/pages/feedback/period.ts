import { addDays, momentsOf, type Moments } from '../../api/days.ts'
import type { FeedbackSearch } from '../../paths.ts'

/** How far back each preset goes, today included. */
const DAYS = { today: 1, '7d': 7, '30d': 30, '90d': 90, '12m': 365 } as const

export const PRESETS = ['today', '7d', '30d', '90d', '12m', 'all'] as const
export type Preset = (typeof PRESETS)[number]

/** Nothing was recorded before. */
const FIRST_DAY = '2000-01-01'

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
    const last = to ?? (from !== undefined && from > today ? from : today)
    const first = from ?? FIRST_DAY
    return made('own', first <= last ? first : last, first <= last ? last : first, zone)
  }
  if (period === 'all') return made('all', FIRST_DAY, today, zone)
  return made(period, addDays(today, 1 - DAYS[period]), today, zone)
}

function made(preset: Preset | 'own', first: string, last: string, zone: string): ReportPeriod {
  return { preset, first, last, moments: momentsOf(first, last, zone) }
}
