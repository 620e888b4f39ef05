import { defineCatalogs } from 'frontend-shared/i18n'
import { en } from './en.ts'

/** English texts of the pages about the desk's settings, and those of all. */
export const settings = {
  ...en,

  'settings.title': 'Settings',
  'settings.intro': 'They hold for the whole desk, at once and for everybody.',
  'settings.saved': 'The settings are saved.',
  'settings.look': 'Name and look',
  'settings.brand_name': 'Name of the desk',
  'settings.brand_name_help': 'Stands before the name of each portal. Leave it empty for the plain names.',
  'settings.colour': 'Colour',
  'settings.colour_choose': 'Choose a colour',
  'settings.colour_default': 'As it comes',
  'settings.colour_reset': 'As it comes',
  'settings.colour_help': 'One colour for both portals, such as #1a7f5a.',
  'settings.colour_form': 'Write a colour as # and six digits, such as #1a7f5a.',
  'settings.colour_white': 'Text on it is white, with a contrast of {contrast} to 1.',
  'settings.colour_dark': 'Text on it is dark, with a contrast of {contrast} to 1.',
  'settings.colour_moved': 'Buttons use it a little darker, so that their text can be read.',
  'settings.logo': 'Logo',
  'settings.logo_now': 'The present logo',
  'settings.logo_file': 'A picture for the logo',
  'settings.logo_choose': 'Choose a picture',
  'settings.logo_replace': 'Another picture',
  'settings.logo_remove': 'Remove',
  'settings.logo_help': 'PNG, JPEG or WebP, at most 256 KiB and 2048 pixels a side. It is shown at once.',
  'settings.logo_refused': 'Choose a PNG, JPEG or WebP of at most 256 KiB, each side 16 to 2048 pixels.',
  'settings.logo_saved': 'The logo is shown in both portals.',
  'settings.logo_removed': 'The logo is gone.',
  'settings.tickets': 'Tickets and ratings',
  'settings.auto_close': 'Close resolved tickets by themselves',
  'settings.auto_close_help': 'When nobody has said a word in a resolved ticket for some days.',
  'settings.auto_close_days': 'Days without a word',
  'settings.rating_window': 'Days to rate',
  'settings.rating_window_help':
    'For so many days after a resolution customers can rate it, or change their rating.',
  'settings.accounts': 'Accounts',
  'settings.registration': 'People may make themselves an account',
  'settings.registration_help':
    'In the customer portal, always as a customer without an organization. Else you add people.',
  'settings.never': 'Never',
  'settings.default': 'As it comes',
  'settings.preview': 'Preview',
  'settings.preview_light': 'On light pages',
  'settings.preview_dark': 'On dark pages',
  'settings.preview_portal': 'Help Center',
  'settings.preview_button': 'Open a ticket',
  'settings.preview_link': 'Read the article',
  'settings.preview_help': 'The customer portal. The {portal} is dressed the same.',
} as const

export const useT = defineCatalogs(settings)
export type T = ReturnType<typeof useT>
