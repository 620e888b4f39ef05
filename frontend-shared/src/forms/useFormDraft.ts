import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { newCall, type CallPlace, type FormCall } from '../api/callKeys.ts'
import type { Session } from '../session/session.ts'
import { useMe, useSession } from '../session/SessionProvider.tsx'

const PREFIX = 'bsm-draft'
const SAVE_AFTER_MS = 300
const KEEP_MS = 30 * 86_400_000

interface Stored<T> {
  at: number
  values: T
  /** Drafts of earlier versions have none. */
  call?: FormCall
}

export interface FormDraft<T> {
  values: T
  setValues: (values: T) => void
  /** The values of this moment, for answers that come later than they were drawn. */
  latest: () => T
  /** True when the values came back from before a reload or an expired session. */
  restored: boolean
  /**
   * The form's call, for `useApiMutation`. It is kept with the values and comes back with them:
   * what is sent again, also by another tab, is done once.
   */
  call: CallPlace
  /** Writes the values down at once, not a moment later. */
  keep: () => void
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
  const session = useSession()
  const user = useMe().id
  const key = `${PREFIX}:${user}:${name}`
  const [start] = useState(() => read<T>(key))
  const [values, setValues] = useState<T>(start ? { ...initial, ...start.values } : initial)
  const [restored, setRestored] = useState(start !== null)
  const [firstCall] = useState(() => start?.call ?? newCall())
  const now = useRef({ values, call: firstCall, typed: start !== null })
  const unsaved = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const keep = () => {
    unsaved.current = false
    clearTimeout(timer.current)
    const { typed, ...draft } = now.current
    // Nothing is typed, and nothing sent that may have arrived: there is nothing to come back to.
    const worth = typed || draft.call.sent !== undefined
    if (worth && isHere(session, user)) write(key, draft)
    else forget(key, draft.call)
  }
  const keepUnsaved = useEffectEvent(() => {
    if (unsaved.current) keep()
  })

  useEffect(() => {
    const saveNow = () => keepUnsaved()
    openForms.add(saveNow)
    addEventListener('pagehide', saveNow)
    return () => {
      openForms.delete(saveNow)
      removeEventListener('pagehide', saveNow)
      saveNow()
    }
  }, [])

  const startFrom = (next: T) => {
    unsaved.current = false
    clearTimeout(timer.current)
    forget(key, now.current.call)
    now.current = { values: next, call: newCall(), typed: false }
    setRestored(false)
    setValues(next)
  }

  return {
    values,
    restored,
    latest: () => now.current.values,
    setValues: (next) => {
      now.current = { ...now.current, values: next, typed: true }
      unsaved.current = true
      clearTimeout(timer.current)
      timer.current = setTimeout(keep, SAVE_AFTER_MS)
      setValues(next)
    },
    call: {
      get: () => now.current.call,
      set: (call) => {
        now.current = { ...now.current, call }
        keep()
      },
    },
    keep,
    clear: () => startFrom(initial),
    startFrom,
  }
}

/** The forms of this page, each to write down at once what is typed into it. */
const openForms = new Set<() => void>()

/** Whether a person has typed something on this device that is not sent, up to this moment. */
export function hasDrafts(user: string): boolean {
  for (const saveNow of openForms) saveNow()
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

/** Whoever signs out leaves nothing behind, not even by an answer that comes later. */
function isHere(session: Session, user: string): boolean {
  const state = session.getState()
  if (state.status === 'signed_in') return state.user.id === user
  return !(state.status === 'signed_out' && state.reason === 'signed_out')
}

function write<T>(key: string, draft: { values: T; call: FormCall }): void {
  const stored: Stored<T> = { at: Date.now(), ...draft }
  try {
    localStorage.setItem(key, JSON.stringify(stored))
  } catch {
    // No room, or storage is off: the form works on without a draft.
  }
}

function read<T>(key: string): Stored<T> | null {
  try {
    const text = localStorage.getItem(key)
    if (text === null) return null
    const stored = JSON.parse(text) as Stored<T>
    if (Date.now() - stored.at < KEEP_MS) return stored
    localStorage.removeItem(key)
  } catch {
    remove(key)
  }
  return null
}

/** Forgets the draft that a call belongs to; another tab may have put one of its own there. */
function forget(key: string, call: FormCall): void {
  const other = read<unknown>(key)?.call
  if (other === undefined || other.key === call.key) remove(key)
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Storage is off, so there is nothing to forget.
  }
}
