import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { rowsOf, type AdminArticle, type ArticleRevision } from 'frontend-shared/api'
import { useUrlSearch } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Page, PagedList, Panel } from 'frontend-shared/ui'
import { lazy, Suspense, useState } from 'react'
import { revisionQuery, revisionsQuery } from '../../api/articles.ts'
import { useT } from '../../i18n/articles.ts'
import { paths, type ArticleHistorySearch } from '../../paths.ts'
import { ComparedWith } from './ComparedWith.tsx'
import { RestoreRevision } from './RestoreRevision.tsx'
import { RevisionHead } from './RevisionHead.tsx'
import { RevisionList } from './RevisionList.tsx'
import classes from './ArticleHistory.module.css'

const Comparison = lazy(async () => ({ default: (await import('./Comparison.tsx')).Comparison }))

/** All revisions of an article beside one of them, compared with another. */
export function ArticleHistory({ article }: { article: AdminArticle }) {
  const t = useT()
  const [search] = useUrlSearch<ArticleHistorySearch>()
  // A colleague's save adds a row to the list; what one reads stays in sight.
  const [newest] = useState(article.latest_revision)
  const query = useInfiniteQuery(revisionsQuery(article.id))
  const known = rowsOf(query.data)
  const n = Number(search.n ?? newest)
  const base = Number(search.with ?? n - 1)
  const revision = useRevision(article.id, n, known)
  const other = useRevision(article.id, base, known)

  return (
    <Page
      title={t('revisions.title', { title: article.title })}
      documentTitle={`${t('article.history')}: ${article.title}`}
      width="wide"
      back={{ to: paths.article(article.id), label: t('article.title') }}
    >
      <div className={classes.split}>
        <Panel title={t('revisions.list')} padded={false}>
          <PagedList query={query} empty={null}>
            {(rows) => <RevisionList article={article} revisions={rows} current={n} />}
          </PagedList>
        </Panel>
        <Panel>
          {revision.isError ? (
            <ErrorState error={revision.error} onRetry={() => void revision.refetch()} />
          ) : !revision.data ? (
            <LoadingState shape="page" />
          ) : (
            <>
              <div className={classes.head}>
                <RevisionHead revision={revision.data} newest={article.latest_revision} />
                {n !== article.latest_revision && (
                  <RestoreRevision article={article} revision={revision.data} />
                )}
              </div>
              <ComparedWith article={article} n={n} base={base} known={known} />
              {base < 1 ? (
                <p className={classes.plain}>{t('revisions.first')}</p>
              ) : other.isError ? (
                <ErrorState error={other.error} onRetry={() => void other.refetch()} />
              ) : other.data ? (
                <Suspense fallback={<LoadingState shape="page" />}>
                  <Comparison before={other.data} after={revision.data} />
                </Suspense>
              ) : (
                <LoadingState shape="page" />
              )}
            </>
          )}
        </Panel>
      </div>
    </Page>
  )
}

/** A revision, from the list where it has been read already. */
function useRevision(id: string, n: number, known: ArticleRevision[]) {
  const found = known.find((revision) => revision.n === n)
  const query = useQuery({ ...revisionQuery(id, n), enabled: found === undefined && n >= 1 })
  return { ...query, isError: query.isError && !found, data: found ?? query.data }
}
