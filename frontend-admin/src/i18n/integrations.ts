import { defineCatalogs } from 'frontend-shared/i18n'
import { en } from './en.ts'

/** English texts of the pages about API keys, and those of all. */
export const integrations = {
  ...en,

  'integrations.keys': 'API keys',
  'integrations.webhooks': 'Webhooks',

  'keys.title': 'API keys',
  'keys.intro':
    'With a key a program calls the API. It does what its scopes say, in the name of whoever made it, and never more than they may.',
  'keys.admins_only': 'Keys open the desk to programs. Only administrators make and end them.',
  'keys.new': 'New key',
  'keys.empty': 'No keys yet',
  'keys.empty_detail': 'Make one for each program, so that each can be ended by itself.',
  'keys.name': 'Name',
  'keys.name_help': 'What it is for, in your words. Others will look for it here.',
  'keys.hint': 'Key',
  'keys.scopes': 'Scopes',
  'keys.scopes_help': 'Choose only what the program needs. A key can be replaced, not changed.',
  'keys.scopes_none': 'Choose at least one.',
  'keys.organization': 'Organization',
  'keys.organization_all': 'All organizations',
  'keys.organization_help':
    'With one, the key sees only its tickets, people, feedback, insights and events. Services and articles belong to all.',
  'keys.maker': 'Made by',
  'keys.used': 'Last used',
  'keys.used_never': 'Never',
  'keys.expires': 'Expires',
  'keys.expires_never': 'Never',
  'keys.expires_days': 'In {count} days',
  'keys.expires_year': 'In a year',
  'keys.state': 'State',
  'keys.acts': 'Acts',
  'keys.state.active': 'Active',
  'keys.state.expired': 'Expired',
  'keys.state.revoked': 'Revoked',
  'keys.state.suspended': 'Suspended',
  'keys.suspended_detail': '{name} may not act for it at present.',
  'keys.create': 'Make the key',
  'keys.made_title': 'The key “{name}”',
  'keys.made_detail':
    'Copy it now and put it where the program keeps its secrets. It is shown this once: nobody can read it again.',
  'keys.made_label': 'Key',
  'keys.done': 'I have copied it',
  'keys.revoke': 'Revoke',
  'keys.revoke_of': 'Revoke “{name}”',
  'keys.revoke_title': 'Revoke the key “{name}”?',
  'keys.revoke_detail':
    'Whatever calls with it is refused from this moment on, and its streams end. This cannot be undone.',
  'keys.revoked': '“{name}” is revoked.',

  'scopes.tickets': 'Tickets',
  'scopes.people': 'People',
  'scopes.figures': 'Feedback and figures',
  'scopes.services': 'Services',
  'scopes.kb': 'Knowledge base',
  'scopes.events': 'Events',
  'scopes.not_by_organization': 'Belongs to all organizations: not with a key for one.',
  'scope.tickets:read': 'Read tickets with their conversations, notes and histories',
  'scope.tickets:write': 'Open tickets for customers, change them, write messages and notes',
  'scope.users:read': 'Read people and organizations',
  'scope.users:write': 'Add and change customers and organizations, never staff',
  'scope.feedback:read': 'Read ratings and resolutions, with their comments',
  'scope.insights:read': 'Read how customers fare, and the overview',
  'scope.services:read': 'Read services, drafts too',
  'scope.services:write': 'Write, publish, retire and delete services',
  'scope.kb:read': 'Read articles, drafts and revisions too',
  'scope.kb:write': 'Write, publish, archive and delete articles',
  'scope.events:read': 'Listen to what happens: ids and codes, no texts',
} as const

export const useT = defineCatalogs(integrations)
export type T = ReturnType<typeof useT>
