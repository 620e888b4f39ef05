import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { History } from 'lucide-react'
import {
  hasCode,
  ifMatch,
  unwrap,
  useApiMutation,
  type AdminArticle,
  type ArticleRevision,
} from 'frontend-shared/api'
import { useGo } from 'frontend-shared/routing'
import { ConfirmDialog } from 'frontend-shared/ui'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/articles.ts'
import { paths } from '../../paths.ts'
import { api } from '../../portal.ts'

interface RestoreRevisionProps {
  article: AdminArticle
  revision: ArticleRevision
}

/** Brings a revision back as the draft, after asking; asks again when its address is taken. */
export function RestoreRevision({ article, revision }: RestoreRevisionProps) {
  const t = useT()
  const go = useGo()
  const client = useQueryClient()
  const [asking, setAsking] = useState<'restore' | 'slug' | null>(null)
  const n = String(revision.n)
  const close = () => setAsking(null)

  const restore = useApiMutation({
    run: (keepSlug: boolean, once) =>
      unwrap(
        api.POST('/api/admin/knowledge-base/{id}/revisions/{n}/restore', {
          params: { path: { id: article.id, n: revision.n }, header: { ...ifMatch(article), ...once } },
          body: { keep_slug: keepSlug },
        }),
      ),
    onDone: async (saved) => {
      client.setQueryData(keys.article(saved.id), saved)
      void client.invalidateQueries({ queryKey: keys.articles() })
      close()
      await go(paths.article(article.id))
    },
    onFailed: (error) => {
      if (hasCode(error, 'slug_taken')) {
        setAsking('slug')
        return true
      }
      close()
      void client.invalidateQueries({ queryKey: keys.article(article.id) })
      return false
    },
    notice: t('revisions.restored', { n }),
  })

  return (
    <>
      <Button
        variant="default"
        leftSection={<History size={16} aria-hidden />}
        onClick={() => setAsking('restore')}
      >
        {t('revisions.restore')}
      </Button>
      <ConfirmDialog
        opened={asking === 'restore'}
        title={t('revisions.restore_title', { n })}
        confirmLabel={t('revisions.restore_confirm')}
        busy={restore.isPending}
        onConfirm={() => restore.mutate(false)}
        onClose={close}
      >
        {t('revisions.restore_detail')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'slug'}
        title={t('revisions.slug_title')}
        confirmLabel={t('revisions.slug_confirm')}
        busy={restore.isPending}
        onConfirm={() => restore.mutate(true)}
        onClose={close}
      >
        {t('revisions.slug_detail', { slug: revision.slug })}
      </ConfirmDialog>
    </>
  )
}
