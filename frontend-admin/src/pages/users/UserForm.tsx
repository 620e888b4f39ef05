import { Button, Group } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { fieldErrors, hasCode, ifMatch, rowsOf, unwrap, useApiMutation, type User } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useIsAdmin, useMe } from 'frontend-shared/session'
import { useFormDraft } from 'frontend-shared/forms'
import { useState } from 'react'
import { changesTo, clashes, sendChanges, settled, typedSince } from '../../api/changes.ts'
import { keys } from '../../api/keys.ts'
import { organizationsQuery } from '../../api/people.ts'
import { useT } from '../../i18n/people.ts'
import { ConflictDialog } from '../../parts/ConflictDialog.tsx'
import { DraftNotice } from '../../parts/DraftNotice.tsx'
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

/** What was read when typing began, and what is wanted instead. */
interface Edit {
  base: User | null
  values: UserValues | null
}

interface Save {
  from: User
  what: Partial<UserValues>
  /** What the fields said then. */
  sent: UserValues
}

/** Changes an account's name, role and organization; agents only read it. */
export function UserForm({ user }: { user: User }) {
  const t = useT()
  const shared = useSharedT()
  const me = useMe()
  const isAdmin = useIsAdmin()
  const client = useQueryClient()
  const draft = useFormDraft<Edit>(`user:${user.id}`, { base: null, values: null })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [theirs, setTheirs] = useState<User | null>(null)
  const base = draft.values.base ?? user
  const values = draft.values.values ?? valuesOf(user)
  const changes = changesTo(base, values)
  const dirty = Object.keys(changes).length > 0
  const forget = () => {
    draft.clear()
    setErrors({})
    setTheirs(null)
  }

  const save = useApiMutation({
    run: ({ from, what }: Save) =>
      sendChanges(from, what, (version) =>
        unwrap(
          api.PATCH('/api/admin/users/{id}', {
            params: { path: { id: user.id }, header: ifMatch(version) },
            body: what,
          }),
        ),
      ),
    onDone: (saved, { sent }) => {
      client.setQueryData(keys.user(saved.id), saved)
      const later = typedSince(sent, draft.latest().values)
      forget()
      // What was typed while it was saved is not saved, and stays.
      if (Object.keys(later).length > 0) {
        draft.setValues({ base: saved, values: { ...valuesOf(saved), ...later } })
      }
    },
    notice: t('common.saved'),
    onFailed: (error) => {
      if (hasCode(error, 'version_mismatch')) {
        const current = error.problem.current as User
        if (clashes(changes, base, current).length === 0) return false
        setTheirs(current)
        return true
      }
      const found = fieldErrors(error, shared)
      setErrors(found)
      return Object.keys(found).length > 0
    },
  })

  const organizations = rowsOf(
    useInfiniteQuery({ ...organizationsQuery(undefined, 100), enabled: theirs !== null }).data,
  )
  const words = (field: keyof UserValues, from: UserValues): string => {
    if (field === 'name') return from.name
    if (field === 'role') return t(`role.${from.role}`)
    if (field === 'organization_role') {
      return from.organization_role ? t(`org_role.${from.organization_role}`) : '–'
    }
    if (from.organization_id === null) return t('users.no_organization')
    const known = [theirs?.organization, user.organization, ...organizations]
    return known.find((organization) => organization?.id === from.organization_id)?.name ?? '…'
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (values.name.trim() === '') setErrors({ name: shared('field.required') })
        else if (dirty) save.mutate({ from: base, what: changes, sent: values })
      }}
    >
      {isAdmin && draft.restored && dirty && <DraftNotice onDiscard={forget} />}
      <UserFields
        values={values}
        errors={errors}
        organization={user.organization}
        readOnly={!isAdmin}
        fixedRole={user.id === me.id}
        onChange={(next) => draft.setValues({ base, values: { ...values, ...next } })}
      />
      {isAdmin && (
        <Group justify="flex-end" mt="md">
          {dirty && (
            <Button variant="default" onClick={forget}>
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
            name: field,
            field: t(LABELS[field]),
            theirs: words(field, valuesOf(theirs)),
            mine: words(field, values),
          }))}
          busy={save.isPending}
          onTheirs={() => {
            client.setQueryData(keys.user(user.id), theirs)
            const rest = settled(changes, clashes(changes, base, theirs), [])
            draft.setValues({ base: theirs, values: { ...valuesOf(theirs), ...rest } })
            setTheirs(null)
          }}
          onClose={() => setTheirs(null)}
          onMine={(mine) =>
            save.mutate({
              from: theirs,
              what: settled(changes, clashes(changes, base, theirs), mine),
              sent: values,
            })
          }
        />
      )}
    </form>
  )
}
