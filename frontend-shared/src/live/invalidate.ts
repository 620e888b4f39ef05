import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query'

/** Events that come in one piece are heard within this time. */
const GATHER_MS = 5
const REST_MS = 600

/**
 * Gathers query keys and invalidates them together, at most every `REST_MS`: one event
 * shows at once, a burst of a hundred does not fetch a list a hundred times.
 */
export class Invalidator {
  private readonly keys = new Map<string, QueryKey>()
  private all = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastFlush = Number.NEGATIVE_INFINITY

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
    const wait = Math.max(GATHER_MS, this.lastFlush + REST_MS - Date.now())
    this.timer = setTimeout(() => this.flush(), wait)
  }

  private flush(): void {
    this.timer = undefined
    this.lastFlush = Date.now()
    const keys = this.all ? [undefined] : [...this.keys.values()]
    this.all = false
    this.keys.clear()
    for (const queryKey of keys) {
      void this.client.invalidateQueries(queryKey === undefined ? {} : { queryKey })
    }
  }
}
