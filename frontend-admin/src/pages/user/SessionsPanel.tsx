import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { LogOut, Monitor } from 'lucide-react'
import { rowsOf, unwrap, useApiMutation, type User } from 'frontend-shared/api'
import { ConfirmDialog, ErrorState, ExactTime, LoadingState, Panel, RelativeTime } from 'frontend-shared/ui'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { userSessionsQuery } from '../../api/people.ts'
import type { components } from '../../api/schema.d.ts'
import { useT } from '../../i18n/people.ts'
import { api } from '../../portal.ts'
import { deviceOf } from 'frontend-shared/account'
import classes from './user.module.css'

type UserSession = components['schemas']['UserSession']

/** Where a person is signed in, for admins, who can end one of it or all. */
export function SessionsPanel({ user }: { user: User }) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  const query = useInfiniteQuery(userSessionsQuery(user.id))
  const rows = rowsOf(query.data)
  const endAll = useApiMutation({
    run: () => unwrap(api.DELETE('/api/admin/users/{id}/sessions', { params: { path: { id: user.id } } })),
    invalidates: () => [keys.userSessions(user.id)],
    onDone: () => setAsking(false),
    notice: t('user.sessions_ended', { name: user.name }),
  })
  return (
    <Panel
      title={t('user.sessions')}
      actions={
        rows.length > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<LogOut size={14} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {t('user.end_sessions')}
          </Button>
        )
      }
    >
      {query.isPending ? (
        <LoadingState count={2} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.none}>{t('user.sessions_none')}</p>
      ) : (
        <ul className={classes.sessions}>
          {rows.map((session) => (
            <Session key={session.id} session={session} user={user} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button
          mt="sm"
          size="compact-sm"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('common.show_all')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('user.end_sessions_title', { name: user.name })}
        confirmLabel={t('user.end_sessions')}
        destructive
        busy={endAll.isPending}
        onConfirm={() => endAll.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('user.end_sessions_detail')}
      </ConfirmDialog>
    </Panel>
  )
}

function Session({ session, user }: { session: UserSession; user: User }) {
  const t = useT()
  const device = deviceOf(session.user_agent)
  const words =
    device === null
      ? session.user_agent || t('device.unknown')
      : device.system === null
        ? device.browser
        : t('device.on', { browser: device.browser, system: device.system })
  const end = useApiMutation({
    run: () =>
      unwrap(
        api.DELETE('/api/admin/users/{id}/sessions/{session_id}', {
          params: { path: { id: user.id, session_id: session.id } },
        }),
      ),
    invalidates: () => [keys.userSessions(user.id)],
    notice: t('user.session_ended'),
  })
  return (
    <li className={classes.session}>
      <Monitor size={18} className={classes.icon} aria-hidden />
      <div className={classes.about}>
        <span className={classes.device} title={session.user_agent}>
          {words}
        </span>
        <span className={classes.meta}>
          {session.address} · {t('user.session_since')} <ExactTime time={session.created_at} /> ·{' '}
          {t('user.session_used')} <RelativeTime time={session.last_used_at} />
        </span>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        loading={end.isPending}
        aria-label={t('user.end_session_of', { device: words })}
        onClick={() => end.mutate()}
      >
        {t('user.end_session')}
      </Button>
    </li>
  )
}
