import type { Settings } from '../../api/settings.ts'

/** What the form holds: the settings but for the logo, which is given at once. */
export interface SettingsValues {
  registration_open: boolean
  auto_close_days: number | null
  rating_window_days: number | null
  brand_name: string | null
  accent_colour: string | null
}

export const AUTO_CLOSE_DEFAULT = 4

export const valuesOf = (settings: Settings): SettingsValues => ({
  registration_open: settings.registration_open,
  auto_close_days: settings.auto_close_days,
  rating_window_days: settings.rating_window_days,
  brand_name: settings.brand_name,
  accent_colour: settings.accent_colour,
})

/** A whole colour, or nothing where it is still being typed. */
export const wholeColour = (text: string | null): string | null =>
  text !== null && /^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : null
