import { useQueryClient } from '@tanstack/react-query'
import { ifMatch, unwrap, useApiMutation, type OrganizationRole, type User } from 'frontend-shared/api'
import { sendChanges } from '../../api/changes.ts'
import { keys } from '../../api/keys.ts'
import { api } from '../../portal.ts'

export interface Place {
  organization_id?: string | null
  organization_role?: OrganizationRole | null
}

interface Wanted {
  user: User
  changes: Place
}

interface Options {
  notice: (saved: User) => string
  onDone?: () => void
}

/** Changes where a person belongs; sent again by itself when somebody changed another field. */
export function useUserPatch({ notice, onDone }: Options) {
  const client = useQueryClient()
  return useApiMutation({
    run: ({ user, changes }: Wanted) =>
      sendChanges(user, changes, (version) =>
        unwrap(
          api.PATCH('/api/admin/users/{id}', {
            params: { path: { id: user.id }, header: ifMatch(version) },
            body: changes,
          }),
        ),
      ),
    invalidates: () => [keys.users(), keys.organizations()],
    onDone: (saved) => {
      client.setQueryData(keys.user(saved.id), saved)
      onDone?.()
    },
    notice,
  })
}
