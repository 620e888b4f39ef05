import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Form } from '../api/types.ts'
import { shownFields, type RawValues } from './evaluate.ts'
import { brokenRules } from './rules.ts'

/** A form, what was filled in, and what the server's own evaluator made of it. */
interface Case {
  form: Form
  values: RawValues
  visible: string[]
  errors: { pointer: string; code: string }[]
}

const root = resolve(import.meta.dirname, '../../..')
const program = join(process.env['CARGO_TARGET_DIR'] ?? join(root, 'target'), 'debug/form-cases')

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
const lines = (errors: Case['errors']) => errors.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()

describe('10,000 generated forms', () => {
  let cases: Case[] = []

  beforeAll(() => {
    if (!existsSync(program)) throw new Error(`${program} is missing: cargo build --workspace --bins`)
    const printed = execFileSync(program, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
    cases = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Case)
  })

  it('are many, and of all sorts', () => {
    const share = (test: (item: Case) => boolean) => cases.filter(test).length / cases.length
    const rules = cases.flatMap(({ form }) => form.fields.map(({ visible_if }) => visible_if))
    const ops = rules.flatMap((rule) => (!rule ? [] : 'all' in rule ? rule.all : rule.any))
    expect(cases).toHaveLength(10_000)
    expect(share(({ form, visible }) => visible.length < form.fields.length)).toBeGreaterThan(0.4)
    expect(share(({ form, visible }) => visible.length === form.fields.length)).toBeGreaterThan(0.2)
    expect(share(({ errors }) => errors.length > 0)).toBeGreaterThan(0.3)
    expect(share(({ errors }) => errors.length === 0)).toBeGreaterThan(0.2)
    expect(new Set(ops.map(({ op }) => op)).size).toBe(8)
    expect(new Set(cases.flatMap(({ errors }) => errors.map(({ code }) => code))).size).toBeGreaterThan(9)
  })

  it('are judged by the page as by the server', () => {
    const apart = cases.filter(({ form, values, visible, errors }) => {
      const shown = shownFields(form, values).map((field) => field.id)
      const found = brokenRules(form, values).map(({ field, code }) => ({
        pointer: `/${escaped(field)}`,
        code,
      }))
      return shown.join() !== visible.join() || lines(found).join() !== lines(errors).join()
    })
    expect(apart.slice(0, 3)).toEqual([])
  })
})
