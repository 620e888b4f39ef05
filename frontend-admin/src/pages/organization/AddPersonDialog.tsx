import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ArrowRightLeft } from 'lucide-react'
import type { Organization } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useState } from 'react'
import { userQuery } from '../../api/people.ts'
import { useT } from '../../i18n/people.ts'
import { CustomerPicker } from '../../parts/pickers.tsx'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'
import { useUserPatch } from './useUserPatch.ts'

interface AddPersonDialogProps {
  organization: Organization
  onClose: () => void
}

/** Puts a customer who has an account into an organization, and says what that means. */
export function AddPersonDialog({ organization, onClose }: AddPersonDialogProps) {
  const t = useT()
  useReturnFocus()
  const shared = useSharedT()
  const [id, setId] = useState<string>()
  const { data: person } = useQuery({ ...userQuery(id ?? ''), enabled: id !== undefined })
  const patch = useUserPatch({
    notice: (saved) => t('organization.added', { person: saved.name, name: organization.name }),
    onDone: onClose,
  })
  const from = person?.organization
  const here = from?.id === organization.id
  return (
    <Modal opened onClose={onClose} title={t('organization.add')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (person && !here) patch.mutate({ user: person, changes: { organization_id: organization.id } })
        }}
      >
        <Stack>
          <Text size="sm">{t('organization.add_detail', { name: organization.name })}</Text>
          <CustomerPicker label={t('field.customer')} value={id} onChange={setId} data-autofocus />
          {person && from && (
            <Alert
              color={here ? 'gray' : 'yellow'}
              icon={<ArrowRightLeft size={18} aria-hidden />}
              role="status"
            >
              {here
                ? t('organization.add_here', { person: person.name })
                : t('organization.add_moves', {
                    person: person.name,
                    from: from.name,
                    to: organization.name,
                  })}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('common.cancel')}
            </Button>
            <Button type="submit" disabled={!person || here} loading={patch.isPending}>
              {t('organization.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
