import type { LiveEvent } from '../api/types.ts'

/** live: the stream is open. reconnecting: being re-opened. offline: it failed repeatedly. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline'

/** What the stream tells the tabs. `sync`: events may have been missed, fetch all again. */
export type LiveMessage =
  | { kind: 'state'; state: LiveState }
  | { kind: 'event'; event: LiveEvent; position: string }
  | { kind: 'position'; position: string }
  | { kind: 'sync' }
