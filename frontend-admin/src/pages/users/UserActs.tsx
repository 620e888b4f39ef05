import { Button, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, UserCheck, UserX } from 'lucide-react'
import { ifMatch, unwrap, useApiMutation, type PasswordLink, type User } from 'frontend-shared/api'
import { useZone } from 'frontend-shared/i18n'
import { useMe } from 'frontend-shared/session'
import { ConfirmDialog, Panel } from 'frontend-shared/ui'
import { useRef, useState } from 'react'
import { sendChanges } from '../../api/changes.ts'
import { keys } from '../../api/keys.ts'
import { countsQuery, OPEN_STATUSES } from '../../api/tickets.ts'
import { useT } from '../../i18n/people.ts'
import { api } from '../../portal.ts'
import { LinkHistory } from '../user/LinkHistory.tsx'
import { LinkDialog } from './LinkDialog.tsx'

/** Acts on an account: a new password link, deactivate, activate again. */
export function UserActs({ user }: { user: User }) {
  const t = useT()
  const me = useMe()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const linkButton = useRef<HTMLButtonElement>(null)
  const [link, setLink] = useState<PasswordLink | null>(null)

  const makeLink = useApiMutation({
    run: () => unwrap(api.POST('/api/admin/users/{id}/password-link', { params: { path: { id: user.id } } })),
    invalidates: () => [keys.passwordLinks(user.id)],
    onDone: setLink,
  })
  const activate = useApiMutation({
    run: (active: boolean) =>
      sendChanges(user, { active }, (version) =>
        unwrap(
          api.PATCH('/api/admin/users/{id}', {
            params: { path: { id: user.id }, header: ifMatch(version) },
            body: { active },
          }),
        ),
      ),
    onDone: (saved) => {
      client.setQueryData(keys.user(saved.id), saved)
      setAsking(false)
    },
    notice: (saved) => t(saved.active ? 'user.activated' : 'user.deactivated', { name: saved.name }),
  })

  return (
    <Panel title={t('user.acts')}>
      <Stack gap="xs">
        <Button
          ref={linkButton}
          variant="default"
          leftSection={<KeyRound size={16} aria-hidden />}
          loading={makeLink.isPending}
          disabled={!user.active}
          onClick={() => makeLink.mutate()}
        >
          {t('user.new_link')}
        </Button>
        {user.active ? (
          <Button
            variant="default"
            c="red"
            leftSection={<UserX size={16} aria-hidden />}
            disabled={user.id === me.id}
            onClick={() => setAsking(true)}
          >
            {t('user.deactivate')}
          </Button>
        ) : (
          <>
            <Button
              variant="default"
              leftSection={<UserCheck size={16} aria-hidden />}
              loading={activate.isPending}
              onClick={() => activate.mutate(true)}
            >
              {t('user.activate')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('user.activate_detail')}
            </Text>
          </>
        )}
        {user.id === me.id && (
          <Text size="xs" c="dimmed">
            {t('user.yourself')}
          </Text>
        )}
      </Stack>
      <ConfirmDialog
        opened={asking}
        title={t('user.deactivate_title', { name: user.name })}
        confirmLabel={t('user.deactivate')}
        destructive
        busy={activate.isPending}
        onConfirm={() => activate.mutate(false)}
        onClose={() => setAsking(false)}
      >
        {t('user.deactivate_detail')}
        {asking && <OpenTickets user={user} />}
      </ConfirmDialog>
      <LinkHistory userId={user.id} />
      {link && <LinkDialog link={link} name={user.name} opener={linkButton} onClose={() => setLink(null)} />}
    </Panel>
  )
}

/** How many open tickets are concerned: those assigned to staff, those asked by a customer. */
function OpenTickets({ user }: { user: User }) {
  const t = useT()
  const staff = user.role !== 'customer'
  const status = [...OPEN_STATUSES]
  const whose = staff ? { assignee: user.id } : { requester: user.id }
  const { data } = useQuery(countsQuery({ ...whose, status }, useZone()))
  if (!data || data.total === 0) return null
  return (
    <Text mt="sm">
      {t(staff ? 'user.deactivate_assigned' : 'user.deactivate_asked', { count: data.total })}
    </Text>
  )
}
