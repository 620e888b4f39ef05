import type { Form, FormField } from 'frontend-shared/api'

/** What may differ between two contents of one field. */
export type FieldPart =
  'kind' | 'label' | 'help' | 'required' | 'options' | 'min' | 'max' | 'pattern' | 'default' | 'visible_if'

const PARTS: FieldPart[] = [
  'label',
  'kind',
  'help',
  'required',
  'options',
  'min',
  'max',
  'pattern',
  'default',
  'visible_if',
]

export type FieldDiff =
  | { what: 'added' | 'removed'; field: FormField }
  | { what: 'changed'; field: FormField; before: FormField; parts: FieldPart[]; moved: boolean }

/**
 * How a form differs from another: by field, in the order of the new one, removed fields last.
 * Fields are the same by their ids, whatever their labels became. The fewest that explain the new
 * order are said to have moved.
 */
export function formDiff(before: Form, after: Form): FieldDiff[] {
  const old = new Map(before.fields.map((field, at) => [field.id, { field, at }]))
  const kept = after.fields.filter(({ id }) => old.has(id))
  const stayed = longestRise(kept.map(({ id }) => old.get(id)?.at ?? 0))
  const still = new Set(kept.filter((_, at) => stayed.has(at)).map(({ id }) => id))
  const now = new Set(after.fields.map(({ id }) => id))
  return [
    ...after.fields.flatMap((field): FieldDiff[] => {
      const was = old.get(field.id)?.field
      if (!was) return [{ what: 'added', field }]
      const parts = PARTS.filter((part) => text(was[part]) !== text(field[part]))
      const moved = !still.has(field.id)
      return parts.length > 0 || moved ? [{ what: 'changed', field, before: was, parts, moved }] : []
    }),
    ...before.fields.filter(({ id }) => !now.has(id)).map((field): FieldDiff => ({ what: 'removed', field })),
  ]
}

/** Values that mean the same are the same: nothing, an empty text, "not required". */
function text(value: FormField[FieldPart]): string {
  return JSON.stringify(value === undefined || value === '' || value === false ? null : value)
}

/** The places of a longest rising part of a list. */
function longestRise(list: readonly number[]): Set<number> {
  const best = list.map((): { length: number; from: number | null } => ({ length: 1, from: null }))
  for (const [at, value] of list.entries()) {
    for (let earlier = 0; earlier < at; earlier += 1) {
      const length = (best[earlier]?.length ?? 0) + 1
      if ((list[earlier] ?? 0) < value && length > (best[at]?.length ?? 0))
        best[at] = { length, from: earlier }
    }
  }
  let at: number | null = null
  for (const [place, { length }] of best.entries()) {
    if (at === null || length > (best[at]?.length ?? 0)) at = place
  }
  const places = new Set<number>()
  while (at !== null) {
    places.add(at)
    at = best[at]?.from ?? null
  }
  return places
}
