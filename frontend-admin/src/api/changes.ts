import { hasCode } from 'frontend-shared/api'

/** How often a change is sent again when others keep changing other fields. */
const TRIES = 4

/** What a field holds; `assignee_id` is read off `assignee`. Empty values are alike. */
function valueOf(resource: object, field: string): string {
  const values = resource as Record<string, unknown>
  const link = field.endsWith('_id')
    ? (values[field.slice(0, -3)] as { id: string } | null | undefined)
    : null
  const value = link === null ? values[field] : link?.id
  return JSON.stringify(value ?? null)
}

/**
 * The fields that both I (from `base`) and somebody else changed, to different values.
 * Empty when my change can be sent again on top of theirs.
 */
export function clashes<C extends object>(changes: C, base: object, theirs: object): (keyof C & string)[] {
  return (Object.keys(changes) as (keyof C & string)[]).filter((field) => {
    const now = valueOf(theirs, field)
    return now !== valueOf(base, field) && now !== JSON.stringify(changes[field] ?? null)
  })
}

/** My changes without those that give way to theirs: of the fields that clash, only `mine` stand. */
export function settled<C extends object>(
  changes: C,
  clashing: readonly string[],
  mine: readonly string[],
): C {
  const gone = new Set<string>(clashing.filter((field) => !mine.includes(field)))
  return Object.fromEntries(Object.entries(changes).filter(([field]) => !gone.has(field))) as C
}

/** The part of `wanted` that differs from what is stored: the merge patch to send. */
export function changesTo<C extends object>(stored: object, wanted: C): Partial<C> {
  const entries = Object.entries(wanted).filter(
    ([field, value]) => JSON.stringify(value ?? null) !== valueOf(stored, field),
  )
  return Object.fromEntries(entries) as Partial<C>
}

/** What a form says now and did not say when it was sent. */
export function typedSince<V extends object>(sent: V, now: V | null): Partial<V> {
  const entries = Object.entries(now ?? sent).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify((sent as Record<string, unknown>)[field]),
  )
  return Object.fromEntries(entries) as Partial<V>
}

/**
 * Sends changes made from `base`. When somebody changed the resource in the meantime, they
 * are sent again on top of that, as long as the fields differ; otherwise the API's
 * `version_mismatch`, which carries theirs, is thrown.
 */
export async function sendChanges<T extends { version: number }, R = T>(
  base: T,
  changes: object,
  send: (version: { version: number }) => Promise<R>,
): Promise<R> {
  let version: { version: number } = base
  for (let tries = 1; ; tries += 1) {
    try {
      return await send(version)
    } catch (error) {
      if (!hasCode(error, 'version_mismatch') || tries === TRIES) throw error
      const theirs = error.problem.current as T
      if (clashes(changes, base, theirs).length > 0) throw error
      version = theirs
    }
  }
}
