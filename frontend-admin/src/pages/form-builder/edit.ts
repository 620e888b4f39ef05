import type { Condition, ConditionOp, FieldKind, Form, FormField, VisibleIf } from 'frontend-shared/api'
import { carriesValue } from 'frontend-shared/forms'
import { moved } from '../../parts/reorder/place.ts'

/** The kinds in the order in which they are offered. */
export const KINDS: FieldKind[] = [
  'short_text',
  'long_text',
  'number',
  'email',
  'phone',
  'date',
  'select',
  'multi_select',
  'yes_no',
  'person',
  'section',
  'note',
]

export const MAX_FIELDS = 60
export const MAX_OPTIONS = 50
export const MAX_CONDITIONS = 10

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/**
 * An id for a new field, unlike those taken. Ids never change afterwards: answers and
 * conditions name fields by them, whatever their labels become.
 */
export function newFieldId(taken: ReadonlySet<string>): string {
  for (;;) {
    const random = crypto.getRandomValues(new Uint8Array(8))
    const id = `f_${Array.from(random, (byte) => LETTERS[byte % LETTERS.length]).join('')}`
    if (!taken.has(id)) return id
  }
}

export const idsOf = (form: Form): Set<string> => new Set(form.fields.map((field) => field.id))

export const hasOptions = (kind: FieldKind): boolean => kind === 'select' || kind === 'multi_select'

/** What `min` and `max` bound, or null for kinds without bounds. */
export function boundsOf(kind: FieldKind): 'length' | 'value' | 'count' | null {
  if (kind === 'short_text' || kind === 'long_text') return 'length'
  if (kind === 'number') return 'value'
  return kind === 'multi_select' ? 'count' : null
}

/** The operators that make sense for the answers of a kind. */
export function opsOf(kind: FieldKind): ConditionOp[] {
  switch (kind) {
    case 'number':
    case 'date':
      return ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'answered']
    case 'select':
    case 'yes_no':
      return ['eq', 'ne', 'answered']
    case 'multi_select':
      return ['contains', 'answered']
    case 'section':
    case 'note':
      return []
    default:
      return ['eq', 'ne', 'contains', 'answered']
  }
}

export function newField(kind: FieldKind, id: string, label: string): FormField {
  const field: FormField = { id, kind, label }
  if (hasOptions(kind)) field.options = []
  return field
}

export function replace(form: Form, id: string, field: FormField): Form {
  return { fields: form.fields.map((item) => (item.id === id ? field : item)) }
}

/**
 * Moves a field to another place, the first is 0. Its conditions stay as they are, also those that
 * then look at a later field: `problems.ts` names them, and moving it back mends them.
 */
export function place(form: Form, id: string, to: number): Form {
  const from = form.fields.findIndex((field) => field.id === id)
  if (from < 0 || to < 0 || to >= form.fields.length) return form
  return { fields: moved(form.fields, from, to) }
}

/** Puts a copy after a field, under an id of its own. */
export function duplicate(form: Form, id: string, copyId: string): Form {
  const at = form.fields.findIndex((field) => field.id === id)
  const field = form.fields[at]
  if (!field) return form
  const fields = [...form.fields]
  fields.splice(at + 1, 0, { ...structuredClone(field), id: copyId })
  return { fields }
}

/** Removes a field. Conditions that look at it stay, so that nothing is shown that was hidden. */
export function remove(form: Form, id: string): Form {
  return { fields: form.fields.filter((field) => field.id !== id) }
}

/** Puts a removed field back where it was. */
export function putBack(form: Form, field: FormField, at: number): Form {
  if (idsOf(form).has(field.id)) return form
  return { fields: form.fields.toSpliced(at, 0, field) }
}

/** The fields a condition of this one may look at: those before it that hold an answer. */
export function earlierFields(form: Form, id: string): FormField[] {
  const at = form.fields.findIndex((field) => field.id === id)
  return form.fields.slice(0, Math.max(0, at)).filter((field) => carriesValue(field.kind))
}

export function conditionsOf(rule: VisibleIf | undefined): Condition[] {
  if (!rule) return []
  return 'all' in rule ? rule.all : rule.any
}

/** A rule of these conditions; none at all when there is none left. */
export function ruleOf(match: 'all' | 'any', conditions: Condition[]): VisibleIf | undefined {
  if (conditions.length === 0) return undefined
  return match === 'all' ? { all: conditions } : { any: conditions }
}

/** The field with a rule, or without one. */
export function withRule(field: FormField, rule: VisibleIf | undefined): FormField {
  const { visible_if: _, ...bare } = field
  return rule ? { ...bare, visible_if: rule } : bare
}
