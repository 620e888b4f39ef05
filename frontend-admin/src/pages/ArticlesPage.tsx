import { Button, NativeSelect } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { BookOpen, Plus, SearchX, ThumbsDown, ThumbsUp } from 'lucide-react'
import type { AdminArticleRow, ArticleStatus } from 'frontend-shared/api'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { DataList, EmptyState, Page, RelativeTime, SearchField, type Column } from 'frontend-shared/ui'
import { articlesQuery } from '../api/articles.ts'
import { useT, type T } from '../i18n/articles.ts'
import { CategoryFilter } from '../parts/CategoryFilter.tsx'
import { ContentBadges } from '../parts/ContentBadges.tsx'
import { FilterMenu } from '../parts/FilterMenu.tsx'
import { paths, type ArticlesSearch } from '../paths.ts'
import { useMainSearch } from '../shortcuts/search.ts'
import { VoteReasons } from './article/VoteReasons.tsx'
import filters from '../parts/filters.module.css'
import classes from './article/article.module.css'

const STATUSES: ArticleStatus[] = ['draft', 'published', 'archived']

/** All articles, whatever their state. */
export function ArticlesPage() {
  const t = useT()
  const main = useMainSearch()
  const [search, setSearch] = useUrlSearch<ArticlesSearch>()
  const query = useInfiniteQuery({ ...articlesQuery(search), placeholderData: keepPreviousData })
  const narrowed = [search.q, search.status, search.category, search.tag]
  const filtered = narrowed.some((value) => value !== undefined)

  const columns = articleColumns(t)

  return (
    <Page
      title={t('articles.title')}
      width="wide"
      actions={
        <>
          <Button component={AppLink} to={paths.categories({ kind: 'article' })} variant="default">
            {t('categories.title')}
          </Button>
          <Button
            component={AppLink}
            to={paths.emptySearches()}
            variant="default"
            leftSection={<SearchX size={16} aria-hidden />}
          >
            {t('missing.link')}
          </Button>
          <Button component={AppLink} to={paths.newArticle()} leftSection={<Plus size={16} aria-hidden />}>
            {t('new_article.title')}
          </Button>
        </>
      }
    >
      <search className={filters.bar}>
        <SearchField
          {...main}
          className={filters.search ?? ''}
          aria-label={t('articles.search')}
          placeholder={t('articles.search')}
          value={search.q}
          onSearch={(q) => setSearch({ q })}
        />
        <FilterMenu
          label={t('field.status')}
          options={STATUSES.map((value) => ({ value, label: t(`content.${value}`) }))}
          value={search.status}
          onChange={(status) => setSearch({ status })}
        />
        <CategoryFilter
          categories={query.data?.pages[0]?.categories ?? []}
          value={search.category}
          onChange={(category) => setSearch({ category })}
        />
        <NativeSelect
          aria-label={t('articles.order')}
          disabled={search.q !== undefined}
          data={[
            { value: '', label: t('articles.order_updated') },
            { value: '-unhelpfulness', label: t('articles.order_unhelpful') },
          ]}
          value={search.sort ?? ''}
          onChange={(event) =>
            setSearch({ sort: event.currentTarget.value === '' ? undefined : '-unhelpfulness' })
          }
        />
        {search.tag && (
          <Button variant="light" onClick={() => setSearch({ tag: undefined })}>
            {t('articles.tag', { tag: search.tag })}
          </Button>
        )}
      </search>
      <DataList
        query={query}
        columns={columns}
        label={t('articles.title')}
        empty={
          <EmptyState
            icon={BookOpen}
            title={t('articles.empty')}
            action={
              !filtered && (
                <Button
                  component={AppLink}
                  to={paths.newArticle()}
                  leftSection={<Plus size={16} aria-hidden />}
                >
                  {t('new_article.title')}
                </Button>
              )
            }
          >
            {t(filtered ? 'common.empty_filtered' : 'articles.empty_detail')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function Title({ article }: { article: AdminArticleRow }) {
  return (
    <AppLink to={paths.article(article.id)} className={classes.title}>
      <span>{article.title}</span>
      {article.summary && <span className={classes.summary}>{article.summary}</span>}
    </AppLink>
  )
}

function Votes({ article }: { article: AdminArticleRow }) {
  const t = useT()
  const { helpful, not_helpful } = article.votes
  return (
    <div className={classes.received}>
      <span className={classes.votes}>
        <ThumbsUp size={14} aria-label={t('articles.helpful')} /> {helpful}
        <ThumbsDown size={14} aria-label={t('articles.not_helpful')} /> {not_helpful}
      </span>
      <VoteReasons article={article} most={2} />
    </div>
  )
}

const articleColumns = (t: T): Column<AdminArticleRow>[] => [
  { key: 'title', header: t('field.title'), grows: true, cell: (row) => <Title article={row} /> },
  {
    key: 'status',
    header: t('field.status'),
    cell: (row) => (
      <div className={classes.badges}>
        <ContentBadges status={row.status} hasDraft={row.has_draft} />
      </div>
    ),
  },
  { key: 'category', header: t('field.category'), cell: (row) => row.category },
  {
    key: 'visibility',
    header: t('field.visibility'),
    wideOnly: true,
    cell: (row) => t(`visibility.${row.visibility}`),
  },
  {
    key: 'views',
    header: t('article.views'),
    align: 'end',
    wideOnly: true,
    cell: (row) => row.views_30_days,
  },
  { key: 'votes', header: t('field.votes'), wideOnly: true, cell: (row) => <Votes article={row} /> },
  {
    key: 'updated',
    header: t('field.updated'),
    align: 'end',
    cell: (row) => <RelativeTime time={row.updated_at} />,
  },
]
