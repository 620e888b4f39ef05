import { people, type T } from '../../i18n/people.ts'

/** A code in words; a newer server's code that this page has no words for stands as it is, spaced. */
function said(t: T, prefix: string, code: string): string {
  const key = `${prefix}.${code}`
  return key in people ? t(key as 'audit.title') : code.replaceAll(/[._]/g, ' ')
}

export const actionWords = (t: T, action: string): string => said(t, 'audit.action', action)
export const kindWords = (t: T, kind: string): string => said(t, 'audit.kind', kind)

/** Ids say nothing to a reader; where they matter, the row's subject names them. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function valueWords(t: T, value: unknown, prefix: string): string {
  if (value === null || value === undefined) return '–'
  if (Array.isArray(value)) return value.map((item) => valueWords(t, item, prefix)).join(', ')
  if (typeof value === 'object') {
    const change = value as { from?: unknown; to?: unknown }
    return `${valueWords(t, change.from, prefix)} → ${valueWords(t, change.to, prefix)}`
  }
  return typeof value === 'string' ? said(t, prefix, value) : String(value)
}

/** `active` is a field of a person, and a status of a service: the same code in other words. */
const prefixOf = (name: string) => (name === 'status' ? 'content' : 'audit.word')

const isId = (value: unknown) => typeof value === 'string' && ID.test(value)

/** The detail of a row as names and values, without bare ids. */
export function detailWords(t: T, detail: Record<string, unknown>): { name: string; value: string }[] {
  return Object.entries(detail)
    .filter(([, value]) => !isId(value))
    .map(([name, value]) => ({
      name: said(t, 'audit.detail', name),
      value: valueWords(t, value, prefixOf(name)),
    }))
}
