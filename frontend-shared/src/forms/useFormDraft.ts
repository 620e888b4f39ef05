import { useEffect, useRef, useState } from 'react'
import { useMe } from '../session/SessionProvider.tsx'

const PREFIX = 'bsm-draft'
const SAVE_AFTER_MS = 300
const KEEP_MS = 30 * 86_400_000

interface Stored<T> {
  at: number
  values: T
}

export interface FormDraft<T> {
  values: T
  setValues: (values: T) => void
  /** True when the values came back from before a reload or an expired session. */
  restored: boolean
  /** Forgets the draft and returns to the start: after success, or when discarded. */
  clear: () => void
  /** Forgets the draft and goes on from values that are not worth keeping. */
  startFrom: (values: T) => void
}

/**
 * What is typed into a form, kept on this device through reloads, errors and expired
 * sessions, apart for each person. `name` says which form ("ticket-reply:TKT-12"); give the
 * component that calls this a `key` when the name can change.
 */
export function useFormDraft<T extends object>(name: string, initial: T): FormDraft<T> {
  const key = `${PREFIX}:${useMe().id}:${name}`
  const [start] = useState(() => read<T>(key))
  const [values, setValues] = useState<T>(start ? { ...initial, ...start } : initial)
  const [restored, setRestored] = useState(start !== null)
  const unsaved = useRef<T | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    const saveNow = () => save(key, unsaved)
    addEventListener('pagehide', saveNow)
    return () => {
      removeEventListener('pagehide', saveNow)
      saveNow()
    }
  }, [key])

  const startFrom = (next: T) => {
    unsaved.current = null
    clearTimeout(timer.current)
    remove(key)
    setRestored(false)
    setValues(next)
  }

  return {
    values,
    restored,
    setValues: (next) => {
      unsaved.current = next
      clearTimeout(timer.current)
      timer.current = setTimeout(() => save(key, unsaved), SAVE_AFTER_MS)
      setValues(next)
    },
    clear: () => startFrom(initial),
    startFrom,
  }
}

/** Whether a person has typed something on this device that is not sent. */
export function hasDrafts(user: string): boolean {
  return draftKeys(user).length > 0
}

/** Forgets everything that a person typed on this device. */
export function forgetDrafts(user: string): void {
  draftKeys(user).forEach(remove)
}

function draftKeys(user: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}:${user}:`))
  } catch {
    return []
  }
}

function save<T>(key: string, unsaved: { current: T | null }): void {
  if (unsaved.current === null) return
  const stored: Stored<T> = { at: Date.now(), values: unsaved.current }
  unsaved.current = null
  try {
    localStorage.setItem(key, JSON.stringify(stored))
  } catch {
    // No room, or storage is off: the form works on without a draft.
  }
}

function read<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(key)
    if (text === null) return null
    const stored = JSON.parse(text) as Stored<T>
    if (Date.now() - stored.at < KEEP_MS) return stored.values
    localStorage.removeItem(key)
  } catch {
    remove(key)
  }
  return null
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Storage is off, so there is nothing to forget.
  }
}
