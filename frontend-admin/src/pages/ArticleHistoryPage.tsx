import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ErrorState, LoadingState, Page } from 'frontend-shared/ui'
import { articleQuery } from '../api/articles.ts'
import { useT } from '../i18n/articles.ts'
import { paths } from '../paths.ts'
import { ArticleHistory } from './article-history/ArticleHistory.tsx'

/** What an article said before, what changed, and the way back. */
export function ArticleHistoryPage() {
  const t = useT()
  const { article: id } = useParams({ from: '/frame/knowledge-base/$article/history' })
  const query = useQuery(articleQuery(id))
  if (query.data) return <ArticleHistory key={query.data.id} article={query.data} />
  return (
    <Page title={t('article.history')} back={{ to: paths.article(id), label: t('article.title') }}>
      {query.isPending ? (
        <LoadingState shape="page" />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Page>
  )
}
