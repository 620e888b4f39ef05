import { randomUUID } from 'node:crypto'
import { Listener } from './events.ts'

export const PASSWORD = 'demo-password'

export const ADMIN = 'admin@demo.example'
export const AGENT = 'agent@demo.example'
export const ANA = 'ana@acme.example'
export const BEN = 'ben@acme.example'
export const CARLA = 'carla@globex.example'

interface Reference {
  id: string
  version: number
}

export interface TicketAnswer extends Reference {
  number: string
  status: string
  updated_at: string
}

/** Calls the API as one of the demo's people. */
export class Api {
  private readonly tokens = new Map<string, string>()

  constructor(private readonly address: string) {}

  /** Answers the body; throws on anything but success. */
  async call<T>(who: string, method: string, path: string, body?: unknown, version?: number): Promise<T> {
    const response = await fetch(this.address + path, {
      method,
      headers: {
        Authorization: `Bearer ${await this.tokenOf(who)}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
        ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

  /** A ticket of a customer's. */
  async openTicket(who: string, subject: string): Promise<TicketAnswer> {
    return this.call(who, 'POST', '/api/customer/tickets', { subject, description: 'Opened by a test.' })
  }

  async patchTicket(number: string, changes: Record<string, unknown>, who = AGENT): Promise<TicketAnswer> {
    const path = `/api/admin/tickets/${number}`
    const { version } = await this.call<Reference>(who, 'GET', path)
    return this.call(who, 'PATCH', path, changes, version)
  }

  async say(number: string, body: string, visibility: 'public' | 'internal', who = AGENT): Promise<void> {
    await this.call(who, 'POST', `/api/admin/tickets/${number}/messages`, { body, visibility })
  }

  /** A customer of their own for a test that changes the account. Answers the address. */
  async addCustomer(name: string): Promise<string> {
    const email = `${randomUUID().slice(0, 8)}@test.example`
    const body = { email, password: PASSWORD, name }
    const response = await fetch(`${this.address}/api/auth/register`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`registering answered ${response.status}: ${await response.text()}`)
    return email
  }

  /** Lets a user no longer in. */
  async deactivate(email: string): Promise<void> {
    const found = await this.call<{ items: (Reference & { email: string })[] }>(
      ADMIN,
      'GET',
      `/api/admin/users?q=${encodeURIComponent(email)}`,
    )
    const user = found.items.find((item) => item.email === email)
    if (!user) throw new Error(`no user ${email}`)
    await this.call(ADMIN, 'PATCH', `/api/admin/users/${user.id}`, { active: false }, user.version)
  }

  /** Hears what a person hears from now on. */
  async listen(who: string): Promise<Listener> {
    const audience = who.endsWith('@demo.example') ? 'admin' : 'customer'
    return Listener.open(this.address, `/api/${audience}/events`, await this.tokenOf(who))
  }

  private async tokenOf(who: string): Promise<string> {
    const known = this.tokens.get(who)
    if (known) return known
    const response = await fetch(`${this.address}/api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: who, password: PASSWORD }),
    })
    if (!response.ok) throw new Error(`signing in ${who} answered ${response.status}`)
    const { access_token } = (await response.json()) as { access_token: string }
    this.tokens.set(who, access_token)
    return access_token
  }
}
