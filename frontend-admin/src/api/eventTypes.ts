import { webhooks, type T } from '../i18n/webhooks.ts'
import type { components } from './schema.d.ts'

export type EventType = components['schemas']['EventType']

/** Every type of event that others can be told of, as they are chosen: each has its words. */
const WORDS: Record<EventType, `event.${EventType}`> = {
  'ticket.created': 'event.ticket.created',
  'ticket.updated': 'event.ticket.updated',
  'ticket.resolved': 'event.ticket.resolved',
  'ticket.message_added': 'event.ticket.message_added',
  'ticket.note_added': 'event.ticket.note_added',
  'ticket.rated': 'event.ticket.rated',
  'ticket.rating_seen': 'event.ticket.rating_seen',
  'service.created': 'event.service.created',
  'service.updated': 'event.service.updated',
  'service.published': 'event.service.published',
  'service.retired': 'event.service.retired',
  'service.deleted': 'event.service.deleted',
  'article.created': 'event.article.created',
  'article.updated': 'event.article.updated',
  'article.published': 'event.article.published',
  'article.archived': 'event.article.archived',
  'article.deleted': 'event.article.deleted',
  'category.created': 'event.category.created',
  'category.updated': 'event.category.updated',
  'category.deleted': 'event.category.deleted',
  'user.created': 'event.user.created',
  'user.updated': 'event.user.updated',
  'password.requested': 'event.password.requested',
  'password.request_closed': 'event.password.request_closed',
  'organization.created': 'event.organization.created',
  'organization.updated': 'event.organization.updated',
  'settings.updated': 'event.settings.updated',
  'api_key.created': 'event.api_key.created',
  'api_key.updated': 'event.api_key.updated',
  'api_key.revoked': 'event.api_key.revoked',
  'webhook.created': 'event.webhook.created',
  'webhook.updated': 'event.webhook.updated',
  'webhook.disabled': 'event.webhook.disabled',
  'webhook.deleted': 'event.webhook.deleted',
}

export const EVENT_TYPES = Object.keys(WORDS) as EventType[]

/** A type in words; one that only a newer server knows stands as it is, spaced. */
export function eventWords(t: T, type: string): string {
  const key = `event.${type}`
  return key in webhooks ? t(key as `event.${EventType}`) : type.replaceAll(/[._]/g, ' ')
}

/** The types under the nouns they are about. */
export function eventGroups(t: T): { group: string; items: { value: EventType; label: string }[] }[] {
  const nouns = [...new Set(EVENT_TYPES.map(nounOf))]
  return nouns.map((noun) => ({
    group: t(`group.${noun}`),
    items: EVENT_TYPES.filter((type) => nounOf(type) === noun).map((value) => ({
      value,
      label: t(WORDS[value]),
    })),
  }))
}

type Noun = EventType extends `${infer N}.${string}` ? N : never

const nounOf = (type: EventType): Noun => type.slice(0, type.indexOf('.')) as Noun
