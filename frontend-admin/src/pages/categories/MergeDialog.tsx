import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { unwrap, useApiMutation, type Category } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useState } from 'react'
import { shownWith } from '../../api/categories.ts'
import { useT } from '../../i18n/categories.ts'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'
import { api } from '../../portal.ts'

interface MergeDialogProps {
  category: Category
  others: Category[]
  onClose: () => void
}

/** Moves what stands under a category to another one; the category goes. */
export function MergeDialog({ category, others, onClose }: MergeDialogProps) {
  const t = useT()
  const shared = useSharedT()
  useReturnFocus()
  const [into, setInto] = useState<string | null>(null)
  const [error, setError] = useState<string>()
  const { id, name, items, kind } = category
  const target = others.find((other) => other.id === into)
  const things = t(kind === 'service' ? 'categories.services' : 'categories.articles', { count: items })

  const merge = useApiMutation({
    run: (to: string, once) =>
      unwrap(
        api.POST('/api/admin/categories/{id}/merge', {
          params: { path: { id }, header: once },
          body: { into: to },
        }),
      ),
    invalidates: () => shownWith(kind),
    onDone: onClose,
    notice: (kept) => t('categories.merged', { name, into: kept.name }),
  })

  return (
    <Modal opened onClose={onClose} title={t('categories.merge', { name })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (target) merge.mutate(target.id)
          else setError(shared('field.choose_one'))
        }}
      >
        <Stack>
          <Select
            label={t('categories.merge_into')}
            placeholder={shared('common.choose')}
            data={others.map((other) => ({ value: other.id, label: other.name }))}
            allowDeselect={false}
            searchable
            value={into}
            onChange={(next) => {
              setInto(next)
              setError(undefined)
            }}
            error={error}
          />
          <Text size="sm">{t('categories.merge_detail', { name, things })}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('common.cancel')}
            </Button>
            <Button type="submit" color="red" loading={merge.isPending}>
              {t('categories.merge_act')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
