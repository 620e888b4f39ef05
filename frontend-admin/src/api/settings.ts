import { queryOptions } from '@tanstack/react-query'
import { ifMatch, unwrap } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys } from './keys.ts'
import type { components } from './schema.d.ts'

export type Settings = components['schemas']['Settings']

/** The form editor names what it edits; there is one set of settings. */
export type EditedSettings = Settings & { id: 'settings' }

const named = (settings: Settings): EditedSettings => ({ ...settings, id: 'settings' })

export const settingsQuery = () =>
  queryOptions({
    queryKey: keys.settings(),
    queryFn: async ({ signal }) => named(await unwrap(api.GET('/api/admin/settings', { signal }))),
  })

export const patchSettings = async (
  version: { version: number },
  changes: components['schemas']['SettingsUpdate'],
) =>
  named(
    await unwrap(api.PATCH('/api/admin/settings', { params: { header: ifMatch(version) }, body: changes })),
  )

// The logo is one thing: the last one given stands, so its version is not asked for.
const whatever = { params: { header: { 'If-Match': '*' } } }

export const putLogo = async (content: string) =>
  named(await unwrap(api.PUT('/api/admin/settings/logo', { ...whatever, body: { content } })))

export const removeLogo = async () => named(await unwrap(api.DELETE('/api/admin/settings/logo', whatever)))
