import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react'
import { countUpdates, hold, rowsToShow, type Held } from './steadyRows.ts'

/** Further down than this, somebody is reading: nothing above them may grow. */
const TOP_PX = 160

/** True while nobody is at the list: at its top, no pointer over it, no focus inside. */
function isIdle(frame: RefObject<HTMLElement | null>): boolean {
  const element = frame.current
  if (!element || document.hidden) return true
  if (element.matches(':hover') || element.contains(document.activeElement)) return false
  return window.scrollY < TOP_PX
}

/**
 * Keeps a live list still while somebody uses it. New orders are taken over at once while
 * the list is idle. Otherwise the rows stay where they are, change in place, and `updates`
 * says what waits for `show`.
 */
export function useSteadyRows<T extends { id: string; updated_at: string }>(list: string, fresh: T[]) {
  const frame = useRef<HTMLDivElement>(null)
  const [held, setHeld] = useState<Held<T>>(() => hold(null, list, fresh))
  const isOther = held.list !== list
  // Another list is shown at once; this render is thrown away by React.
  if (isOther) setHeld(hold(null, list, fresh))
  const updates = isOther ? 0 : countUpdates(held, fresh)

  const show = () => setHeld((before) => hold(before, list, fresh))
  const takeIfIdle = useEffectEvent(() => {
    if (updates > 0 && isIdle(frame)) show()
  })

  // What came is taken over now, or once nobody is in its way any more.
  useEffect(() => {
    if (updates === 0) return
    const take = () => takeIfIdle()
    const timer = setTimeout(take)
    const element = frame.current
    element?.addEventListener('pointerleave', take)
    element?.addEventListener('focusout', take)
    document.addEventListener('visibilitychange', take)
    return () => {
      clearTimeout(timer)
      element?.removeEventListener('pointerleave', take)
      element?.removeEventListener('focusout', take)
      document.removeEventListener('visibilitychange', take)
    }
  }, [updates])

  return { frame, rows: rowsToShow(held, fresh), arrived: held.arrived, updates, show }
}
