import { useEffect, useRef, type RefObject } from 'react'

const INVALID = '[aria-invalid="true"], [data-error] input, [role="alert"] ~ * input'

/**
 * A ref for a form: when its errors change to some, the first field that has one gets the
 * focus, so that nobody has to look for what went wrong.
 */
export function useFocusInvalid(errors: Readonly<Record<string, string>>): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (Object.keys(errors).length === 0) return
    form.current?.querySelector<HTMLElement>(INVALID)?.focus()
  }, [errors])
  return form
}
