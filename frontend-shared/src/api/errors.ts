import type { SharedTranslate } from '../i18n/catalogs.ts'
import { ProblemError, type FieldProblem } from '@bsm-platform/client'

const KNOWN = {
  network: 'error.network',
  not_found: 'error.not_found',
  forbidden: 'error.forbidden',
  version_mismatch: 'error.version_mismatch',
  invalid_body: 'error.invalid_body',
  unauthenticated: 'error.unauthenticated',
  invalid_credentials: 'auth.invalid_credentials',
  registration_closed: 'auth.registration_closed',
  email_taken: 'auth.email_taken',
  link_invalid: 'auth.link_invalid',
  internal: 'error.internal',
  key_reused: 'error.key_reused',
  unavailable: 'error.unavailable',
} as const

const FIELD_CODES = [
  'required',
  'too_short',
  'too_long',
  'too_small',
  'too_large',
  'too_many',
  'not_allowed',
  'bad_format',
  'forbidden_character',
  'unknown_reference',
  'wrong_type',
] as const

/** An error in plain words, for people. The API's own sentence where we have no better. */
export function errorText(error: unknown, t: SharedTranslate): string {
  if (!(error instanceof ProblemError)) return t('error.title')
  if (error.code === 'rate_limited') {
    return error.retryAfter === null
      ? t('error.rate_limited')
      : t('error.rate_limited_wait', { count: error.retryAfter })
  }
  const key = (KNOWN as Record<string, (typeof KNOWN)[keyof typeof KNOWN] | undefined>)[error.code]
  return key ? t(key) : error.problem.detail || error.problem.title
}

/** The number people can quote to support; null when the request never arrived. */
export function requestIdOf(error: unknown): string | null {
  return error instanceof ProblemError && error.problem.request_id !== '' ? error.problem.request_id : null
}

function fieldText(field: FieldProblem, t: SharedTranslate): string {
  if (field.detail) return field.detail
  const code = FIELD_CODES.find((known) => known === field.code)
  return t(code ? `field.${code}` : 'field.invalid')
}

/**
 * The bad fields of an error as form errors. `/form/room_size` becomes `form.room_size`,
 * the path that @mantine/form uses; the pointer's escapes are undone. Empty for other errors.
 */
export function fieldErrors(error: unknown, t: SharedTranslate): Record<string, string> {
  const errors: Record<string, string> = {}
  if (!(error instanceof ProblemError)) return errors
  for (const field of error.problem.errors ?? []) {
    const path = pathOf(field.pointer)
    errors[path] ??= fieldText(field, t)
  }
  return errors
}

/** "/a/b~1c" to "a.b/c". */
export function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
}
