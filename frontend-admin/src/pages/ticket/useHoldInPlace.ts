import { useLayoutEffect, useRef, type RefObject } from 'react'

/**
 * Keeps an element where it is on the screen while somebody types in it and something
 * grows above it. `size` changes when that may have happened.
 */
export function useHoldInPlace(element: RefObject<HTMLElement | null>, size: number): void {
  const before = useRef<{ size: number; top: number } | null>(null)
  useLayoutEffect(() => {
    const node = element.current
    if (!node) return
    const last = before.current
    const top = node.getBoundingClientRect().top + window.scrollY
    if (last && last.size !== size && node.contains(document.activeElement)) {
      window.scrollBy({ top: top - last.top, behavior: 'instant' })
    }
    before.current = { size, top }
  })
}
