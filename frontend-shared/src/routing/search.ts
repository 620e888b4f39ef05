/** What a page's search parameters hold before it has checked them. */
export type RawSearch = Record<string, string | undefined>

/** Reads `?status=open&q=x` into plain text values; of a repeated name the last counts. */
export function parseSearch(search: string): RawSearch {
  return Object.fromEntries(new URLSearchParams(search))
}

/** Writes search parameters, leaving out what is empty, so that addresses stay short. */
export function writeSearch(search: object): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search) as [string, unknown][]) {
    if (value === undefined || value === null || value === '' || value === false) continue
    params.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  const query = params.toString()
  return query === '' ? '' : `?${query}`
}

/** The value if it is one of those allowed. */
export function oneOf<const T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((item) => item === value)
}

/** The allowed values of a comma-joined list; undefined when none is left. */
export function someOf<const T extends string>(allowed: readonly T[], value: unknown): T[] | undefined {
  if (typeof value !== 'string' && !Array.isArray(value)) return undefined
  const parts: unknown[] = Array.isArray(value) ? value : value.split(',')
  const found = allowed.filter((item) => parts.includes(item))
  return found.length > 0 ? found : undefined
}

/** A text of reasonable length, or undefined. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined
}

/** The digits of a whole number above zero, or undefined. */
export function whole(value: unknown): string | undefined {
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? value : undefined
}
