import { Anchor, Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ChartNoAxesCombined } from 'lucide-react'
import type { User } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import { ErrorState, ExactTime, LoadingState, Page, Panel, RelativeTime, WithAside } from 'frontend-shared/ui'
import { userQuery } from '../api/people.ts'
import { useT } from '../i18n/people.ts'
import { paths } from '../paths.ts'
import { Shortlist } from './home/Shortlist.tsx'
import { SessionsPanel } from './user/SessionsPanel.tsx'
import { UserActs } from './users/UserActs.tsx'
import { UserForm } from './users/UserForm.tsx'
import aside from './ticket/aside.module.css'

/** One account: what is known, and for admins what can be changed. */
export function UserPage() {
  const t = useT()
  const { user: id } = useParams({ from: '/frame/users/$user' })
  const query = useQuery(userQuery(id))
  const back = { to: paths.users(), label: t('users.title') }
  if (query.isPending || (query.isError && !query.data)) {
    return (
      <Page title={t('user.title')} back={back}>
        {query.isPending ? (
          <LoadingState shape="page" />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Page>
    )
  }
  return <Account key={query.data.id} user={query.data} back={back} />
}

function Account({ user, back }: { user: User; back: { to: string; label: string } }) {
  const t = useT()
  const isAdmin = useIsAdmin()
  return (
    <Page
      title={user.name}
      back={back}
      intro={<Anchor href={`mailto:${user.email}`}>{user.email}</Anchor>}
      marks={
        <>
          <Badge>{t(`role.${user.role}`)}</Badge>
          {!user.active && <Badge color="gray">{t('users.inactive')}</Badge>}
        </>
      }
      actions={
        user.role === 'customer' && (
          <Button
            component={AppLink}
            to={paths.insight(user.id)}
            variant="default"
            leftSection={<ChartNoAxesCombined size={16} aria-hidden />}
          >
            {t('insight.how')}
          </Button>
        )
      }
    >
      <WithAside
        aside={
          <>
            <Facts user={user} />
            {isAdmin && <UserActs user={user} />}
          </>
        }
      >
        <Panel title={t('user.details')}>
          <UserForm user={user} />
        </Panel>
        {user.role === 'customer' ? (
          <Shortlist
            title={t('user.tickets')}
            search={{ requester: user.id, sort: '-created_at' }}
            empty={t('user.no_tickets')}
          />
        ) : (
          <Shortlist
            title={t('user.assigned')}
            search={{ assignee: user.id, status: ['new', 'open', 'pending', 'on_hold'] }}
            empty={t('user.none_assigned')}
          />
        )}
        {isAdmin && <SessionsPanel user={user} />}
      </WithAside>
    </Page>
  )
}

function Facts({ user }: { user: User }) {
  const t = useT()
  const isAdmin = useIsAdmin()
  return (
    <Panel title={t('user.facts')}>
      <dl className={aside.dates}>
        <dt>{t('field.last_seen')}</dt>
        <dd>{user.last_seen_at ? <RelativeTime time={user.last_seen_at} /> : t('users.never_seen')}</dd>
        <dt>{t('field.created')}</dt>
        <dd>
          <ExactTime time={user.created_at} dateOnly />
        </dd>
        {user.organization && (
          <>
            <dt>{t('field.organization')}</dt>
            <dd>
              <Anchor component={AppLink} to={paths.organization(user.organization.id)} size="sm">
                {user.organization.name}
              </Anchor>
            </dd>
          </>
        )}
      </dl>
      {isAdmin && (
        <Anchor
          component={AppLink}
          to={paths.audit({ subject: user.id })}
          size="sm"
          display="inline-block"
          mt="sm"
        >
          {t('user.audit')}
        </Anchor>
      )}
    </Panel>
  )
}
