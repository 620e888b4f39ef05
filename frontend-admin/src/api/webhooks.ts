import { queryOptions } from '@tanstack/react-query'
import { ifMatch, pagedQuery, unwrap, type Once } from 'frontend-shared/api'
import type { WebhookSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { sendChanges } from './changes.ts'
import { keys, PAGE } from './keys.ts'
import type { components } from './schema.d.ts'

export type Webhook = components['schemas']['Webhook']
export type WebhookWithSecret = components['schemas']['WebhookWithSecret']
export type Delivery = components['schemas']['Delivery']
export type DeliveryDetail = components['schemas']['DeliveryWithAttempts']
export type WebhookFields = components['schemas']['WebhookUpdate']

export const webhooksQuery = () =>
  pagedQuery(keys.webhooks(), (cursor, signal) =>
    unwrap(api.GET('/api/admin/webhooks', { params: { query: { ...PAGE, cursor } }, signal })),
  )

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: keys.webhook(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/admin/webhooks/{id}', { params: { path: { id } }, signal })),
    // That it fails, or no longer does, is no event.
    refetchInterval: 10_000,
  })

export const deliveriesQuery = (id: string, { status, event }: WebhookSearch) => {
  const query = { status, event_type: event, ...PAGE }
  return pagedQuery(keys.deliveries(id, query), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/webhooks/{id}/deliveries', {
        params: { path: { id }, query: { ...query, cursor } },
        signal,
      }),
    ),
  )
}

export const deliveryQuery = (id: string, delivery: string) =>
  queryOptions({
    queryKey: keys.delivery(id, delivery),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/admin/webhooks/{id}/deliveries/{delivery_id}', {
          params: { path: { id, delivery_id: delivery } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.status === 'waiting' ? 1_000 : false),
  })

export const createWebhook = (body: WebhookFields & { url: string }, once: Once) =>
  unwrap(api.POST('/api/admin/webhooks', { params: { header: once }, body }))

export const updateWebhook = (webhook: Webhook, body: WebhookFields) =>
  unwrap(
    api.PATCH('/api/admin/webhooks/{id}', {
      params: { path: { id: webhook.id }, header: ifMatch(webhook) },
      body,
    }),
  )

/**
 * Deletes it, also where it was turned on or off meanwhile. Where somebody changed what it tells, or to
 * whom, the API's `version_mismatch` is thrown.
 */
export const deleteWebhook = (webhook: Webhook) => {
  const { id, url, description, event_types } = webhook
  return sendChanges(webhook, { url, description, event_types }, (version) =>
    unwrap(api.DELETE('/api/admin/webhooks/{id}', { params: { path: { id }, header: ifMatch(version) } })),
  )
}

export const enableWebhook = (id: string) =>
  unwrap(api.POST('/api/admin/webhooks/{id}/enable', { params: { path: { id } } }))

export const disableWebhook = (id: string) =>
  unwrap(api.POST('/api/admin/webhooks/{id}/disable', { params: { path: { id } } }))

export const rotateSecret = (id: string, once: Once) =>
  unwrap(api.POST('/api/admin/webhooks/{id}/rotate-secret', { params: { path: { id }, header: once } }))

export const testWebhook = (id: string, once: Once) =>
  unwrap(api.POST('/api/admin/webhooks/{id}/test', { params: { path: { id }, header: once } }))

export const resendDelivery = (id: string, delivery: string) =>
  unwrap(
    api.POST('/api/admin/webhooks/{id}/deliveries/{delivery_id}/resend', {
      params: { path: { id, delivery_id: delivery } },
    }),
  )

export const resendSince = (id: string, body: { since: string; delivered: boolean }, once: Once) =>
  unwrap(api.POST('/api/admin/webhooks/{id}/resend', { params: { path: { id }, header: once }, body }))
