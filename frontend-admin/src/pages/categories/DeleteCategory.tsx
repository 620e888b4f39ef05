import { useQueryClient } from '@tanstack/react-query'
import { hasCode, ifMatch, unwrap, useApiMutation, type Category } from 'frontend-shared/api'
import { ConfirmDialog, useNotices } from 'frontend-shared/ui'
import { shownWith } from '../../api/categories.ts'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/categories.ts'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'
import { api } from '../../portal.ts'

/** Deletes a category that nothing stands under, after asking. */
export function DeleteCategory({ category, onClose }: { category: Category; onClose: () => void }) {
  const t = useT()
  const notices = useNotices()
  const client = useQueryClient()
  useReturnFocus()
  const { id, name, kind } = category
  const remove = useApiMutation({
    run: () =>
      unwrap(
        api.DELETE('/api/admin/categories/{id}', { params: { path: { id }, header: ifMatch(category) } }),
      ),
    invalidates: () => shownWith(kind),
    onDone: onClose,
    notice: t('categories.deleted', { name }),
    onFailed: (error) => {
      const changed = hasCode(error, 'in_use') || hasCode(error, 'version_mismatch')
      if (!changed) return false
      // Somebody put something under it, or renamed it, since this was shown.
      notices.error(t(hasCode(error, 'in_use') ? 'categories.in_use' : 'categories.stale'))
      void client.invalidateQueries({ queryKey: keys.categories(kind) })
      onClose()
      return true
    },
  })
  return (
    <ConfirmDialog
      opened
      title={t('categories.delete', { name })}
      confirmLabel={t('categories.delete_act')}
      destructive
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {t('categories.delete_detail')}
    </ConfirmDialog>
  )
}
