/** What the audit can be filtered by; each has its words in `audit.action.…`. */
export const AUDIT_ACTIONS = [
  'user.created',
  'user.registered',
  'user.updated',
  'organization.created',
  'organization.updated',
  'password_link.created',
  'password.set',
  'password.changed',
  'password.requested',
  'session.started',
  'session.ended',
  'service.publish',
  'service.retire',
  'service.delete',
  'article.publish',
  'article.archive',
  'article.delete',
  'settings.updated',
  'api_key.created',
  'api_key.updated',
  'api_key.revoked',
] as const

export type AuditAction = (typeof AUDIT_ACTIONS)[number]
