import { describe, expect, it } from 'vitest'
import table from '../../../tests/form-cases.json' with { type: 'json' }
import type { Form } from '../api/types.ts'
import { shownFields, type RawValues } from './evaluate.ts'
import { brokenRules } from './rules.ts'

/** The table that the server's evaluator runs as well: both must find the same. */
interface Case {
  name: string
  form: Form
  values: RawValues
  visible: string[]
  errors: { pointer: string; code: string }[]
}

const cases = table.cases as unknown as Case[]

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
const lines = (errors: Case['errors']) => errors.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()

describe('the shared table of form cases', () => {
  it('is there', () => expect(cases.length).toBeGreaterThan(400))

  it.each(cases)('$name', ({ form, values, visible, errors }) => {
    expect(shownFields(form, values).map((field) => field.id)).toEqual(visible)
    const found = brokenRules(form, values).map(({ field, code }) => ({
      pointer: `/${escaped(field)}`,
      code,
    }))
    expect(lines(found)).toEqual(lines(errors))
  })
})
