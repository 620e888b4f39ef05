import type { Condition, FieldValue, Form, FormField, VisibleIf } from 'frontend-shared/api'
import type { Formats, SharedTranslate } from 'frontend-shared/i18n'
import type { T } from '../../i18n/services.ts'
import { conditionsOf } from './edit.ts'

/** What turns a form into words: the texts of both catalogs, and the reader's dates and numbers. */
export interface Speaker {
  t: T
  shared: SharedTranslate
  formats: Formats
}

/** What people call a field. */
export const nameOf = (field: { label: string }, { t }: Speaker): string =>
  field.label.trim() || t('form.unnamed')

/** A value as people read it: the labels of choices, yes or no, dates and numbers as they write them. */
export function valueInWords(
  field: FormField | undefined,
  value: FieldValue | undefined,
  { t, shared, formats }: Speaker,
): string {
  if (value === undefined || value === '') return t('words.nothing')
  if (typeof value === 'boolean') return shared(value ? 'common.yes' : 'common.no')
  if (typeof value === 'number') return formats.given(value)
  const label = (item: string) =>
    field?.options?.find((option) => option.value === item)?.label.trim() || item
  if (Array.isArray(value)) return value.map(label).join(', ')
  if (field?.kind === 'date') return formats.day(value)
  return field?.options ? label(value) : value
}

/** "“Kind” is Laptop". */
function conditionInWords(form: Form, { field, op, value }: Condition, speaker: Speaker): string {
  const { t } = speaker
  const of = form.fields.find(({ id }) => id === field)
  const name = of ? `“${nameOf(of, speaker)}”` : t('form.removed_field')
  if (op === 'answered') return t(value === false ? 'words.not_answered' : 'words.answered', { name })
  return t('words.compared', { name, op: t(`op.${op}`), value: valueInWords(of, value, speaker) })
}

/** "Shown when “Kind” is Laptop and “Seats” is more than 5"; null for a field that is always shown. */
export function ruleInWords(form: Form, rule: VisibleIf | undefined, speaker: Speaker): string | null {
  const conditions = conditionsOf(rule)
  if (!rule || conditions.length === 0) return null
  const glue = speaker.t('all' in rule ? 'words.and' : 'words.or')
  const what = conditions.map((condition) => conditionInWords(form, condition, speaker)).join(` ${glue} `)
  return speaker.t('words.shown_when', { what })
}
