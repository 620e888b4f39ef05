import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { fieldErrors, hasCode, ifMatch, unwrap, useApiMutation, type User } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useIsAdmin, useMe } from 'frontend-shared/session'
import { useState } from 'react'
import { changesTo, clashes, sendChanges } from '../../api/changes.ts'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/index.ts'
import { ConflictDialog } from '../../parts/ConflictDialog.tsx'
import { api } from '../../portal.ts'
import { UserFields, type UserValues } from './UserFields.tsx'

const LABELS = {
  name: 'field.name',
  role: 'field.role',
  organization_id: 'field.organization',
  organization_role: 'users.organization_role',
} as const

const valuesOf = (user: User): UserValues => ({
  name: user.name,
  role: user.role,
  organization_id: user.organization?.id ?? null,
  organization_role: user.organization_role,
})

/** Changes an account's name, role and organization; agents only read it. */
export function UserForm({ user }: { user: User }) {
  const t = useT()
  const shared = useSharedT()
  const me = useMe()
  const isAdmin = useIsAdmin()
  const client = useQueryClient()
  /** What was read when typing began, and what is wanted instead; null while nothing is. */
  const [edit, setEdit] = useState<{ base: User; values: UserValues } | null>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [theirs, setTheirs] = useState<User | null>(null)
  const base = edit?.base ?? user
  const values = edit?.values ?? valuesOf(user)
  const changes = changesTo(base, values)
  const dirty = Object.keys(changes).length > 0

  const save = useApiMutation({
    run: (from: User) =>
      sendChanges(from, changes, (version) =>
        unwrap(
          api.PATCH('/api/admin/users/{id}', {
            params: { path: { id: user.id }, header: ifMatch(version) },
            body: changes,
          }),
        ),
      ),
    onDone: (saved) => {
      client.setQueryData(keys.user(saved.id), saved)
      setEdit(null)
      setErrors({})
      setTheirs(null)
    },
    notice: t('common.saved'),
    onFailed: (error) => {
      if (hasCode(error, 'version_mismatch')) {
        setTheirs(error.problem.current as User)
        return true
      }
      const found = fieldErrors(error, shared)
      setErrors(found)
      return Object.keys(found).length > 0
    },
  })

  const words = (field: keyof UserValues, from: UserValues, name?: string) => {
    if (field === 'organization_id') return name ?? from.organization_id ?? t('users.no_organization')
    return String(from[field] ?? '–')
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (values.name.trim() === '') setErrors({ name: shared('field.required') })
        else if (dirty) save.mutate(base)
      }}
    >
      <UserFields
        values={values}
        errors={errors}
        organization={user.organization}
        readOnly={!isAdmin}
        fixedRole={user.id === me.id}
        onChange={(next) => setEdit({ base, values: { ...values, ...next } })}
      />
      {isAdmin && (
        <Group justify="flex-end" mt="md">
          {dirty && (
            <Button variant="default" onClick={() => setEdit(null)}>
              {t('common.discard')}
            </Button>
          )}
          <Button type="submit" disabled={!dirty} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      )}
      {theirs && (
        <ConflictDialog
          rows={clashes(changes, base, theirs).map((field) => ({
            field: t(LABELS[field]),
            theirs: words(field, valuesOf(theirs), theirs.organization?.name),
            mine: words(field, values),
          }))}
          busy={save.isPending}
          onTheirs={() => {
            client.setQueryData(keys.user(user.id), theirs)
            setEdit(null)
            setTheirs(null)
          }}
          onMine={() => save.mutate(theirs)}
        />
      )}
    </form>
  )
}
