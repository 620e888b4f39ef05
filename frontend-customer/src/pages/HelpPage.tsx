import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { CardGrid, EmptyState, LoadingState, Page, PagedList, SearchField } from 'frontend-shared/ui'
import { BookOpen, SearchX, X } from 'lucide-react'
import { articlesQuery } from '../api/articles.ts'
import { useT } from '../i18n/index.ts'
import { ArticleCard } from '../parts/ArticleCard.tsx'
import { CategoryFilter } from '../parts/CategoryFilter.tsx'
import { useEmptySearch } from '../parts/useEmptySearch.ts'
import { paths, type HelpSearch } from '../paths.ts'
import classes from '../parts/Browse.module.css'

export function HelpPage() {
  const t = useT()
  const [search, setSearch] = useUrlSearch<HelpSearch>()
  const query = useInfiniteQuery({ ...articlesQuery(search), placeholderData: keepPreviousData })
  const settled = query.isSuccess && !query.isPlaceholderData
  const unfiltered = search.category === undefined && search.tag === undefined
  useEmptySearch(search.q, settled && unfiltered && query.data.pages[0]?.items.length === 0)

  return (
    <Page title={t('help.title')} intro={t('help.intro')}>
      <div className={classes.filters}>
        <SearchField
          className={classes.search ?? ''}
          size="md"
          aria-label={t('help.search')}
          placeholder={t('help.search')}
          value={search.q}
          onSearch={(q) => setSearch({ q })}
        />
        <CategoryFilter
          label={t('help.category')}
          categories={query.data?.pages[0]?.categories}
          chosen={search.category}
          onChange={(category) => setSearch({ category })}
        />
        {search.tag && (
          <div>
            <Button
              variant="light"
              size="compact-md"
              rightSection={<X size={15} aria-hidden />}
              aria-label={`${t('help.tag', { tag: search.tag })}: ${t('common.clear_filters')}`}
              onClick={() => setSearch({ tag: undefined })}
            >
              {t('help.tag', { tag: search.tag })}
            </Button>
          </div>
        )}
      </div>
      <PagedList query={query} loading={<LoadingState shape="cards" />} empty={<Nothing search={search} />}>
        {(articles) => (
          <CardGrid min="md">
            {articles.map((article) => (
              <ArticleCard key={article.id} article={article} />
            ))}
          </CardGrid>
        )}
      </PagedList>
    </Page>
  )
}

function Nothing({ search }: { search: HelpSearch }) {
  const t = useT()
  if (!search.q && !search.category && !search.tag) {
    return (
      <EmptyState icon={BookOpen} title={t('help.none')}>
        {t('help.none_text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t('help.none_found')}
      action={
        <Button component={AppLink} to={paths.newTicket()}>
          {t('help.open_ticket')}
        </Button>
      }
    >
      {t('help.none_found_text')}
    </EmptyState>
  )
}
