import { apiIsRemote } from '../api/config.ts'
import { ProblemError } from '@bsm-platform/client'
import type { LoginAnswer, Me, Portal } from '../api/types.ts'
import { post } from './auth.ts'
import { forgetSession, mayHaveSession, rememberSession } from './hint.ts'
import { openChannel, withLock } from './tabs.ts'

export type SignedOutReason = 'never' | 'signed_out' | 'expired' | 'foreign_site'

export type SessionState =
  | { status: 'starting' }
  | { status: 'unreachable'; error: ProblemError }
  | { status: 'signed_out'; reason: SignedOutReason }
  | { status: 'wrong_portal'; user: Me }
  | { status: 'signed_in'; user: Me }

interface Token {
  value: string
  /** Milliseconds on this device's clock. */
  expiresAt: number
}

type TabMessage =
  | { kind: 'answer'; token: Token; user: Me }
  | { kind: 'user'; user: Me }
  | { kind: 'signed_out'; reason: SignedOutReason }

/** A token this close to its end is replaced before it is used. */
const SPARE_MS = 30_000

/**
 * Who is signed in to one portal, in every tab of the browser. The access token lives in
 * memory only; the refresh cookie, which no script can read, brings it back at start. Tabs
 * refresh one after the other and hand each other the result.
 */
export class Session {
  private state: SessionState = { status: 'starting' }
  private token: Token | null = null
  private refreshing: Promise<string | null> | null = null
  private readonly listeners = new Set<() => void>()
  private readonly channel

  constructor(readonly portal: Portal) {
    this.channel = openChannel<TabMessage>(`bsm-session-${portal}`, (message) => this.hear(message))
  }

  getState = (): SessionState => this.state

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Takes up the session the refresh cookie stands for, if there is one. */
  async start(): Promise<void> {
    if (!mayHaveSession(this.portal)) {
      this.end('never', false)
      return
    }
    try {
      const token = await this.refresh()
      if (token === null && this.state.status === 'starting') this.end('never', false)
    } catch (error) {
      this.set({ status: 'unreachable', error: error as ProblemError })
    }
  }

  /**
   * Signs in. Throws `ProblemError` (`invalid_credentials`, `rate_limited`, …). An account
   * of the other portal ends in `wrong_portal`, a browser that keeps no cookie for the API
   * in `signed_out` with `foreign_site`.
   */
  async signIn(email: string, password: string): Promise<void> {
    const answer = await post<LoginAnswer>('/api/auth/login', { email, password })
    if (!this.isOurs(answer.user)) {
      rememberSession(this.portal === 'customer' ? 'admin' : 'customer')
      this.set({ status: 'wrong_portal', user: answer.user })
      return
    }
    if (apiIsRemote() && !(await this.cookieArrives())) {
      this.end('foreign_site', false)
      return
    }
    if (this.state.status !== 'signed_in') this.accept(answer, true)
  }

  /** Ends the session here, in every other tab, and on the server. */
  async signOut(): Promise<void> {
    const token = this.token?.value
    this.end('signed_out', true)
    try {
      await post('/api/auth/logout', { portal: this.portal }, token)
    } catch (error) {
      if (!(error instanceof ProblemError) || error.isTemporary) throw error
    }
  }

  /** Forgets a session that the server has ended, here and in every other tab. */
  leave(): void {
    this.end('signed_out', true)
  }

  /** A token to send, replaced first when it is about to expire; null when signed out. */
  async getToken(): Promise<string | null> {
    if (this.token && this.token.expiresAt - SPARE_MS > Date.now()) return this.token.value
    if (this.state.status !== 'signed_in') return null
    return this.refresh()
  }

  /**
   * Replaces the token that was just refused (or the present one), once for all tabs.
   * Answers null, and ends the session, when the server no longer knows it. Throws when
   * the server cannot be reached.
   */
  refresh(refused: string | null = this.token?.value ?? null): Promise<string | null> {
    if (this.token && refused !== this.token.value) return Promise.resolve(this.token.value)
    this.refreshing ??= withLock(`bsm-refresh-${this.portal}`, () => this.refreshAlone(refused)).finally(
      () => {
        this.refreshing = null
      },
    )
    return this.refreshing
  }

  /** Takes over what the person changed about themselves (name, language, theme). */
  setUser(user: Me): void {
    if (this.state.status !== 'signed_in') return
    this.set({ status: 'signed_in', user })
    this.channel.post({ kind: 'user', user })
  }

  /** Leaves `wrong_portal` or a notice, back to the plain sign-in page. */
  reset(): void {
    if (this.state.status !== 'signed_in') this.end('never', false)
  }

  private async refreshAlone(refused: string | null): Promise<string | null> {
    // Another tab may have done it while this one waited for its turn.
    if (this.token && this.token.value !== refused) return this.token.value
    try {
      const answer = await post<LoginAnswer>('/api/auth/refresh', { portal: this.portal })
      this.accept(answer, true)
      return answer.access_token
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error
      if (this.state.status === 'signed_in') this.end('expired', true)
      return null
    }
  }

  private async cookieArrives(): Promise<boolean> {
    try {
      this.accept(await post<LoginAnswer>('/api/auth/refresh', { portal: this.portal }), true)
      return true
    } catch (error) {
      if (error instanceof ProblemError && (error.status === 401 || error.status === 403)) return false
      throw error
    }
  }

  private isOurs(user: Me): boolean {
    return (user.role === 'customer') === (this.portal === 'customer')
  }

  private accept(answer: LoginAnswer, tell: boolean): void {
    const token = { value: answer.access_token, expiresAt: Date.now() + answer.expires_in * 1000 }
    this.token = token
    rememberSession(this.portal)
    this.set({ status: 'signed_in', user: answer.user })
    if (tell) this.channel.post({ kind: 'answer', token, user: answer.user })
  }

  private end(reason: SignedOutReason, tell: boolean): void {
    this.token = null
    forgetSession(this.portal)
    this.set({ status: 'signed_out', reason })
    if (tell) this.channel.post({ kind: 'signed_out', reason })
  }

  private hear(message: TabMessage): void {
    if (message.kind === 'answer') {
      this.token = message.token
      this.set({ status: 'signed_in', user: message.user })
    } else if (message.kind === 'user') {
      if (this.state.status === 'signed_in') this.set({ status: 'signed_in', user: message.user })
    } else {
      this.end(message.reason, false)
    }
  }

  private set(state: SessionState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
