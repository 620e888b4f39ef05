import { apiUrl } from '../api/config.ts'
import { networkError, problemFrom } from '@bsm-platform/client'
import type { User } from '../api/types.ts'

/** Makes a customer account. Throws `email_taken`, `registration_closed`, field errors. */
export function register(body: { email: string; password: string; name: string }): Promise<User> {
  return post('/api/auth/register', body)
}

/** Sets the password that a link's token stands for. Throws `link_invalid`, field errors. */
export function resetPassword(body: { token: string; password: string }): Promise<void> {
  return post('/api/auth/password/reset', body)
}

/** Says that somebody forgot their password; the answer is the same whoever it is. */
export function forgotPassword(email: string): Promise<void> {
  return post('/api/auth/password/forgot', { email })
}

/** Posts to an auth route, cookies included. Throws `ProblemError`. */
export async function post<T>(path: string, body: unknown, token?: string): Promise<T> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (token) headers['Authorization'] = `Bearer ${token}`
  let response: Response
  try {
    response = await fetch(apiUrl(path), {
      method: 'POST',
      credentials: 'include',
      headers,
      body: JSON.stringify(body),
    })
  } catch (cause) {
    throw networkError(cause)
  }
  const text = await response.text()
  const value: unknown = text === '' ? undefined : parse(text)
  if (!response.ok) throw problemFrom(response, value)
  return value as T
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
