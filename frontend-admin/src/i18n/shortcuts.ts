import { defineCatalogs } from 'frontend-shared/i18n'
import { en } from './en.ts'

/** English texts of the pages about the keyboard shortcuts, and those of all. */
export const shortcuts = {
  ...en,

  'shortcuts.title': 'Keyboard shortcuts',
  'shortcuts.everywhere': 'Everywhere',
  'shortcuts.lists': 'In lists and from ticket to ticket',
  'shortcuts.ticket': 'On a ticket',
  'shortcuts.search': 'Search',
  'shortcuts.help': 'This help',
  'shortcuts.next': 'Next',
  'shortcuts.previous': 'Previous',
  'shortcuts.open': 'Open',
  'shortcuts.reply': 'Public reply',
  'shortcuts.note': 'Internal note',
  'shortcuts.insert': 'Insert an article',
  'shortcuts.assign': 'Assign',
  'shortcuts.status': 'Change the status',
  'shortcuts.priority': 'Change the priority',
  'shortcuts.send': 'Send',
  'shortcuts.on': 'Single-key shortcuts',
  'shortcuts.on_detail': 'Turn them off when you dictate or press keys by accident.',
  'shortcuts.turn_off': 'Turn shortcuts off',
  'shortcuts.turn_on': 'Turn shortcuts on',
} as const

export const useT = defineCatalogs(shortcuts)
export type T = ReturnType<typeof useT>
export type Key = keyof typeof shortcuts
