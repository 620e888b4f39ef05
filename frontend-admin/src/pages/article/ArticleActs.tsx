import { useQueryClient } from '@tanstack/react-query'
import { Archive, Trash2 } from 'lucide-react'
import { ifMatch, unwrap, useApiMutation, type AdminArticle } from 'frontend-shared/api'
import { useGo } from 'frontend-shared/routing'
import { ConfirmDialog } from 'frontend-shared/ui'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/articles.ts'
import { MoreActs, type Act } from '../../parts/MoreActs.tsx'
import { paths } from '../../paths.ts'
import { api } from '../../portal.ts'

/** Archives or deletes an article, after asking. */
export function ArticleActs({ article }: { article: AdminArticle }) {
  const t = useT()
  const go = useGo()
  const client = useQueryClient()
  const [asking, setAsking] = useState<'archive' | 'delete' | null>(null)
  const close = () => setAsking(null)
  const path = { id: article.id }

  const archive = useApiMutation({
    run: () => unwrap(api.POST('/api/admin/knowledge-base/{id}/archive', { params: { path } })),
    onDone: (saved) => {
      client.setQueryData(keys.article(saved.id), saved)
      void client.invalidateQueries({ queryKey: ['articles', 'list'] })
      close()
    },
    notice: t('article.archived'),
  })
  const remove = useApiMutation({
    run: () =>
      unwrap(api.DELETE('/api/admin/knowledge-base/{id}', { params: { path, header: ifMatch(article) } })),
    onDone: async () => {
      await go(paths.articles(), { replace: true })
      client.removeQueries({ queryKey: keys.article(article.id) })
      void client.invalidateQueries({ queryKey: ['articles', 'list'] })
    },
    notice: t('article.deleted', { title: article.title }),
  })

  const acts: Act[] = [
    ...(article.status === 'published'
      ? [{ label: t('article.archive'), icon: Archive, run: () => setAsking('archive') }]
      : []),
    // What readers have seen is archived, never deleted; the API refuses it, too.
    ...(article.published_at === null
      ? [{ label: t('article.delete'), icon: Trash2, run: () => setAsking('delete'), destructive: true }]
      : []),
  ]

  return (
    <>
      <MoreActs acts={acts} />
      <ConfirmDialog
        opened={asking === 'archive'}
        title={t('article.archive_title')}
        confirmLabel={t('article.archive')}
        busy={archive.isPending}
        onConfirm={() => archive.mutate()}
        onClose={close}
      >
        {t('article.archive_detail')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'delete'}
        title={t('article.delete_title')}
        confirmLabel={t('article.delete')}
        typeName={article.title}
        destructive
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={close}
      >
        {t('article.delete_detail')}
      </ConfirmDialog>
    </>
  )
}
