import { useEffect, useRef, type RefObject } from 'react'

/**
 * Gives the focus back when a dialog goes: to `opener`, or to what had it before. The
 * library does so only for dialogs that stay mounted while closed.
 */
export function useReturnFocus(opener?: RefObject<HTMLElement | null>): void {
  const before = useRef(document.activeElement)
  useEffect(() => {
    const given = opener
    const last = before.current
    return () => {
      const element = given?.current ?? last
      setTimeout(() => {
        // Whoever took the focus since then keeps it.
        const free = document.activeElement === null || document.activeElement === document.body
        if (free && element instanceof HTMLElement) element.focus({ preventScroll: true })
      })
    }
  }, [opener])
}
