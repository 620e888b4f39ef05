import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { doOnce, fieldErrors, hasCode, useApiMutation, type Once } from 'frontend-shared/api'
import { useFormDraft } from 'frontend-shared/forms'
import { useSharedT } from 'frontend-shared/i18n'
import { useState } from 'react'
import { changesTo, clashes, sendChanges, settled, typedSince } from '../api/changes.ts'

interface Stored {
  id: string
  version: number
}

interface ContentEditor<R extends Stored, V extends object> {
  /** Names the draft on this device. */
  name: string
  /** What is stored; null while it is being made. */
  resource: R | null
  /** What the fields start with. */
  initial: V
  valuesOf: (resource: R) => V
  /** Says what is missing, by field, before the server is asked. */
  check: (values: V) => Record<string, string>
  create: (values: V, once: Once) => Promise<R>
  /** Where what was made can be looked at. */
  made?: (created: R) => { name: string; to: string }
  patch: (version: { version: number }, changes: Partial<V>) => Promise<R>
  keyOf: (id: string) => QueryKey
  /** Lists that show it. */
  listKey: QueryKey
}

/** What was read when typing began, and what is wanted instead. */
interface Edit<R, V> {
  base: R | null
  values: V | null
}

interface Save<R, V> {
  /** What is changed; null makes one. */
  from: R | null
  /** The changes; all values of what is made. */
  what: Partial<V>
  /** What is done with it once it is saved. */
  next?: (saved: R) => Promise<R>
}

/**
 * Edits a piece of content that has a working copy on the server. What is typed is kept on
 * this device until it is saved; a save on top of somebody else's goes through by itself
 * as long as the fields differ, and otherwise `conflict` shows theirs.
 */
export function useContentEditor<R extends Stored, V extends object>(options: ContentEditor<R, V>) {
  const { resource, initial, valuesOf, check, create, patch, keyOf, listKey } = options
  const client = useQueryClient()
  const shared = useSharedT()
  const draft = useFormDraft<Edit<R, V>>(options.name, { base: null, values: null })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [conflict, setConflict] = useState<R | null>(null)

  const base = draft.values.base ?? resource
  const values = draft.values.values ?? (resource ? valuesOf(resource) : initial)
  const changes: Partial<V> = base ? changesTo(base, values) : values
  const dirty = base ? Object.keys(changes).length > 0 : draft.values.values !== null

  const keep = (saved: R) => {
    client.setQueryData(keyOf(saved.id), saved)
    void client.invalidateQueries({ queryKey: [...listKey, 'list'] })
  }
  const forget = () => {
    draft.clear()
    setErrors({})
    setConflict(null)
  }
  /** It is saved: forgotten is what was typed up to then, not what was typed while it was sent. */
  const settle = (saved: R, sent: V) => {
    const later = typedSince(sent, draft.latest().values)
    forget()
    if (Object.keys(later).length > 0) {
      draft.setValues({ base: saved, values: { ...valuesOf(saved), ...later } })
    }
  }

  const onFailed = (error: unknown) => {
    if (base && hasCode(error, 'version_mismatch')) {
      const theirs = error.problem.current as R
      // Others keep changing other fields: the person tries again.
      if (clashes(changes, base, theirs).length === 0) return false
      setConflict(theirs)
      return true
    }
    if (hasCode(error, 'slug_taken')) {
      setErrors({ slug: error.problem.detail })
      return true
    }
    const found = fieldErrors(error, shared)
    setErrors(found)
    return Object.keys(found).length > 0
  }

  /** Saves what differs, if anything does. */
  const store = async (from: R, what: Partial<V>): Promise<R> => {
    if (Object.keys(what).length === 0) return from
    return sendChanges(from, what, (version) => patch(version, what))
  }

  const save = useApiMutation<Save<R, V>, R>({
    run: async ({ from, what, next }) => {
      if (from === null) {
        // The draft and its call stay until all is done: it is made once, even if publishing it fails.
        const made = await doOnce(draft.call, what as V, create)
        keep(made)
        return next ? next(made) : made
      }
      const saved = await store(from, what)
      keep(saved)
      settle(saved, values)
      return next ? next(saved) : saved
    },
    ...(options.made && { made: options.made }),
    onDone: (done, { from }) => {
      keep(done)
      if (from === null) forget()
    },
    onFailed,
  })

  return {
    values,
    errors,
    dirty,
    restored: draft.restored && dirty,
    busy: save.isPending,
    /** True when somebody saved a newer version than the one being edited. */
    overtaken: base !== null && resource !== null && dirty && resource.version > base.version,
    set: (next: Partial<V>) => draft.setValues({ base, values: { ...values, ...next } }),
    discard: forget,
    /** Saves, then perhaps publishes; `onDone` gets what stands then. */
    save: (onDone: (saved: R) => void, next?: (saved: R) => Promise<R>) => {
      const missing = check(values)
      setErrors(missing)
      if (Object.keys(missing).length === 0)
        save.mutate(
          { from: base, what: base ? changes : values, ...(next && { next }) },
          { onSuccess: onDone },
        )
    },
    conflict: conflict && {
      theirs: conflict,
      fields: base ? clashes(changes, base, conflict) : [],
      /** Theirs where both changed it; what else I changed stays, still unsaved. */
      keepTheirs: () => {
        keep(conflict)
        const mine = base ? settled(changes, clashes(changes, base, conflict), []) : changes
        draft.setValues({ base: conflict, values: { ...valuesOf(conflict), ...mine } })
        setConflict(null)
      },
      /** Decides nothing: what is typed stays, unsaved. */
      close: () => setConflict(null),
      /** Mine in these of the clashing fields, theirs in the others. */
      takeMine: (fields: string[], onDone: (saved: R) => void) => {
        const what = base ? settled(changes, clashes(changes, base, conflict), fields) : changes
        save.mutate({ from: conflict, what }, { onSuccess: (saved) => onDone(saved) })
      },
    },
  }
}
