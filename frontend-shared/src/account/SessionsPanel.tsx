import { Badge, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { LogOut, Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation } from '../api/mutation.ts'
import { rowsOf } from '../api/pages.ts'
import type { OwnSession } from '../api/types.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { useSession } from '../session/SessionProvider.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Panel } from '../ui/layout.tsx'
import { ErrorState, LoadingState } from '../ui/states.tsx'
import { ExactTime, RelativeTime } from '../ui/time.tsx'
import { accountApi, sessionsKey } from './api.ts'
import { deviceOf } from './device.ts'
import classes from './account.module.css'

/** Where one is signed in; one of it, or all, can be ended. */
export function SessionsPanel() {
  const t = useSharedT()
  const session = useSession()
  const [asking, setAsking] = useState(false)
  const query = useInfiniteQuery({ ...accountApi(session).sessions(), staleTime: 0 })
  const everywhere = useApiMutation({
    run: () => accountApi(session).signOutEverywhere(),
    // The server has ended this one, too: what is left is to forget it here and in other tabs.
    onDone: () => session.leave(),
  })
  return (
    <Panel
      title={t('sessions.title')}
      actions={
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          leftSection={<LogOut size={14} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('sessions.everywhere')}
        </Button>
      }
    >
      {query.isPending ? (
        <LoadingState count={2} />
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ul className={classes.sessions}>
          {rowsOf(query.data).map((row) => (
            <Row key={row.id} row={row} />
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
          {t('common.load_more')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('sessions.everywhere_title')}
        confirmLabel={t('sessions.everywhere')}
        destructive
        busy={everywhere.isPending}
        onConfirm={() => everywhere.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('sessions.everywhere_detail')}
      </ConfirmDialog>
    </Panel>
  )
}

function Row({ row }: { row: OwnSession }) {
  const t = useSharedT()
  const session = useSession()
  const end = useApiMutation({
    run: () => accountApi(session).endSession(row.id),
    invalidates: () => [sessionsKey],
    notice: t('sessions.ended'),
  })
  const device = deviceOf(row.user_agent)
  const words =
    device === null
      ? row.user_agent || t('sessions.unknown')
      : device.system === null
        ? device.browser
        : t('sessions.device', { browser: device.browser, system: device.system })
  const Icon = device?.system === 'iOS' || device?.system === 'Android' ? Smartphone : Monitor
  return (
    <li className={classes.session}>
      <Icon size={20} className={classes.icon} aria-hidden />
      <div className={classes.about}>
        <span className={classes.device} title={row.user_agent}>
          {words}
        </span>
        <span className={classes.meta}>
          {row.address} · {t('sessions.since')} <ExactTime time={row.created_at} /> · {t('sessions.used')}{' '}
          <RelativeTime time={row.last_used_at} />
        </span>
      </div>
      {row.current ? (
        <Badge color="green">{t('sessions.current')}</Badge>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          loading={end.isPending}
          aria-label={t('sessions.end_of', { device: words })}
          onClick={() => end.mutate()}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}
