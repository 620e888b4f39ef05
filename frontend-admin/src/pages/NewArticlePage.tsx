import { useQuery } from '@tanstack/react-query'
import { useUrlSearch } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Page } from 'frontend-shared/ui'
import { articleDraftQuery } from '../api/articles.ts'
import { useT } from '../i18n/articles.ts'
import { paths, type NewArticleSearch } from '../paths.ts'
import { ArticleEditor } from './article/ArticleEditor.tsx'

/** A new article: empty, with a title in mind, or prepared from a ticket. */
export function NewArticlePage() {
  const [{ title, ticket }] = useUrlSearch<NewArticleSearch>()
  if (ticket) return <FromTicket key={ticket} ticket={ticket} />
  return (
    <ArticleEditor
      key={title ?? ''}
      article={null}
      start={title ? { name: title, values: { title } } : undefined}
    />
  )
}

function FromTicket({ ticket }: { ticket: string }) {
  const t = useT()
  const query = useQuery(articleDraftQuery(ticket))
  if (query.data) {
    const { title, body } = query.data
    return (
      <ArticleEditor
        article={null}
        start={{ name: query.data.ticket.id, values: { title, body }, ticket: query.data.ticket }}
      />
    )
  }
  return (
    <Page title={t('new_article.title')} back={{ to: paths.ticket(ticket), label: t('ticket.title') }}>
      {query.isPending ? (
        <LoadingState shape="page" />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Page>
  )
}
