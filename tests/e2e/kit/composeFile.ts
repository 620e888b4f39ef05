import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'

const FILE = resolve(import.meta.dirname, '../../../docker-compose.yml')

/** A service, as far as it matters to whoever starts it without containers. */
export interface Service {
  image?: string
  build?: { target: string }
  command?: string[]
  environment?: Record<string, string>
  ports?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
  read_only?: boolean
  tmpfs?: string[]
  cap_drop?: string[]
  security_opt?: string[]
}

/** Reads docker-compose.yml, its variables filled in. Throws, as Compose does, where one is missing. */
export function readCompose(variables: Record<string, string>): Record<string, Service> {
  const file = parse(readFileSync(FILE, 'utf8'), { merge: true }) as { services: Record<string, Service> }
  return interpolated(file.services, variables) as Record<string, Service>
}

function interpolated(value: unknown, variables: Record<string, string>): unknown {
  if (typeof value === 'string') return fill(value, variables)
  if (Array.isArray(value)) return value.map((item) => interpolated(item, variables))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, variables)]))
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?what to say}`, which is all that the file uses. */
function fill(text: string, variables: Record<string, string>): string {
  return text.replaceAll(/\$(?:\{(\w+)(?::([-?])([^}]*))?\}|.?)/g, (whole, name, kind, rest) => {
    if (typeof name !== 'string') throw new Error(`docker-compose.yml: ${whole} is not understood here`)
    const value = variables[name]
    if (value) return value
    if (kind === '-') return rest as string
    throw new Error(`docker-compose.yml: ${name}: ${kind === '?' ? rest : 'it is not set'}`)
  })
}
