import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import {
  errorText,
  fieldErrors,
  hasCode,
  ifMatch,
  unwrap,
  useApiMutation,
  type Organization,
} from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useState } from 'react'
import { sendChanges } from '../../api/changes.ts'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/people.ts'
import { ConflictDialog } from '../../parts/ConflictDialog.tsx'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'
import { api } from '../../portal.ts'

interface RenameDialogProps {
  organization: Organization
  onClose: () => void
}

/** Gives an organization another name; a name that somebody else gave it meanwhile is shown first. */
export function RenameDialog({ organization, onClose }: RenameDialogProps) {
  const t = useT()
  useReturnFocus()
  const shared = useSharedT()
  const client = useQueryClient()
  // What was read when typing began: a name that arrives meanwhile must not be overwritten unseen.
  const [base] = useState(organization)
  const [name, setName] = useState(organization.name)
  const [error, setError] = useState<string>()
  const [theirs, setTheirs] = useState<Organization | null>(null)
  const rename = useApiMutation({
    run: (from: Organization) => {
      const body = { name: name.trim() }
      return sendChanges(from, body, (version) =>
        unwrap(
          api.PATCH('/api/admin/organizations/{id}', {
            params: { path: { id: from.id }, header: ifMatch(version) },
            body,
          }),
        ),
      )
    },
    invalidates: () => [keys.organizations(), keys.users()],
    onDone: (saved) => {
      client.setQueryData(keys.organization(saved.id), saved)
      onClose()
    },
    notice: (saved) => t('organization.renamed', { name: saved.name }),
    onFailed: (failure) => {
      if (hasCode(failure, 'version_mismatch')) {
        setTheirs(failure.problem.current as Organization)
        return true
      }
      const taken = hasCode(failure, 'name_taken') ? errorText(failure, shared) : undefined
      const found = fieldErrors(failure, shared)['name'] ?? taken
      setError(found)
      return found !== undefined
    },
  })
  if (theirs) {
    return (
      <ConflictDialog
        rows={[{ name: 'name', field: t('field.name'), theirs: theirs.name, mine: name.trim() }]}
        busy={rename.isPending}
        onTheirs={onClose}
        onClose={() => setTheirs(null)}
        onMine={() => rename.mutate(theirs)}
      />
    )
  }
  return (
    <Modal opened onClose={onClose} title={t('organization.rename')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() === '') setError(shared('field.required'))
          else rename.mutate(base)
        }}
      >
        <TextInput
          label={t('field.name')}
          maxLength={120}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={error}
          data-autofocus
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {shared('common.cancel')}
          </Button>
          <Button type="submit" loading={rename.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
