import { apiUrl } from '../api/config.ts'
import { networkError, problemFrom } from '@bsm-platform/client'
import { accentVariables } from '../theme/colour.ts'

/** How the desk looks, and whether it is open: known before anybody has signed in. */
export interface Branding {
  brand_name: string | null
  accent_colour: string | null
  logo: { url: string; width: number; height: number } | null
  registration_open: boolean
}

const KEY = 'bsm-branding'
const COLOUR = /^#[0-9a-f]{6}$/i
const PLAIN: Branding = { brand_name: null, accent_colour: null, logo: null, registration_open: true }
const variables = Object.keys(accentVariables('#000000'))

/** What this browser saw last, so that a page begins as it will go on. */
export function keptBranding(): Branding | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Branding> | null
    return kept && typeof kept === 'object' ? { ...PLAIN, ...kept } : null
  } catch {
    return null
  }
}

function keep(branding: Branding): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(branding))
  } catch {
    // Without storage the next page begins plainly.
  }
}

/** Asks the API; the browser's own cache makes most answers empty ones. */
export async function fetchBranding(signal?: AbortSignal): Promise<Branding> {
  let response: Response
  try {
    response = await fetch(apiUrl('/api/branding'), { signal: signal ?? null })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw networkError(cause)
  }
  if (!response.ok) throw problemFrom(response, undefined)
  const branding = { ...PLAIN, ...((await response.json()) as Partial<Branding>) }
  keep(branding)
  return branding
}

/** The portal's name with the desk's own before it. */
export function fullName(portalName: string, brandName: string | null): string {
  return brandName === null ? portalName : `${brandName} ${portalName}`
}

/**
 * Dresses the page: the accent's variables (by script, which the content security policy allows,
 * and not as a style element, which it refuses), the tab's title and icon.
 */
export function dress(branding: Branding, portalName: string): void {
  const { documentElement } = document
  const colour = branding.accent_colour
  const wanted = colour !== null && COLOUR.test(colour) ? accentVariables(colour) : {}
  for (const name of variables) {
    const value = wanted[name]
    if (value === undefined) documentElement.style.removeProperty(name)
    else documentElement.style.setProperty(name, value)
  }
  const before = documentElement.dataset['portal'] ?? portalName
  const now = fullName(portalName, branding.brand_name)
  documentElement.dataset['portal'] = now
  if (document.title.endsWith(before)) document.title = document.title.slice(0, -before.length) + now
  setIcon(branding.logo)
}

function setIcon(logo: Branding['logo']): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (!link) return
  link.dataset['own'] ??= link.getAttribute('href') ?? ''
  const href = logo ? apiUrl(logo.url) : link.dataset['own']
  if (link.getAttribute('href') === href) return
  if (logo) link.removeAttribute('type')
  else link.type = 'image/svg+xml'
  link.href = href
}

export const plainBranding = PLAIN
