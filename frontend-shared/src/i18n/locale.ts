import { createContext, use } from 'react'

/** In which language, zone and direction the reader sees texts, dates and numbers. */
export interface Locale {
  /** BCP 47, "en". */
  language: string
  /** IANA; undefined means the browser's own. */
  timeZone: string | undefined
  direction: 'ltr' | 'rtl'
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur'])

export function localeOf(language: string, timeZone?: string | null): Locale {
  const base = language.split('-')[0] ?? language
  return {
    language,
    timeZone: isTimeZone(timeZone) ? timeZone : undefined,
    direction: RIGHT_TO_LEFT.has(base) ? 'rtl' : 'ltr',
  }
}

function isTimeZone(name: string | null | undefined): name is string {
  if (!name) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const LocaleContext = createContext<Locale>(localeOf('en'))

export function useLocale(): Locale {
  return use(LocaleContext)
}

/** The zone whose days the reader means: the one they chose, else their browser's. */
export function useZone(): string {
  return useLocale().timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
}
