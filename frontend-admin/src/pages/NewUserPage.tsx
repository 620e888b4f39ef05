import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import {
  fieldErrors,
  hasCode,
  unwrap,
  useApiMutation,
  type PasswordLink,
  type User,
} from 'frontend-shared/api'
import { useFormDraft } from 'frontend-shared/forms'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink, useGo } from 'frontend-shared/routing'
import { Page, Panel } from 'frontend-shared/ui'
import { keys } from '../api/keys.ts'
import { useT } from '../i18n/people.ts'
import { AdminsOnly } from '../parts/AdminsOnly.tsx'
import { DraftNotice } from '../parts/DraftNotice.tsx'
import { paths } from '../paths.ts'
import { api } from '../portal.ts'
import { LinkDialog } from './users/LinkDialog.tsx'
import { UserFields, type UserValues } from './users/UserFields.tsx'

type NewUserValues = UserValues & { email: string }

const EMPTY: NewUserValues = {
  email: '',
  name: '',
  role: 'customer',
  organization_id: null,
  organization_role: null,
}

export function NewUserPage() {
  const t = useT()
  return (
    <AdminsOnly title={t('users.new')} back={{ to: paths.users(), label: t('users.title') }}>
      <NewUser />
    </AdminsOnly>
  )
}

/** Makes an account and hands out the link with which its owner sets the password. */
function NewUser() {
  const t = useT()
  const shared = useSharedT()
  const go = useGo()
  const draft = useFormDraft<NewUserValues>('new-user', EMPTY)
  const { values } = draft
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [made, setMade] = useState<{ user: User; link: PasswordLink } | null>(null)

  const create = useApiMutation({
    run: (body: NewUserValues, once) =>
      unwrap(api.POST('/api/admin/users', { params: { header: once }, body })),
    call: () => draft.call,
    made: ({ id, name }) => ({ name, to: paths.user(id) }),
    invalidates: () => [keys.users(), keys.organizations()],
    onDone: async (user) => {
      draft.clear()
      // The account stands even if no link can be made now; its page makes one later.
      const link = await unwrap(
        api.POST('/api/admin/users/{id}/password-link', { params: { path: { id: user.id } } }),
      ).catch(() => null)
      if (link) setMade({ user, link })
      else await go(paths.user(user.id))
    },
    notice: (user) => t('users.created', { name: user.name }),
    onFailed: (error) => {
      const taken: Record<string, string> = hasCode(error, 'email_taken') ? { email: t('users.taken') } : {}
      const found = { ...taken, ...fieldErrors(error, shared) }
      setErrors(found)
      return Object.keys(found).length > 0
    },
  })

  // What was wrong with a field is no longer true once it is written anew.
  const change = (changes: Partial<NewUserValues>) => {
    draft.setValues({ ...values, ...changes })
    setErrors((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in changes))))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found: Record<string, string> = {}
    if (!values.email.includes('@')) found['email'] = shared('field.email')
    if (values.name.trim() === '') found['name'] = shared('field.required')
    setErrors(found)
    if (Object.keys(found).length === 0) create.mutate({ ...values, email: values.email.trim() })
  }

  return (
    <Page
      title={t('users.new')}
      intro={t('users.new_intro')}
      width="prose"
      back={{ to: paths.users(), label: t('users.title') }}
    >
      <form onSubmit={submit} noValidate>
        <Panel>
          <Stack>
            {draft.restored && <DraftNotice onDiscard={draft.clear} />}
            <TextInput
              label={shared('auth.email')}
              type="email"
              withAsterisk
              maxLength={254}
              autoComplete="off"
              value={values.email}
              onChange={(event) => change({ email: event.currentTarget.value })}
              error={errors['email']}
            />
            <UserFields values={values} errors={errors} onChange={change} />
            <Group justify="flex-end">
              <Button variant="default" component={AppLink} to={paths.users()}>
                {shared('common.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t('users.create')}
              </Button>
            </Group>
          </Stack>
        </Panel>
      </form>
      {made && (
        <LinkDialog
          link={made.link}
          name={made.user.name}
          onClose={() => void go(paths.user(made.user.id))}
        />
      )}
    </Page>
  )
}
