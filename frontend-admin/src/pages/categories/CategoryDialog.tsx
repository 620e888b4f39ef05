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
import { changesTo, clashes, sendChanges, settled } from '../../api/changes.ts'
import { useT } from '../../i18n/categories.ts'
import { useT as useServiceT } from '../../i18n/services.ts'
import { ConflictDialog } from '../../parts/ConflictDialog.tsx'
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

interface Save {
  /** What is changed; null makes one. */
  from: Category | null
  what: Partial<Wanted>
}

/** Makes a category, or gives one another name or picture. */
export function CategoryDialog({ kind, category, onClose }: CategoryDialogProps) {
  const t = useT()
  const icons = useServiceT()
  const shared = useSharedT()
  useReturnFocus()
  const [name, setName] = useState(category?.name ?? '')
  const [icon, setIcon] = useState<ServiceIconName>(
    category?.icon ?? (kind === 'service' ? 'headset' : 'book'),
  )
  const [error, setError] = useState<string>()
  // What was read when typing began; theirs, once it was decided to go on from there.
  const [base, setBase] = useState(category)
  const [theirs, setTheirs] = useState<Category | null>(null)
  const wanted: Wanted = { name: name.trim(), icon }
  const changes = base ? changesTo(base, wanted) : wanted
  const clashing = base && theirs ? clashes(changes, base, theirs) : []

  const save = useApiMutation({
    run: async ({ from, what }: Save, once) => {
      if (from === null) {
        const body = { kind, ...wanted }
        return unwrap(api.POST('/api/admin/categories', { params: { header: once }, body }))
      }
      if (Object.keys(what).length === 0) return from
      return sendChanges(from, what, (version) =>
        unwrap(
          api.PATCH('/api/admin/categories/{id}', {
            params: { path: { id: from.id }, header: ifMatch(version) },
            body: what,
          }),
        ),
      )
    },
    invalidates: () => shownWith(kind),
    onDone: onClose,
    notice: (saved) => t(category ? 'categories.saved' : 'categories.made', { name: saved.name }),
    onFailed: (failure) => {
      if (base && hasCode(failure, 'version_mismatch')) {
        const current = failure.problem.current as Category
        setTheirs(current)
        return clashes(changes, base, current).length > 0
      }
      const words = hasCode(failure, 'name_taken')
        ? t(category ? 'categories.taken_merge' : 'categories.taken')
        : fieldErrors(failure, shared)['name']
      setTheirs(null)
      setError(words)
      return words !== undefined
    },
  })

  if (theirs && clashing.length > 0) {
    const word = (field: keyof Wanted, of: Wanted) => (field === 'name' ? of.name : icons(`icon.${of.icon}`))
    return (
      <ConflictDialog
        rows={clashing.map((field) => ({
          name: field,
          field: field === 'name' ? t('field.name') : icons('service.icon'),
          theirs: word(field, theirs),
          mine: word(field, wanted),
        }))}
        busy={save.isPending}
        onTheirs={() => {
          const rest = settled(changes, clashing, [])
          if (Object.keys(rest).length === 0) return onClose()
          setBase(theirs)
          setName(rest.name ?? theirs.name)
          setIcon(rest.icon ?? theirs.icon)
          setTheirs(null)
        }}
        onClose={() => setTheirs(null)}
        onMine={(mine) => save.mutate({ from: theirs, what: settled(changes, clashing, mine) })}
      />
    )
  }
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
          else save.mutate({ from: base, what: changes })
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
