import type { AdminService, ServiceContent } from 'frontend-shared/api'
import type { SharedTranslate } from 'frontend-shared/i18n'

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
export function checkService(values: ServiceValues, t: SharedTranslate): Record<string, string> {
  const errors: Record<string, string> = {}
  if (values.name.trim().length < 2) errors['name'] = t('field.too_short_by', { count: 2 })
  if (values.category.trim() === '') errors['category'] = t('field.required')
  if (values.price_kind === 'fixed' && values.price_minor === null)
    errors['price_minor'] = t('field.required')
  if (values.price_kind === 'fixed' && values.currency === null) errors['currency'] = t('field.required')
  for (const [index, field] of values.form.fields.entries()) {
    if (field.label.trim() === '') errors[`form.fields.${index}.label`] = t('field.required')
  }
  return errors
}
