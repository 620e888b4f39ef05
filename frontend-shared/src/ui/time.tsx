import { useSyncExternalStore } from 'react'
import { useFormats } from '../i18n/formats.ts'
import { useSharedT } from '../i18n/catalogs.ts'

const TICK_MS = 30_000

/* One clock for all times on a page. */
let now = Date.now()
const readers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(reader: () => void): () => void {
  readers.add(reader)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const tell of readers) tell()
  }, TICK_MS)
  return () => {
    readers.delete(reader)
    if (readers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}

/** "3 hours ago", kept true while shown; the exact time in the tooltip and for machines. */
export function RelativeTime({ time }: { time: string }) {
  const t = useSharedT()
  const formats = useFormats()
  // A time from after the last tick (an event that just came) is now, not the future.
  const at = Math.max(useNow(), new Date(time).getTime())
  return (
    <time dateTime={time} title={formats.exact(time)}>
      {formats.relative(time, at) ?? t('common.just_now')}
    </time>
  )
}

/** "12 Nov 2026", with the time of day unless `dateOnly`. */
export function ExactTime({ time, dateOnly = false }: { time: string; dateOnly?: boolean }) {
  const formats = useFormats()
  return (
    <time dateTime={time} title={formats.exact(time)}>
      {dateOnly ? formats.date(time) : formats.dateTime(time)}
    </time>
  )
}
