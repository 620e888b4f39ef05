/** What a host tells the portal at start, in `config.json` beside its `index.html`. */
export interface PortalConfig {
  /** Origin of the API; empty when the API answers on the portal's own origin. */
  api_base: string
  /** Where the customer portal lives; `/customer/` when not given. */
  customer_url?: string
  /** Where the admin portal lives; `/admin/` when not given. */
  admin_url?: string
}

let current: PortalConfig = { api_base: '' }

/**
 * Reads `<base path>config.json`. A host without one (404, or the SPA's own page in its
 * place) is taken as one that serves the API itself; a file that is no valid
 * configuration throws, because guessing would send passwords to the wrong place.
 */
export async function loadConfig(basePath: string): Promise<PortalConfig> {
  const response = await fetch(`${basePath}config.json`, { cache: 'no-cache' })
  const type = response.headers.get('Content-Type') ?? ''
  if (response.ok && type.includes('json')) current = parseConfig(await response.json())
  else if (response.status >= 500) throw new Error(`config.json answered ${response.status}`)
  return current
}

/** Checks and normalizes the content of a `config.json`. Throws on anything else. */
export function parseConfig(value: unknown): PortalConfig {
  if (typeof value !== 'object' || value === null) throw new Error('config.json is no object')
  const { api_base, customer_url, admin_url } = value as Record<string, unknown>
  if (typeof api_base !== 'string') throw new Error('config.json has no api_base')
  if (api_base !== '' && !/^https?:\/\/[^/?#]+$/.test(api_base.replace(/\/+$/, ''))) {
    throw new Error('api_base in config.json must be an origin such as https://api.example.com')
  }
  const parsed: PortalConfig = { api_base: api_base.replace(/\/+$/, '') }
  if (typeof customer_url === 'string') parsed.customer_url = customer_url
  if (typeof admin_url === 'string') parsed.admin_url = admin_url
  return parsed
}

export function config(): PortalConfig {
  return current
}

/** Full address of an API path (`/api/…`). */
export function apiUrl(path: string): string {
  return current.api_base + path
}

/** True when the API lives on an origin other than the page's. */
export function apiIsRemote(): boolean {
  return current.api_base !== '' && new URL(current.api_base).origin !== location.origin
}
