import type { Condition, FieldKind, Form, FormField } from '../api/types.ts'
import { isDate, trimmed } from './formats.ts'

/*
 * Which fields of a form are shown. The server decides by the same rules, which are written in
 * its `form` module; `tests/form-cases.json` holds both to them. In short: fields are looked at
 * in order, a condition looks at an earlier field, and a field that is hidden, unanswered or
 * holds another type than its kind's satisfies nothing but `answered: false`.
 */

/** Values as they come: from a draft or another version of the form, so of any type. */
export type RawValues = Readonly<Record<string, unknown>>

type Answered = ReadonlyMap<string, { kind: FieldKind; value: unknown }>

const TEXT_KINDS: ReadonlySet<FieldKind> = new Set<FieldKind>([
  'short_text',
  'long_text',
  'email',
  'phone',
  'person',
])

/** True for kinds that hold an answer; sections and notes only speak. */
export function carriesValue(kind: FieldKind): boolean {
  return kind !== 'section' && kind !== 'note'
}

/** The value of a field, never one that every object has, such as `constructor`. */
export function valueOf(values: RawValues, id: string): unknown {
  return Object.hasOwn(values, id) ? values[id] : undefined
}

/** A finite number. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** The fields that are shown for these values, in order, sections and notes among them. */
export function shownFields(form: Form, values: RawValues): FormField[] {
  const answered = new Map<string, { kind: FieldKind; value: unknown }>()
  return form.fields.filter((field) => {
    if (!isShown(field, answered)) return false
    const value = valueOf(values, field.id)
    if (isAnswer(field.kind, value)) answered.set(field.id, { kind: field.kind, value })
    return true
  })
}

/** The ids of the fields that are shown for these values. */
export function visibleFields(form: Form, values: RawValues): Set<string> {
  return new Set(shownFields(form, values).map((field) => field.id))
}

function isShown({ visible_if: rule }: FormField, answered: Answered): boolean {
  if (!rule) return true
  const test = (condition: Condition) => holds(condition, answered)
  return 'all' in rule ? rule.all.every(test) : rule.any.some(test)
}

/** Whether a value counts as an answer for conditions; its bounds and choices do not matter. */
function isAnswer(kind: FieldKind, value: unknown): boolean {
  switch (kind) {
    case 'number':
      return isNumber(value)
    case 'yes_no':
      return typeof value === 'boolean'
    case 'date':
      return typeof value === 'string' && isDate(trimmed(value))
    case 'multi_select':
      return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
    case 'section':
    case 'note':
      return false
    default:
      return typeof value === 'string' && trimmed(value) !== ''
  }
}

function holds({ field, op, value: operand }: Condition, answered: Answered): boolean {
  const answer = answered.get(field)
  if (op === 'answered') {
    return typeof (operand ?? true) === 'boolean' && (operand ?? true) === (answer !== undefined)
  }
  if (!answer) return false
  if (op === 'contains') return contains(answer.kind, answer.value, operand)
  const order = compared(answer.kind, answer.value, operand)
  if (order === null) return false
  if (op === 'eq') return order === 0
  if (op === 'ne') return order !== 0
  if (answer.kind !== 'number' && answer.kind !== 'date') return false
  if (op === 'gt') return order > 0
  if (op === 'gte') return order >= 0
  return op === 'lt' ? order < 0 : order <= 0
}

function contains(kind: FieldKind, answer: unknown, operand: unknown): boolean {
  if (typeof operand !== 'string') return false
  if (kind === 'multi_select') return Array.isArray(answer) && answer.includes(operand)
  return TEXT_KINDS.has(kind) && typeof answer === 'string' && trimmed(answer).includes(trimmed(operand))
}

/**
 * Below, at or above 0 as the answer is less than, equal to or greater than the operand; `null`
 * where they cannot be compared. Only numbers and dates have an order that means something.
 */
function compared(kind: FieldKind, answer: unknown, operand: unknown): number | null {
  if (kind === 'number') return isNumber(answer) && isNumber(operand) ? answer - operand : null
  if (kind === 'yes_no') return typeof operand === 'boolean' ? Number(answer) - Number(operand) : null
  if (typeof answer !== 'string' || typeof operand !== 'string') return null
  if (kind === 'select') return ordered(answer, operand)
  if (kind === 'date' && !isDate(trimmed(operand))) return null
  return ordered(trimmed(answer), trimmed(operand))
}

function ordered(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
