import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { countUpdates, hold, rowsToShow, type Held } from './steadyRows.ts'

/** Further down than this, somebody is reading: nothing above them may grow. */
const TOP_PX = 160

/**
 * Keeps a live list still while somebody uses it. New orders are taken over at once while
 * the list is idle: at the top, no pointer over it, no focus inside. Otherwise the rows
 * stay where they are, change in place, and `updates` says what waits for `show`.
 */
export function useSteadyRows<T extends { id: string; updated_at: string }>(list: string, fresh: T[]) {
  const frame = useRef<HTMLDivElement>(null)
  const [held, setHeld] = useState<Held<T>>(() => hold(null, list, fresh))
  const current = held.list === list ? held : hold(null, list, fresh)
  const updates = countUpdates(current, fresh)

  const isIdle = () => {
    const element = frame.current
    if (!element || document.hidden) return true
    if (element.matches(':hover') || element.contains(document.activeElement)) return false
    return window.scrollY < TOP_PX
  }

  useLayoutEffect(() => {
    if (held.list !== list || (updates > 0 && isIdle())) setHeld((before) => hold(before, list, fresh))
  }, [held.list, list, fresh, updates])

  // What waited comes in once nobody is in its way any more.
  useEffect(() => {
    if (updates === 0) return
    const take = () => {
      if (isIdle()) setHeld((before) => hold(before, list, fresh))
    }
    const element = frame.current
    element?.addEventListener('pointerleave', take)
    document.addEventListener('visibilitychange', take)
    return () => {
      element?.removeEventListener('pointerleave', take)
      document.removeEventListener('visibilitychange', take)
    }
  }, [updates, list, fresh])

  return {
    frame,
    rows: rowsToShow(current, fresh),
    arrived: current.arrived,
    updates,
    show: () => setHeld((before) => hold(before, list, fresh)),
  }
}
