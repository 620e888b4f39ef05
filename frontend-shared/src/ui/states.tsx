import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { CircleAlert, Inbox, RotateCcw, SearchX, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { errorText, requestIdOf } from '../api/errors.ts'
import { hasCode } from '@bsm-platform/client'
import { useSharedT } from '../i18n/catalogs.ts'
import { RequestId } from './RequestId.tsx'
import classes from './states.module.css'

interface EmptyStateProps {
  title: string
  children?: ReactNode
  icon?: LucideIcon
  /** 1 when it is the whole page, whose heading it then is. */
  level?: 1 | 2
  /** The next sensible act: a button or a link. */
  action?: ReactNode
}

/** Nothing to show, and what to do about it. */
export function EmptyState({ title, children, icon: Icon = Inbox, level = 2, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <span className={classes.medallion}>
        <Icon size={26} strokeWidth={1.6} aria-hidden />
      </span>
      <Title order={level} size="h3">
        {title}
      </Title>
      {children && (
        <Text c="dimmed" maw="32rem">
          {children}
        </Text>
      )}
      {action && <Group mt="xs">{action}</Group>}
    </div>
  )
}

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
  /** A way out, for pages about something that does not exist. */
  action?: ReactNode
  /** 1 when it is the whole page, whose heading it then is. */
  level?: 1 | 2
}

/** What could not be loaded, in plain words, with the request's id and a second try. */
export function ErrorState({ error, onRetry, action, level = 2 }: ErrorStateProps) {
  const t = useSharedT()
  const missing = hasCode(error, 'not_found')
  const Icon = missing ? SearchX : CircleAlert
  return (
    <div className={classes.state} role="alert">
      <span className={classes.medallion} data-tone={missing ? undefined : 'error'}>
        <Icon size={26} strokeWidth={1.6} aria-hidden />
      </span>
      <Title order={level} size="h3">
        {missing ? t('error.not_found_title') : t('error.title')}
      </Title>
      <Text c="dimmed" maw="32rem">
        {errorText(error, t)}
      </Text>
      <RequestId id={requestIdOf(error)} />
      <Group mt="xs">
        {onRetry && !missing && (
          <Button variant="default" leftSection={<RotateCcw size={16} aria-hidden />} onClick={onRetry}>
            {t('common.retry')}
          </Button>
        )}
        {action}
      </Group>
    </div>
  )
}

interface LoadingStateProps {
  /** list: rows. cards: a grid. page: a heading and text. */
  shape?: 'list' | 'cards' | 'page'
  count?: number
}

/** The outline of what is coming; says "Loading" to screen readers once. */
export function LoadingState({ shape = 'list', count = 6 }: LoadingStateProps) {
  const t = useSharedT()
  const items = Array.from({ length: count }, (_, index) => index)
  return (
    <div role="status" aria-label={t('common.loading')} className={classes.loading}>
      {shape === 'page' && (
        <Stack gap="sm">
          <Skeleton height={30} width="55%" />
          <Skeleton height={14} width="30%" mb="md" />
          {items.map((item) => (
            <Skeleton key={item} height={14} width={`${96 - ((item * 17) % 40)}%`} />
          ))}
        </Stack>
      )}
      {shape === 'list' && (
        <Stack gap="xs">
          {items.map((item) => (
            <Skeleton key={item} height={58} radius="md" />
          ))}
        </Stack>
      )}
      {shape === 'cards' && (
        <div className={classes.cards}>
          {items.map((item) => (
            <Skeleton key={item} height={148} radius="lg" />
          ))}
        </div>
      )}
    </div>
  )
}
