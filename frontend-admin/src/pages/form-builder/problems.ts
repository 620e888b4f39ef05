import type { Condition, Form, FormField } from 'frontend-shared/api'
import { carriesValue } from 'frontend-shared/forms'
import { conditionsOf, hasOptions, opsOf } from './edit.ts'

/**
 * Why a condition cannot hold: its field was removed, stands later, or takes no answer; its
 * comparison does not fit the field's kind; its choice is none any more; it has no value.
 */
export type Problem = 'removed' | 'later' | 'silent' | 'op' | 'choice' | 'value'

/** What is wrong with a condition of the field with this id, if anything is. */
export function problemOf(form: Form, id: string, condition: Condition): Problem | null {
  const own = form.fields.findIndex((field) => field.id === id)
  const at = form.fields.findIndex((field) => field.id === condition.field)
  const of = form.fields[at]
  if (!of) return 'removed'
  if (at >= own) return 'later'
  if (!carriesValue(of.kind)) return 'silent'
  if (!opsOf(of.kind).includes(condition.op)) return 'op'
  return condition.op === 'answered' ? null : problemOfValue(of, condition.value)
}

function problemOfValue(of: FormField, value: Condition['value']): Problem | null {
  if (of.kind === 'number') return typeof value === 'number' ? null : 'value'
  if (of.kind === 'yes_no') return typeof value === 'boolean' ? null : 'value'
  if (typeof value !== 'string' || value === '') return 'value'
  if (!hasOptions(of.kind)) return null
  return of.options?.some((option) => option.value === value) ? null : 'choice'
}

/** All problems of a field's conditions, each once, in order. */
export function problemsOf(form: Form, field: FormField): Problem[] {
  const found = conditionsOf(field.visible_if).map((condition) => problemOf(form, field.id, condition))
  return [...new Set(found.filter((problem) => problem !== null))]
}
