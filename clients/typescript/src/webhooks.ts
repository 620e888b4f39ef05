/** A clock may differ by this much, and a delivery be this old. */
const TOLERANCE_SECONDS = 300
const PREFIX = 'whsec_'

/** The headers of a delivery: those of a `Request`, or an object as Node's servers have it. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>

/** Why a delivery is not to be believed. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
}

/**
 * The event in a delivery, when it was signed with one of these secrets (`whsec_…`) within five
 * minutes, as the Standard Webhooks specification says; throws a `WebhookError` otherwise. `body` is
 * the body as it came, not parsed and written anew. A delivery may come twice: its `webhook-id` stays
 * the same.
 */
export async function verifyWebhook<T = unknown>(
  secrets: string | string[],
  headers: WebhookHeaders,
  body: string | Uint8Array,
  now: Date = new Date(),
): Promise<T> {
  const id = headerOf(headers, 'webhook-id')
  const timestamp = headerOf(headers, 'webhook-timestamp')
  const signatures = headerOf(headers, 'webhook-signature').split(' ')
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookError('The timestamp is not one.')
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) {
    throw new WebhookError('The timestamp is too far from now.')
  }
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body)
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`)
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    const key = await crypto.subtle.importKey(
      'raw',
      bytesOf(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['verify'],
    )
    for (const signature of signatures) {
      const [version, value] = signature.split(',', 2)
      // `verify` compares in constant time.
      if (version === 'v1' && value && (await crypto.subtle.verify('HMAC', key, bytesOf(value), signed))) {
        return JSON.parse(text) as T
      }
    }
  }
  throw new WebhookError('No signature is ours.')
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name]
  if (typeof value !== 'string' || value === '') throw new WebhookError(`The header ${name} is missing.`)
  return value
}

/** The bytes of a base64 text; none for what is not base64. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}
