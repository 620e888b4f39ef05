import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query'

/** Events that come in one piece are heard within this time. */
const GATHER_MS = 5
/** After one flush, and at most after those that follow each other. */
const REST_MS = 150
const LONGEST_REST_MS = 1000

/**
 * Gathers query keys and invalidates them together. One event shows at once, also the next one half a
 * second later; while they keep coming the rests between flushes double, so that a busy desk fetches a
 * list once a second and not with every event.
 */
export class Invalidator {
  private readonly keys = new Map<string, QueryKey>()
  private all = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastFlush = Number.NEGATIVE_INFINITY
  private rest = REST_MS

  constructor(private readonly client: QueryClient) {}

  add(keys: readonly QueryKey[]): void {
    for (const key of keys) this.keys.set(hashKey(key), key)
    if (this.keys.size > 0) this.schedule()
  }

  addAll(): void {
    this.all = true
    this.schedule()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private schedule(): void {
    if (this.timer !== undefined) return
    const wait = Math.max(GATHER_MS, this.lastFlush + this.rest - Date.now())
    this.timer = setTimeout(() => this.flush(), wait)
  }

  private flush(): void {
    this.timer = undefined
    const now = Date.now()
    const quiet = now - this.lastFlush > 2 * this.rest
    this.rest = quiet ? REST_MS : Math.min(2 * this.rest, LONGEST_REST_MS)
    this.lastFlush = now
    const keys = this.all ? [undefined] : [...this.keys.values()]
    this.all = false
    this.keys.clear()
    for (const queryKey of keys) {
      void this.client.invalidateQueries(queryKey === undefined ? {} : { queryKey })
    }
  }
}
