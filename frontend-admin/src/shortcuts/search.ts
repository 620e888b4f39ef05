import { useEffect, useRef } from 'react'

/** A search was asked for on a page that has none: the list it leads to takes the focus. */
let wanted = false

/** Puts the cursor into the page's search; answers false when the page has none. */
export function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('input[data-main-search]')
  if (field) {
    field.focus()
    field.select()
  }
  return field !== null
}

export function wantSearch(): void {
  wanted = true
}

/** For the page's main search field: `<SearchField {...useMainSearch()} />`. */
export function useMainSearch() {
  const ref = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!wanted) return
    wanted = false
    // After the frame has moved the focus into the new page.
    const timer = setTimeout(() => ref.current?.focus())
    return () => clearTimeout(timer)
  }, [])
  return { ref, 'data-main-search': true, 'aria-keyshortcuts': '/' } as const
}
