import type { FieldValue, Form, FormField, FormValues } from '../api/types.ts'
import type { SharedTranslate } from '../i18n/catalogs.ts'
import { carriesValue, isAnswered, visibleFields } from './evaluate.ts'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const PHONE = /^\+?[0-9][0-9 ()./-]{4,}$/

/** The values a form starts with. */
export function initialValues(form: Form): FormValues {
  const values: FormValues = {}
  for (const field of form.fields) {
    if (carriesValue(field.kind) && field.default !== undefined) values[field.id] = field.default
  }
  return values
}

/** What is sent: answers of the fields that are shown, nothing else. */
export function answersOf(form: Form, values: FormValues): Record<string, FieldValue> {
  const shown = visibleFields(form, values)
  const answers: Record<string, FieldValue> = {}
  for (const field of form.fields) {
    const value = values[field.id]
    if (shown.has(field.id) && carriesValue(field.kind) && isAnswered(value)) answers[field.id] = value
  }
  return answers
}

/**
 * The errors to show before asking the server, by field id: what is missing, out of bounds
 * or of the wrong form. The server checks everything again and has the last word.
 */
export function checkForm(form: Form, values: FormValues, t: SharedTranslate): Record<string, string> {
  const shown = visibleFields(form, values)
  const errors: Record<string, string> = {}
  for (const field of form.fields) {
    if (!shown.has(field.id) || !carriesValue(field.kind)) continue
    const error = checkField(field, values[field.id], t)
    if (error) errors[field.id] = error
  }
  return errors
}

function checkField(field: FormField, value: FieldValue | undefined, t: SharedTranslate): string | null {
  if (!isAnswered(value)) {
    if (!field.required) return null
    return t(field.kind === 'select' || field.kind === 'yes_no' ? 'field.choose_one' : 'field.required')
  }
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' ? bounds(field, value, t) : t('field.number')
    case 'date':
      return typeof value === 'string' ? bounds(field, value, t) : t('field.date')
    case 'email':
      return typeof value === 'string' && EMAIL.test(value) ? null : t('field.email')
    case 'phone':
      return typeof value === 'string' && PHONE.test(value) ? null : t('field.phone')
    case 'short_text':
    case 'long_text':
    case 'person':
      return typeof value === 'string' ? length(field, value, t) : t('field.wrong_type')
    default:
      return null
  }
}

function bounds(field: FormField, value: number | string, t: SharedTranslate): string | null {
  const { min, max } = field
  if (min !== undefined && min !== null && typeof min === typeof value && value < min) {
    return t('field.min', { min })
  }
  if (max !== undefined && max !== null && typeof max === typeof value && value > max) {
    return t('field.max', { max })
  }
  return null
}

function length(field: FormField, value: string, t: SharedTranslate): string | null {
  const count = Array.from(value).length
  if (typeof field.min === 'number' && count < field.min) return t('field.too_short_by', { count: field.min })
  if (typeof field.max === 'number' && count > field.max) return t('field.too_long_by', { count: field.max })
  return null
}
