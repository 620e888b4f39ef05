import { Button, Group } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useApiMutation, type PasswordLink } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import { DataList, EmptyState, Page, PersonName, RelativeTime, type Column } from 'frontend-shared/ui'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { keys } from '../api/keys.ts'
import {
  dismissRequest,
  makeLink,
  passwordRequestsQuery,
  type PasswordRequest,
} from '../api/passwordRequests.ts'
import { useT, type T } from '../i18n/people.ts'
import { paths } from '../paths.ts'
import { LinkDialog } from './users/LinkDialog.tsx'

interface Made {
  link: PasswordLink
  name: string
}

const columns = (t: T, isAdmin: boolean, onMade: (made: Made) => void): Column<PasswordRequest>[] => [
  {
    key: 'who',
    header: t('requests.who'),
    grows: true,
    cell: ({ user }) => (
      <AppLink to={paths.user(user.id)}>
        <PersonName name={user.name} size={28} />
      </AppLink>
    ),
  },
  { key: 'email', header: t('requests.email'), cell: ({ user }) => user.email },
  {
    key: 'asked',
    header: t('requests.asked'),
    cell: (row) => (
      <>
        <RelativeTime time={row.asked_at} />
        {row.asked > 1 && ` · ${t('requests.times', { count: row.asked })}`}
      </>
    ),
  },
  ...(isAdmin
    ? [
        {
          key: 'acts',
          header: t('requests.acts'),
          align: 'end' as const,
          cell: (row: PasswordRequest) => <Acts request={row} onMade={onMade} />,
        },
      ]
    : []),
]

/** People who forgot their password: an admin makes a link and hands it to them. */
export function PasswordRequestsPage() {
  const t = useT()
  const isAdmin = useIsAdmin()
  const [made, setMade] = useState<Made | null>(null)
  const query = useInfiniteQuery(passwordRequestsQuery())
  return (
    <Page
      title={t('requests.title')}
      intro={t(isAdmin ? 'requests.intro' : 'requests.read_only')}
      back={{ to: paths.users(), label: t('users.title') }}
    >
      <DataList
        query={query}
        columns={columns(t, isAdmin, setMade)}
        label={t('requests.title')}
        empty={
          <EmptyState icon={KeyRound} title={t('requests.none')}>
            {t('requests.none_detail')}
          </EmptyState>
        }
      />
      {made && <LinkDialog link={made.link} name={made.name} onClose={() => setMade(null)} />}
    </Page>
  )
}

function Acts({ request, onMade }: { request: PasswordRequest; onMade: (made: Made) => void }) {
  const t = useT()
  const { id, user } = request
  const make = useApiMutation({
    run: () => makeLink(user.id),
    onDone: (link) => onMade({ link, name: user.name }),
    invalidates: () => [keys.passwordRequests()],
  })
  const dismiss = useApiMutation({
    run: () => dismissRequest(id),
    invalidates: () => [keys.passwordRequests()],
    notice: t('requests.dismissed'),
  })
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button
        size="compact-sm"
        loading={make.isPending}
        aria-label={t('requests.make_for', { name: user.name })}
        onClick={() => make.mutate()}
      >
        {t('requests.make')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        loading={dismiss.isPending}
        aria-label={t('requests.dismiss_of', { name: user.name })}
        onClick={() => dismiss.mutate()}
      >
        {t('requests.dismiss')}
      </Button>
    </Group>
  )
}
