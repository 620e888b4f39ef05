import { CloseButton, Text } from '@mantine/core'
import { CircleAlert, CircleCheck, Info } from 'lucide-react'
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useSharedT } from '../i18n/catalogs.ts'
import { AppLink } from '../routing/links.tsx'
import { RequestId } from './RequestId.tsx'
import classes from './Notices.module.css'

type Kind = 'success' | 'info' | 'error'

interface Notice {
  key: number
  kind: Kind
  text: string
  requestId: string | null
  action: Action | null
}

/** Does something, or leads to a page of the portal. */
type Action = { label: string; run: () => void } | { label: string; to: string }

export interface Notices {
  success: (text: string, action?: Action) => void
  info: (text: string, action?: Action) => void
  /** Stays until dismissed. */
  error: (text: string, requestId?: string | null, action?: Action) => void
}

const NoticesContext = createContext<Notices | null>(null)
const SHOWN_MS = 6000
const SHOWN_AT_MOST = 4
const ICONS = { success: CircleCheck, info: Info, error: CircleAlert }

/** Short messages about what just happened, in a live region that screen readers announce. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const t = useSharedT()
  const [list, setList] = useState<Notice[]>([])
  const last = useRef(0)
  const dismiss = useCallback((key: number) => setList((now) => now.filter((item) => item.key !== key)), [])
  const notices = useMemo<Notices>(() => {
    const add = (notice: Omit<Notice, 'key'>) => {
      last.current += 1
      const key = last.current
      // The same again takes the place of the last: four times "Saved." tell nothing more than one.
      const others = (now: Notice[]) => now.filter((item) => item.text !== notice.text || item.action)
      setList((now) => [...others(now), { ...notice, key }].slice(-SHOWN_AT_MOST))
    }
    return {
      success: (text, action) => add({ kind: 'success', text, requestId: null, action: action ?? null }),
      info: (text, action) => add({ kind: 'info', text, requestId: null, action: action ?? null }),
      error: (text, requestId, action) =>
        add({ kind: 'error', text, requestId: requestId ?? null, action: action ?? null }),
    }
  }, [])

  return (
    <NoticesContext value={notices}>
      {children}
      <section className={classes.region} aria-label={t('common.notices')} aria-live="polite">
        {list.map((notice) => (
          <NoticeCard key={notice.key} notice={notice} onDismiss={() => dismiss(notice.key)} />
        ))}
      </section>
    </NoticesContext>
  )
}

export function useNotices(): Notices {
  const notices = use(NoticesContext)
  if (!notices) throw new Error('useNotices outside a NoticesProvider')
  return notices
}

function NoticeCard({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  const t = useSharedT()
  const [held, setHeld] = useState(false)
  const stays = notice.kind === 'error' || held
  useEffect(() => {
    if (stays) return
    const timer = setTimeout(onDismiss, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [stays, onDismiss])
  const Icon = ICONS[notice.kind]

  return (
    <div
      className={classes.card}
      data-kind={notice.kind}
      role={notice.kind === 'error' ? 'alert' : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon className={classes.icon} size={18} aria-hidden />
      <div className={classes.body}>
        <Text size="sm">{notice.text}</Text>
        <RequestId id={notice.requestId} />
        {notice.action &&
          ('to' in notice.action ? (
            <AppLink to={notice.action.to} className={classes.action}>
              {notice.action.label}
            </AppLink>
          ) : (
            <button type="button" className={classes.action} onClick={notice.action.run}>
              {notice.action.label}
            </button>
          ))}
      </div>
      <CloseButton size="sm" aria-label={t('common.dismiss')} onClick={onDismiss} />
    </div>
  )
}
