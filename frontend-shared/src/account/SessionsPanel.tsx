import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation } from '../api/mutation.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { useSession } from '../session/SessionProvider.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Panel } from '../ui/layout.tsx'
import { accountApi, sessionsKey } from './api.ts'
import { SessionList } from './SessionList.tsx'

/** Where one is signed in; one of it, or all, can be ended. */
export function SessionsPanel() {
  const t = useSharedT()
  const session = useSession()
  const [asking, setAsking] = useState(false)
  const account = accountApi(session)
  const query = useInfiniteQuery({ ...account.sessions(), staleTime: 0 })
  const everywhere = useApiMutation({
    run: () => account.signOutEverywhere(),
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
      <SessionList query={query} end={account.endSession} invalidates={() => [sessionsKey]} />
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
