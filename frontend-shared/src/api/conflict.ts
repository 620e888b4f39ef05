import { hasCode } from './problem.ts'
import { ifMatch } from './client.ts'

const TRIES = 3

/**
 * Sends a change that was made on `base`. When somebody else was faster but touched other
 * fields, it is sent again on top of theirs. Throws the `version_mismatch` (with theirs as
 * `problem.current`) when one of `fields` itself differs: then a person must choose.
 *
 * `fields` names what the change touches in the representation: `['assignee']` for a body
 * of `{ assignee_id }`.
 */
export async function patchOnTop<T extends { version: number }>(
  base: T,
  fields: readonly (keyof T)[],
  send: (header: { 'If-Match': string }) => Promise<T>,
): Promise<T> {
  let on = base
  for (let tries = 1; ; tries++) {
    try {
      return await send(ifMatch(on))
    } catch (error) {
      if (tries === TRIES || !hasCode(error, 'version_mismatch')) throw error
      const theirs = error.problem.current as T | undefined
      if (!theirs || fields.some((field) => !equal(theirs[field], base[field]))) throw error
      on = theirs
    }
  }
}

/** Both sides come from the same serializer, so equal values have equal texts. */
function equal(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
