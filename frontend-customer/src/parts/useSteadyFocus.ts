import { useEffect, type RefObject } from 'react'

/**
 * Holds what has the focus where it is on the screen while something above it grows: a
 * message that arrives must not push away the field somebody is typing into.
 */
export function useSteadyFocus(growing: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = growing.current
    if (!element) return
    let last: number | null = null
    const below = (): Element | null => {
      const focused = document.activeElement
      if (!focused || focused === document.body) return null
      const position = element.compareDocumentPosition(focused)
      return position & Node.DOCUMENT_POSITION_FOLLOWING && !(position & Node.DOCUMENT_POSITION_CONTAINED_BY)
        ? focused
        : null
    }
    const remember = () => {
      last = below()?.getBoundingClientRect().top ?? null
    }
    const hold = new ResizeObserver(() => {
      const top = below()?.getBoundingClientRect().top
      if (top !== undefined && last !== null && Math.abs(top - last) > 1) window.scrollBy(0, top - last)
      remember()
    })
    hold.observe(element)
    const events = ['focusin', 'focusout', 'input', 'scroll'] as const
    for (const event of events) addEventListener(event, remember, { passive: true })
    return () => {
      hold.disconnect()
      for (const event of events) removeEventListener(event, remember)
    }
  }, [growing])
}
