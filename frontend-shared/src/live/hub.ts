import { apiUrl } from '../api/config.ts'
import type { Session } from '../session/session.ts'
import { hasLocks, openChannel, type TabChannel } from '../session/tabs.ts'
import type { LiveMessage, LiveState } from './messages.ts'
import { runStream } from './stream.ts'

/** Between tabs: what the leader heard, and a new tab asking for the present state. */
type TabMessage =
  | { kind: 'heard'; user: string; message: LiveMessage }
  | { kind: 'present'; user: string; state: LiveState; position: string | undefined }
  | { kind: 'who' }

type Listener = (message: LiveMessage) => void

/**
 * One event stream for all tabs of a portal. The tab that holds the lock opens it and
 * tells the others; when it goes, the next one resumes at the last position heard.
 * Browsers without locks or channels open one stream a tab.
 */
export class LiveHub {
  private state: LiveState = 'connecting'
  private position: string | undefined
  private channel: TabChannel<TabMessage> | null = null
  private leads = false
  private readonly listeners = new Set<Listener>()
  private readonly stateListeners = new Set<() => void>()

  constructor(
    private readonly session: Session,
    private readonly user: string,
  ) {}

  getState = (): LiveState => this.state

  subscribeState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener)
    return () => this.stateListeners.delete(listener)
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Starts taking part. The answer stops it. */
  start(): () => void {
    const stop = new AbortController()
    const name = `bsm-live-${this.session.portal}`
    if (hasLocks() && typeof BroadcastChannel !== 'undefined') {
      this.channel = openChannel<TabMessage>(name, (message) => this.hear(message))
      this.channel.post({ kind: 'who' })
      navigator.locks
        .request(`${name}-${this.user}`, { signal: stop.signal }, () => this.lead(stop.signal))
        .catch(() => {
          // Stopped while waiting for its turn: another tab leads, nothing to undo.
        })
    } else {
      void this.lead(stop.signal)
    }
    return () => {
      stop.abort()
      this.channel?.close()
      this.channel = null
      this.leads = false
    }
  }

  private async lead(signal: AbortSignal): Promise<void> {
    this.leads = true
    await runStream({
      url: () => apiUrl(`/api/${this.session.portal}/events`),
      getToken: () => this.session.getToken(),
      refresh: (refused) => this.session.refresh(refused),
      position: this.position,
      signal,
      emit: (message) => {
        this.take(message)
        this.channel?.post({ kind: 'heard', user: this.user, message })
      },
    })
  }

  private hear(message: TabMessage): void {
    if (message.kind === 'who') {
      if (!this.leads) return
      const { user, state, position } = this
      this.channel?.post({ kind: 'present', user, state, position })
    } else if (message.user !== this.user || this.leads) {
      return
    } else if (message.kind === 'present') {
      this.position = message.position
      this.take({ kind: 'state', state: message.state })
    } else {
      this.take(message.message)
    }
  }

  private take(message: LiveMessage): void {
    if (message.kind === 'event' || message.kind === 'position') this.position = message.position
    if (message.kind === 'state') {
      if (this.state === message.state) return
      this.state = message.state
      for (const listener of this.stateListeners) listener()
    } else {
      for (const listener of this.listeners) listener(message)
    }
  }
}
