import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ErrorState, LoadingState, Page } from 'frontend-shared/ui'
import { articleQuery } from '../api/articles.ts'
import { useT } from '../i18n/articles.ts'
import { paths } from '../paths.ts'
import { ArticleEditor } from './article/ArticleEditor.tsx'

/** One article: its working copy, and what of it is live. */
export function ArticlePage() {
  const t = useT()
  const { article: id } = useParams({ from: '/frame/knowledge-base/$article' })
  const query = useQuery(articleQuery(id))
  if (query.data) return <ArticleEditor key={query.data.id} article={query.data} />
  return (
    <Page title={t('article.title')} back={{ to: paths.articles(), label: t('articles.title') }}>
      {query.isPending ? (
        <LoadingState shape="page" />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Page>
  )
}
