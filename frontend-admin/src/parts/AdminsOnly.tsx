import { Button } from '@mantine/core'
import { AppLink } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import { EmptyState, Page } from 'frontend-shared/ui'
import { ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'

interface AdminsOnlyProps {
  title: string
  back: { to: string; label: string }
  /** Why it is for them alone, where it is not that others only read. */
  detail?: string
  children: ReactNode
}

/** A page for administrators; tells agents so, instead of a form they cannot send. */
export function AdminsOnly({ title, back, detail, children }: AdminsOnlyProps) {
  const t = useT()
  if (useIsAdmin()) return children
  return (
    <Page title={title} back={back}>
      <EmptyState
        icon={ShieldAlert}
        title={t('admins_only.title')}
        action={
          <Button component={AppLink} to={back.to} variant="default">
            {back.label}
          </Button>
        }
      >
        {detail ?? t('admins_only.detail')}
      </EmptyState>
    </Page>
  )
}
