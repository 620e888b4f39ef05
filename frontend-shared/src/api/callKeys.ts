/**
 * The call of a form: made when the form opens, kept as long as what is typed into it, and used
 * up once that is known to have been done.
 */
export interface FormCall {
  key: string
  /** What was sent with the key first, while nobody knows what became of it. */
  sent?: unknown
}

/** Where a form keeps its call: with its draft, or as long as it is open. */
export interface CallPlace {
  get: () => FormCall
  set: (call: FormCall) => void
}

/** Goes among the headers of a `POST` that a form makes. */
export interface Once {
  'Idempotency-Key': string
}

export const newCall = (): FormCall => ({ key: randomKey() })

const PREFIX = 'bsm-call'
/** An act, such as closing, may rightly be done again soon after. */
const ACT_KEEP_MS = 60_000

interface Kept {
  key: string
  at: number
}

/**
 * The key of an act that no form belongs to, by whom and where it goes: the same until it is
 * known to have been done, through retries, another token and a reload of the tab.
 */
export function actKey(caller: string, path: string): string {
  const name = nameOf(caller, path)
  const kept = read(name)
  if (kept && Date.now() - kept.at < ACT_KEEP_MS) return kept.key
  const key = randomKey()
  try {
    sessionStorage.setItem(name, JSON.stringify({ key, at: Date.now() } satisfies Kept))
  } catch {
    // No room, or storage is off: a reload then makes a new key.
    memory.set(name, { key, at: Date.now() })
  }
  return key
}

/** The act was done: the next one is another. */
export function forgetActKey(caller: string, path: string): void {
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
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
