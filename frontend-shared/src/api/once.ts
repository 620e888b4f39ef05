import { newCall, type CallPlace, type Once } from './callKeys.ts'
import { hasCode, ProblemError } from '@bsm-platform/client'

/** What was sent first had arrived unheard, and what is sent now differs from it. */
export class DoneBefore extends ProblemError {
  constructor(
    cause: ProblemError,
    /** What was made of the first; null where that cannot be learned any more. */
    readonly before: unknown,
  ) {
    super(cause.problem, cause.retryAfter)
  }
}

/**
 * Does what a form is for, under the key of its call. The key and what is sent are kept before
 * they leave, since the tab may be gone before the answer comes. A key that turns out to be used
 * up is replaced, after the server was asked what the first call made; then `DoneBefore` is thrown.
 */
export async function doOnce<Input, Output>(
  place: CallPlace,
  input: Input,
  run: (input: Input, once: Once) => Promise<Output>,
): Promise<Output> {
  const { key, sent } = place.get()
  const once: Once = { 'Idempotency-Key': key }
  place.set({ key, sent: sent ?? plain(input) })
  try {
    return await run(input, once)
  } catch (error) {
    if (hasCode(error, 'key_reused')) {
      const before = sent === undefined ? null : await run(sent as Input, once).catch(() => null)
      place.set(newCall())
      throw new DoneBefore(error, before)
    }
    // A refusal means that nothing was done: what is sent next is the first again.
    if (isRefusal(error)) place.set({ key })
    throw error
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.code !== 'in_progress'
  )
}

/** As it comes back from storage. */
const plain = (input: unknown): unknown => (input === undefined ? null : JSON.parse(JSON.stringify(input)))
