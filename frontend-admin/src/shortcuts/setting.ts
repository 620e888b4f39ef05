import { useMe } from 'frontend-shared/session'
import { useSyncExternalStore } from 'react'

/*
 * Whether single-key shortcuts act. People who dictate, or whose hands tremble, need to be
 * able to turn them off (WCAG 2.1.4); kept on this device, apart for each person.
 */

const listeners = new Set<() => void>()
const keyOf = (user: string) => `bsm-shortcuts:${user}`
/** What was chosen on this page, for browsers whose storage is off. */
const chosen = new Map<string, boolean>()

function isOn(user: string): boolean {
  const now = chosen.get(user)
  if (now !== undefined) return now
  try {
    return localStorage.getItem(keyOf(user)) !== 'off'
  } catch {
    return true
  }
}

function turn(user: string, on: boolean): void {
  chosen.set(user, on)
  try {
    if (on) localStorage.removeItem(keyOf(user))
    else localStorage.setItem(keyOf(user), 'off')
  } catch {
    // Storage is off: the choice holds until the page is left.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether shortcuts are on for the person signed in, and the switch. */
export function useShortcutsSetting(): [boolean, (on: boolean) => void] {
  const user = useMe().id
  const on = useSyncExternalStore(subscribe, () => isOn(user))
  return [on, (next) => turn(user, next)]
}
