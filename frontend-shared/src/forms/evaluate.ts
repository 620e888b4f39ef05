import type {
  Condition,
  FieldKind,
  FieldValue,
  Form,
  FormField,
  FormValues,
  VisibleIf,
} from '../api/types.ts'

/*
 * Which fields of a form are shown. The server decides by the same rules:
 * 1. A field without `visible_if` is shown. `all` needs every condition (none: shown),
 *    `any` at least one (none: hidden).
 * 2. A condition looks at the value of a field that is shown itself; a hidden, unknown or
 *    cyclic field counts as not answered.
 * 3. Not answered: no value, blank text, an empty list. `false` and `0` are answers.
 * 4. `answered` is true for an answer. `ne` is the opposite of `eq`, so it holds for what
 *    is not answered. Every other operator is false for what is not answered.
 * 5. `eq`: same type and same value; lists are equal as sets. `contains`: a text holds the
 *    text, a list holds the element. `gt, gte, lt, lte`: two numbers by size, two texts
 *    (dates) by code point; anything else is false.
 */

const NO_VALUE: ReadonlySet<FieldKind> = new Set<FieldKind>(['section', 'note'])

/** True for kinds that hold an answer; sections and notes only speak. */
export function carriesValue(kind: FieldKind): boolean {
  return !NO_VALUE.has(kind)
}

export function isAnswered(value: FieldValue | undefined): value is FieldValue {
  if (value === undefined || value === null) return false
  if (typeof value === 'string') return value.trim() !== ''
  return Array.isArray(value) ? value.length > 0 : true
}

/** The ids of the fields that are shown for these values. */
export function visibleFields(form: Form, values: FormValues): Set<string> {
  const byId = new Map(form.fields.map((field) => [field.id, field]))
  const known = new Map<string, boolean>()

  const isShown = (field: FormField): boolean => {
    const before = known.get(field.id)
    if (before !== undefined) return before
    known.set(field.id, false)
    const shown = holds(field.visible_if, valueOf)
    known.set(field.id, shown)
    return shown
  }
  const valueOf = (id: string): FieldValue | undefined => {
    const field = byId.get(id)
    return field && carriesValue(field.kind) && isShown(field) ? values[id] : undefined
  }

  return new Set(form.fields.filter(isShown).map((field) => field.id))
}

function holds(rule: VisibleIf | null | undefined, valueOf: (id: string) => FieldValue | undefined): boolean {
  if (!rule) return true
  const test = (condition: Condition) => meets(condition, valueOf(condition.field))
  return 'all' in rule ? rule.all.every(test) : rule.any.some(test)
}

/** Whether a value meets one condition. */
export function meets({ op, value: wanted }: Condition, value: FieldValue | undefined): boolean {
  if (op === 'ne') return !isAnswered(value) || !same(value, wanted)
  if (!isAnswered(value)) return false
  switch (op) {
    case 'answered':
      return true
    case 'eq':
      return same(value, wanted)
    case 'contains':
      if (typeof wanted !== 'string') return false
      return typeof value === 'string' || Array.isArray(value) ? value.includes(wanted) : false
    default:
      return compares(op, value, wanted)
  }
}

function same(value: FieldValue, wanted: FieldValue | undefined): boolean {
  if (Array.isArray(value) && Array.isArray(wanted)) {
    return new Set(value).size === new Set(wanted).size && value.every((item) => wanted.includes(item))
  }
  return value === wanted
}

function compares(
  op: 'gt' | 'gte' | 'lt' | 'lte',
  value: FieldValue,
  wanted: FieldValue | undefined,
): boolean {
  let order: number
  if (typeof value === 'number' && typeof wanted === 'number') order = value - wanted
  else if (typeof value === 'string' && typeof wanted === 'string') order = byCodePoint(value, wanted)
  else return false
  if (op === 'gt') return order > 0
  if (op === 'gte') return order >= 0
  return op === 'lt' ? order < 0 : order <= 0
}

/** JavaScript orders by UTF-16 unit, the server by code point; they differ past U+FFFF. */
function byCodePoint(left: string, right: string): number {
  const a = Array.from(left, (char) => char.codePointAt(0) ?? 0)
  const b = Array.from(right, (char) => char.codePointAt(0) ?? 0)
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
