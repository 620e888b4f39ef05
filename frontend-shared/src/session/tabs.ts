/** A channel between the tabs of one origin; silent where the browser has none. */
export interface TabChannel<T> {
  post(message: T): void
  close(): void
}

export function openChannel<T>(name: string, hear: (message: T) => void): TabChannel<T> {
  if (typeof BroadcastChannel === 'undefined') return { post: () => {}, close: () => {} }
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', (event: MessageEvent<T>) => hear(event.data))
  return { post: (message) => channel.postMessage(message), close: () => channel.close() }
}

/** True when tabs can wait for each other (secure contexts of current browsers). */
export function hasLocks(): boolean {
  return typeof navigator !== 'undefined' && navigator.locks != null
}

/** Runs `work` while no other tab runs under the same name; only in this tab without locks. */
export function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  return hasLocks() ? (navigator.locks.request(name, work) as Promise<T>) : work()
}
