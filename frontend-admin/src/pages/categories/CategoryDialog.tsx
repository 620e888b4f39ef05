import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import {
  fieldErrors,
  hasCode,
  ifMatch,
  unwrap,
  useApiMutation,
  type Category,
  type CategoryKind,
  type ServiceIconName,
} from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useState } from 'react'
import { shownWith } from '../../api/categories.ts'
import { changesTo, sendChanges } from '../../api/changes.ts'
import { useT } from '../../i18n/categories.ts'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'
import { api } from '../../portal.ts'
import { IconPicker } from '../service/IconPicker.tsx'

interface CategoryDialogProps {
  kind: CategoryKind
  /** Null to make one. */
  category: Category | null
  onClose: () => void
}

interface Wanted {
  name: string
  icon: ServiceIconName
}

/** Makes a category, or gives one another name or picture. */
export function CategoryDialog({ kind, category, onClose }: CategoryDialogProps) {
  const t = useT()
  const shared = useSharedT()
  useReturnFocus()
  const [name, setName] = useState(category?.name ?? '')
  const [icon, setIcon] = useState<ServiceIconName>(
    category?.icon ?? (kind === 'service' ? 'headset' : 'book'),
  )
  const [error, setError] = useState<string>()

  const save = useApiMutation({
    run: async (wanted: Wanted) => {
      if (!category) return unwrap(api.POST('/api/admin/categories', { body: { kind, ...wanted } }))
      const changes = changesTo(category, wanted)
      if (Object.keys(changes).length === 0) return category
      return sendChanges(category, changes, (version) =>
        unwrap(
          api.PATCH('/api/admin/categories/{id}', {
            params: { path: { id: category.id }, header: ifMatch(version) },
            body: changes,
          }),
        ),
      )
    },
    invalidates: () => shownWith(kind),
    onDone: onClose,
    notice: (saved) => t(category ? 'categories.saved' : 'categories.made', { name: saved.name }),
    onFailed: (failure) => {
      const words = hasCode(failure, 'name_taken')
        ? t(category ? 'categories.taken_merge' : 'categories.taken')
        : hasCode(failure, 'version_mismatch')
          ? t('categories.stale')
          : fieldErrors(failure, shared)['name']
      setError(words)
      return words !== undefined
    },
  })

  return (
    <Modal
      opened
      onClose={onClose}
      title={category ? t('categories.edit', { name: category.name }) : t('categories.new')}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() === '') setError(shared('field.required'))
          else save.mutate({ name: name.trim(), icon })
        }}
      >
        <Stack>
          <TextInput
            label={t('field.name')}
            description={category && category.items > 0 && t('categories.name_help')}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={error}
            data-autofocus
          />
          <IconPicker value={icon} onChange={setIcon} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(category ? 'common.save' : 'categories.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
