import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { verifyWebhook } from './webhooks.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
/** The example that the libraries of the Standard Webhooks specification share. */
const KNOWN = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const BODY = '{"test": 2432232314}'
const AT = new Date(1_614_265_330_000)

describe('a webhook', () => {
  it('is believed when it is the known example', async () => {
    expect(await verifyWebhook(SECRET, KNOWN, BODY, AT)).toEqual({ test: 2432232314 })
    const bytes = new TextEncoder().encode(BODY)
    expect(await verifyWebhook(SECRET, new Headers(KNOWN), bytes, AT)).toEqual({ test: 2432232314 })
  })

  it('is believed when another library signed it', async () => {
    const now = new Date()
    const body = '{"type":"ticket.created","name":"Ünal"}'
    const headers = {
      'webhook-id': 'a-delivery',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(SECRET).sign('a-delivery', now, body),
    }
    expect(await verifyWebhook(SECRET, headers, body)).toMatchObject({ type: 'ticket.created' })
  })

  it('is believed with either secret while they change', async () => {
    const headers = { ...KNOWN, 'webhook-signature': `v1,AAAA ${KNOWN['webhook-signature']}` }
    expect(await verifyWebhook(['whsec_b3RoZXI=', SECRET], headers, BODY, AT)).toBeTruthy()
  })

  it.each([
    ['another body', { ...KNOWN }, '{"test": 2432232315}', AT],
    ['another id', { ...KNOWN, 'webhook-id': 'msg_other' }, BODY, AT],
    ['an old one', KNOWN, BODY, new Date(AT.getTime() + 301_000)],
    ['one of the future', KNOWN, BODY, new Date(AT.getTime() - 301_000)],
    ['no time', { ...KNOWN, 'webhook-timestamp': 'NaN' }, BODY, AT],
    ['no signature', { ...KNOWN, 'webhook-signature': '' }, BODY, AT],
    [
      'another version',
      { ...KNOWN, 'webhook-signature': KNOWN['webhook-signature'].replace('v1', 'v2') },
      BODY,
      AT,
    ],
    ['no base64', { ...KNOWN, 'webhook-signature': 'v1,?' }, BODY, AT],
  ])('is not believed: %s', async (_, headers, body, now) => {
    await expect(verifyWebhook(SECRET, headers, body, now)).rejects.toMatchObject({ name: 'WebhookError' })
  })

  it('is not believed with another secret', async () => {
    await expect(verifyWebhook('whsec_b3RoZXI=', KNOWN, BODY, AT)).rejects.toThrow('No signature is ours')
  })
})
