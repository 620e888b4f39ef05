import { Badge, Button } from '@mantine/core'
import type { InfiniteData, QueryKey, UseInfiniteQueryResult } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useApiMutation } from '../api/mutation.ts'
import type { OwnSession, Page, Uuid } from '../api/types.ts'
import { useSharedT, type SharedTranslate } from '../i18n/catalogs.ts'
import { PagedList } from '../ui/DataList.tsx'
import { LoadingState } from '../ui/states.tsx'
import { ExactTime, RelativeTime } from '../ui/time.tsx'
import { deviceOf } from './device.ts'
import classes from './account.module.css'

/** One's own, or another person's, of which none is the one that asks. */
type Session = Omit<OwnSession, 'current'> & Partial<Pick<OwnSession, 'current'>>

interface Ending {
  end: (id: Uuid) => Promise<void>
  /** The list, which is then another. */
  invalidates: () => QueryKey[]
}

interface SessionListProps extends Ending {
  query: UseInfiniteQueryResult<InfiniteData<Page<Session>>>
}

/** Where somebody is signed in, and the way to end each but the one that asks. */
export function SessionList({ query, ...ending }: SessionListProps) {
  const t = useSharedT()
  return (
    <PagedList
      query={query}
      loading={<LoadingState count={2} />}
      empty={<p className={classes.none}>{t('sessions.none')}</p>}
    >
      {(rows) => (
        <ul className={classes.sessions}>
          {rows.map((session) => (
            <Row key={session.id} session={session} {...ending} />
          ))}
        </ul>
      )}
    </PagedList>
  )
}

function Row({ session, end, invalidates }: Ending & { session: Session }) {
  const t = useSharedT()
  const ending = useApiMutation({
    run: () => end(session.id),
    invalidates,
    notice: t('sessions.ended'),
  })
  const device = deviceOf(session.user_agent)
  const words = deviceWords(device, session.user_agent, t)
  const Icon = device?.system === 'iOS' || device?.system === 'Android' ? Smartphone : Monitor
  return (
    <li className={classes.session}>
      <Icon size={20} className={classes.icon} aria-hidden />
      <div className={classes.about}>
        <span className={classes.device} title={session.user_agent}>
          {words}
        </span>
        <span className={classes.meta}>
          {session.address} · {t('sessions.since')} <ExactTime time={session.created_at} /> ·{' '}
          {t('sessions.used')} <RelativeTime time={session.last_used_at} />
        </span>
      </div>
      {session.current ? (
        <Badge color="green">{t('sessions.current')}</Badge>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          loading={ending.isPending}
          aria-label={t('sessions.end_of', { device: words })}
          onClick={() => ending.mutate()}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}

function deviceWords(device: ReturnType<typeof deviceOf>, userAgent: string, t: SharedTranslate): string {
  if (device === null) return userAgent || t('sessions.unknown')
  const { browser, system } = device
  return system === null ? browser : t('sessions.device', { browser, system })
}
