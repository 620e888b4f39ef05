import type { FieldValue, Form, FormField, FormValues } from '../api/types.ts'
import type { SharedTranslate } from '../i18n/catalogs.ts'
import { carriesValue, shownFields, valueOf } from './evaluate.ts'
import { brokenBy, type BrokenRule, isBlank } from './rules.ts'

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
  const answers: Record<string, FieldValue> = {}
  for (const { id, kind } of shownFields(form, values)) {
    const value = valueOf(values, id)
    if (carriesValue(kind) && !isBlank(kind, value)) answers[id] = value as FieldValue
  }
  return answers
}

/**
 * The errors to show before asking the server, by field id: the first broken rule of each field
 * that takes an answer. The server checks everything again and has the last word.
 */
export function checkForm(form: Form, values: FormValues, t: SharedTranslate): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const field of shownFields(form, values)) {
    if (!carriesValue(field.kind)) continue
    const [rule] = brokenBy(field, valueOf(values, field.id))
    if (rule) errors[field.id] = ruleText(field, rule, t)
  }
  return errors
}

function ruleText({ kind }: FormField, { code, bound = 0 }: BrokenRule, t: SharedTranslate): string {
  switch (code) {
    case 'required':
      return t(kind === 'select' || kind === 'yes_no' ? 'field.choose_one' : 'field.required')
    case 'too_short':
      return t(kind === 'multi_select' ? 'field.choose_at_least' : 'field.too_short_by', { count: bound })
    case 'too_long':
      return t('field.too_long_by', { count: bound })
    case 'too_many':
      return t('field.choose_at_most', { count: bound })
    case 'too_small':
      return t('field.min', { min: bound })
    case 'too_large':
      return t('field.max', { max: bound })
    case 'bad_format':
      if (kind === 'email' || kind === 'phone' || kind === 'date') return t(`field.${kind}`)
      return t('field.bad_format')
    case 'wrong_type':
      return t(kind === 'number' ? 'field.number' : 'field.wrong_type')
    case 'unknown_field':
      return t('field.invalid')
    default:
      return t(`field.${code}`)
  }
}
