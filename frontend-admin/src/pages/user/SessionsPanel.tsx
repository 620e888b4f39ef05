import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { SessionList } from 'frontend-shared/account'
import { rowsOf, useApiMutation, type User } from 'frontend-shared/api'
import { ConfirmDialog, Panel } from 'frontend-shared/ui'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { endSession, endSessions, userSessionsQuery } from '../../api/people.ts'
import { useT } from '../../i18n/people.ts'

/** Where a person is signed in, for admins, who can end one of it or all. */
export function SessionsPanel({ user }: { user: User }) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  const query = useInfiniteQuery(userSessionsQuery(user.id))
  const invalidates = () => [keys.userSessions(user.id)]
  const endAll = useApiMutation({
    run: () => endSessions(user.id),
    invalidates,
    onDone: () => setAsking(false),
    notice: t('user.sessions_ended', { name: user.name }),
  })
  return (
    <Panel
      title={t('user.sessions')}
      actions={
        rowsOf(query.data).length > 0 && (
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
      <SessionList query={query} end={(id) => endSession(user.id, id)} invalidates={invalidates} />
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
