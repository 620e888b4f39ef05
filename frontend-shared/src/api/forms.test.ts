import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../..')

/**
 * What no form sends: a rendering, a report that nobody waits for, a file that changes nothing twice; and
 * clicks that take the place of the one before.
 */
const NO_FORM = [
  '/api/admin/markdown/preview',
  '/api/customer/empty-searches',
  '/api/admin/users/import',
  '/api/customer/knowledge-base/{slug}/vote',
  '/api/admin/feedback/{id}/seen',
]

/** The `POST`s with a body in the sources of a portal, each from its address to its last bracket. */
function posts(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('api.POST(').slice(1).map(argumentsOf))
    .filter((call) => /\bbody\b/.test(call))
}

function argumentsOf(text: string): string {
  let open = 1
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') open += 1
    if (text[at] === ')') open -= 1
    if (open === 0) return text.slice(0, at)
  }
  return text
}

it.each(['frontend-admin', 'frontend-customer'])('every form of %s sends the key of its call', (portal) => {
  const forms = posts(join(ROOT, portal, 'src')).filter(
    (call) => !NO_FORM.some((path) => call.includes(`'${path}'`)),
  )
  // Else nothing is looked at.
  expect(forms.length).toBeGreaterThan(2)
  expect(forms.filter((call) => !/\bonce\b/.test(call))).toEqual([])
})
