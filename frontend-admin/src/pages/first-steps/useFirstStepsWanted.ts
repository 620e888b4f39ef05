import { useIsAdmin } from 'frontend-shared/session'
import { useCallback, useState } from 'react'

const KEY = 'bsm-first-steps'
const DONE = 'done'

/**
 * Whether an admin is led through the first steps, and how that ends: they were taken, or hidden.
 * It is remembered by the device, so that a desk that is set up is not asked again each morning.
 */
export function useFirstStepsWanted(): [boolean, () => void] {
  const isAdmin = useIsAdmin()
  const [over, setOver] = useState(() => read() === DONE)
  const end = useCallback(() => {
    setOver(true)
    try {
      localStorage.setItem(KEY, DONE)
    } catch {
      // Without storage they are asked again; nothing else is lost.
    }
  }, [])
  return [isAdmin && !over, end]
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
