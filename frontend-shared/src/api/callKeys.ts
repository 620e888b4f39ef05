const PREFIX = 'bsm-call'
/** Servers keep answers for a day; a key that is older would be a new one to them. */
const FORM_KEEP_MS = 23 * 3_600_000
/** An act without a body, such as closing, may rightly be done again soon after. */
const ACT_KEEP_MS = 60_000

interface Kept {
  key: string
  at: number
}

/**
 * The key of a call, by whom and where it goes: the same until it is known to have been done,
 * through retries, another token and a reload of the tab, whatever becomes of its body
 * meanwhile. A body that was changed after the first one had arrived unheard is refused by the
 * server with `key_reused`: nothing is done twice behind the person's back.
 */
export function callKey(caller: string, path: string, hasBody: boolean): string {
  const name = nameOf(caller, path)
  const kept = read(name)
  if (kept && Date.now() - kept.at < (hasBody ? FORM_KEEP_MS : ACT_KEEP_MS)) return kept.key
  const key = randomKey()
  try {
    sessionStorage.setItem(name, JSON.stringify({ key, at: Date.now() } satisfies Kept))
  } catch {
    // No room, or storage is off: a reload then makes a new key.
    memory.set(name, { key, at: Date.now() })
  }
  return key
}

/** The call was done, or its key is used up: the next one is another call. */
export function forgetCallKey(caller: string, path: string): void {
  const name = nameOf(caller, path)
  memory.delete(name)
  try {
    sessionStorage.removeItem(name)
  } catch {
    // Storage is off: there is nothing in it.
  }
}

const memory = new Map<string, Kept>()
const nameOf = (caller: string, path: string) => `${PREFIX}:${caller}:${path}`

function read(name: string): Kept | null {
  try {
    const text = sessionStorage.getItem(name)
    if (text !== null) return JSON.parse(text) as Kept
  } catch {
    return null
  }
  return memory.get(name) ?? null
}

/** `crypto.randomUUID` exists in secure contexts only; a desk on plain http needs keys too. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
