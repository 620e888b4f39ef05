import type { AdminService, Form, FormField, ServiceContent } from 'frontend-shared/api'
import type { SharedTranslate } from 'frontend-shared/i18n'
import type { T } from '../../i18n/services.ts'
import { conditionsOf, hasOptions } from '../form-builder/edit.ts'
import { problemOf } from '../form-builder/problems.ts'

/** What an admin writes. */
export type ServiceValues = Omit<ServiceContent, 'owner'> & { owner_id: string | null }

export const EMPTY_SERVICE: ServiceValues = {
  name: '',
  summary: '',
  description: '',
  icon: 'headset',
  category: '',
  price_kind: 'on_request',
  price_minor: null,
  currency: null,
  delivery_days: null,
  owner_id: null,
  form: { fields: [] },
}

export const valuesOf = (service: AdminService): ServiceValues => ({
  name: service.name,
  summary: service.summary,
  description: service.description,
  icon: service.icon,
  category: service.category,
  price_kind: service.price_kind,
  price_minor: service.price_minor,
  currency: service.currency,
  delivery_days: service.delivery_days,
  owner_id: service.owner?.id ?? null,
  form: service.form,
})

/** What keeps a service from being saved, by field. */
export function checkService(values: ServiceValues, t: SharedTranslate, own: T): Record<string, string> {
  const errors: Record<string, string> = {}
  if (values.name.trim().length < 2) errors['name'] = t('field.too_short_by', { count: 2 })
  if (values.category.trim() === '') errors['category'] = t('field.required')
  if (values.price_kind === 'fixed' && values.price_minor === null)
    errors['price_minor'] = t('field.required')
  if (values.price_kind === 'fixed' && values.currency === null) errors['currency'] = t('field.required')
  for (const [index, field] of values.form.fields.entries()) {
    for (const [path, text] of Object.entries(checkField(values.form, field, t, own))) {
      errors[`form.fields.${index}.${path}`] = text
    }
  }
  return errors
}

/** What a field lacks, by its own paths: what the server would refuse and the page knows how to say. */
function checkField(form: Form, field: FormField, t: SharedTranslate, own: T): Record<string, string> {
  const errors: Record<string, string> = {}
  if (field.label.trim() === '') errors['label'] = t('field.required')
  if (hasOptions(field.kind) && (field.options ?? []).length === 0) errors['options'] = own('form.no_options')
  for (const [at, option] of (field.options ?? []).entries()) {
    if (option.label.trim() === '') errors[`options.${at}.label`] = t('field.required')
    if (option.value.trim() === '') errors[`options.${at}.value`] = t('field.required')
  }
  if (typeof field.min === 'number' && typeof field.max === 'number' && field.min > field.max) {
    errors['max'] = own('form.max_below_min')
  }
  const match = field.visible_if && 'any' in field.visible_if ? 'any' : 'all'
  for (const [at, condition] of conditionsOf(field.visible_if).entries()) {
    const problem = problemOf(form, field.id, condition)
    const part = problem === 'op' ? 'op' : problem === 'value' || problem === 'choice' ? 'value' : 'field'
    if (problem) errors[`visible_if.${match}.${at}.${part}`] = own(`problem.${problem}`)
  }
  return errors
}
