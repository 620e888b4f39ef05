import { Button, Group, Modal, TextInput } from '@mantine/core'
import { errorText, fieldErrors, hasCode, unwrap, useApiMutation } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/people.ts'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'
import { paths } from '../../paths.ts'
import { api } from '../../portal.ts'

/** Creates an organization. */
export function NewOrganizationDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  useReturnFocus()
  const shared = useSharedT()
  const [name, setName] = useState('')
  const [error, setError] = useState<string>()
  const create = useApiMutation({
    run: (wanted: string, once) =>
      unwrap(api.POST('/api/admin/organizations', { params: { header: once }, body: { name: wanted } })),
    made: ({ id, name: first }) => ({ name: first, to: paths.organization(id) }),
    invalidates: () => [keys.organizations()],
    onDone: onClose,
    notice: (made) => t('organizations.created', { name: made.name }),
    onFailed: (failure) => {
      const taken = hasCode(failure, 'name_taken') ? errorText(failure, shared) : undefined
      const found = fieldErrors(failure, shared)['name'] ?? taken
      setError(found)
      return found !== undefined
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('organizations.new')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() === '') setError(shared('field.required'))
          else create.mutate(name.trim())
        }}
      >
        <TextInput
          label={t('field.name')}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={error}
          data-autofocus
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {shared('common.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('organizations.create')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
