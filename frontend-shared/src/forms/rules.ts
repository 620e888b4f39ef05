import type { FieldKind, Form, FormField } from '../api/types.ts'
import { carriesValue, isNumber, type RawValues, shownFields, valueOf } from './evaluate.ts'
import { hasControl, hasLineBreak, isDate, isEmail, isPhone, matchesPattern, trimmed } from './formats.ts'

/** A broken rule, with the bound that the value went past. */
export interface BrokenRule {
  code:
    | 'required'
    | 'unknown_field'
    | 'wrong_type'
    | 'too_short'
    | 'too_long'
    | 'too_small'
    | 'too_large'
    | 'too_many'
    | 'not_allowed'
    | 'bad_format'
    | 'forbidden_character'
    | 'invalid'
  bound?: number
}

/** Most unknown fields that are listed one by one. */
const MAX_UNKNOWN = 20

/** The longest text of a kind, in characters. */
const MAX_LENGTH: Partial<Record<FieldKind, number>> = {
  short_text: 500,
  long_text: 20_000,
  email: 254,
  phone: 40,
  person: 200,
}

/**
 * Every rule that the values break, found as the server finds it: by shown field in the form's
 * order, then values of no field. Empty when the server will take them.
 */
export function brokenRules(form: Form, values: RawValues): (BrokenRule & { field: string })[] {
  const known = new Set(form.fields.map((field) => field.id))
  const unknown = Object.keys(values).filter((id) => !known.has(id) && values[id] !== undefined)
  return [
    ...shownFields(form, values).flatMap((field) =>
      brokenBy(field, valueOf(values, field.id)).map((rule) => ({ field: field.id, ...rule })),
    ),
    ...unknown.slice(0, MAX_UNKNOWN).map((field) => ({ field, code: 'unknown_field' as const })),
  ]
}

/** True for what stands for no answer: nothing, blank text, an empty list. */
export function isBlank(kind: FieldKind, value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (kind === 'multi_select') return Array.isArray(value) && value.length === 0
  if (kind === 'number' || kind === 'yes_no' || !carriesValue(kind)) return false
  return typeof value === 'string' && trimmed(value) === ''
}

/** The rules of a shown field that a value breaks. */
export function brokenBy(field: FormField, value: unknown): BrokenRule[] {
  if (isBlank(field.kind, value)) {
    return field.required && carriesValue(field.kind) ? [{ code: 'required' }] : []
  }
  switch (field.kind) {
    case 'section':
    case 'note':
      return [{ code: 'not_allowed' }]
    case 'yes_no':
      return typeof value === 'boolean' ? [] : [{ code: 'wrong_type' }]
    case 'number':
      return isNumber(value) ? byNumber(field, value) : [{ code: 'wrong_type' }]
    case 'multi_select':
      return Array.isArray(value) ? byList(field, value) : [{ code: 'wrong_type' }]
    case 'select':
      if (typeof value !== 'string') return [{ code: 'wrong_type' }]
      return isChoice(field, value) ? [] : [{ code: 'not_allowed' }]
    default:
      return typeof value === 'string' ? byText(field, trimmed(value)) : [{ code: 'wrong_type' }]
  }
}

function bounds({ min, max }: FormField, most: number): { min: number; max: number } {
  return { min: isNumber(min) ? min : -Infinity, max: isNumber(max) ? Math.min(max, most) : most }
}

function isChoice({ options }: FormField, value: string): boolean {
  return options?.some((option) => option.value === value) ?? false
}

function byNumber(field: FormField, value: number): BrokenRule[] {
  const { min, max } = bounds(field, Infinity)
  if (value < min) return [{ code: 'too_small', bound: min }]
  return value > max ? [{ code: 'too_large', bound: max }] : []
}

function byList(field: FormField, list: readonly unknown[]): BrokenRule[] {
  const { min, max } = bounds(field, field.options?.length ?? 0)
  const codes = new Set<BrokenRule['code']>()
  const seen = new Set<string>()
  for (const item of list) {
    if (typeof item !== 'string') codes.add('wrong_type')
    else if (!isChoice(field, item)) codes.add('not_allowed')
    else if (seen.has(item)) codes.add('invalid')
    else seen.add(item)
  }
  const rules: BrokenRule[] = Array.from(codes, (code) => ({ code }))
  if (list.length < min) rules.push({ code: 'too_short', bound: min })
  else if (list.length > max) rules.push({ code: 'too_many', bound: max })
  return rules
}

function byText(field: FormField, text: string): BrokenRule[] {
  if (hasControl(text) || (field.kind !== 'long_text' && hasLineBreak(text))) {
    return [{ code: 'forbidden_character' }]
  }
  const { min, max } = bounds(field, MAX_LENGTH[field.kind] ?? Infinity)
  const length = Array.from(text).length
  if (length >= min && length > max) return [{ code: 'too_long', bound: max }]
  const rules: BrokenRule[] = length < min ? [{ code: 'too_short', bound: min }] : []
  const fits = fitsFormat(field, text)
  if (!fits) rules.push({ code: fits === null ? 'invalid' : 'bad_format' })
  return rules
}

function fitsFormat(field: FormField, text: string): boolean | null {
  switch (field.kind) {
    case 'email':
      return isEmail(text)
    case 'phone':
      return isPhone(text)
    case 'date':
      return isDate(text)
    case 'short_text':
      return field.pattern == null || matchesPattern(text, field.pattern)
    default:
      return true
  }
}
