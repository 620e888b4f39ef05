import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { AUDIT_ACTIONS } from '../../api/auditActions.ts'
import { people, type T } from '../../i18n/people.ts'
import { actionWords, detailWords } from './words.ts'

const t = ((key: string) => (people as Record<string, unknown>)[key]) as unknown as T

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return name.endsWith('.rs') ? [readFileSync(path, 'utf8')] : []
  })
}

test('every action that the server writes down has words, and can be filtered by', () => {
  const text = sources(resolve(import.meta.dirname, '../../../../crates/application/src')).join('\n')
  const nouns = 'user|organization|session|password|password_link|service|article|category|settings|branding'
  const literal = new RegExp(`"((?:${nouns})\\.[a-z_]+)"`, 'g')
  const written = new Set([...text.matchAll(literal)].map(([, action]) => action ?? ''))
  expect(written.size).toBeGreaterThan(10)
  const known: readonly string[] = AUDIT_ACTIONS
  expect([...written].filter((action) => !known.includes(action))).toEqual([])
  for (const action of known) expect(people).toHaveProperty([`audit.action.${action}`])
})

test('codes stand in words, ids do not stand at all, and nothing is a blob', () => {
  const id = '01890000-0000-7000-8000-000000000001'
  expect(detailWords(t, { user_id: id, reason: 'deactivated' })).toEqual([
    { name: 'Why', value: 'the account was deactivated' },
  ])
  expect(detailWords(t, { fields: ['role', 'organization_role'] })).toEqual([
    { name: 'Fields', value: 'role, role in the organization' },
  ])
  expect(detailWords(t, { version: { from: null, to: 2 } })).toEqual([{ name: 'Version', value: '– → 2' }])
  // Of a newer server.
  expect(detailWords(t, { shoe_size: 'very_large' })).toEqual([{ name: 'shoe size', value: 'very large' }])
  expect(actionWords(t, 'robot.switched_on')).toBe('robot switched on')
})
