import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { CardGrid, EmptyState, LoadingState, Page, PagedList, SearchField } from 'frontend-shared/ui'
import { BookOpen, SearchX, X } from 'lucide-react'
import { articlesQuery, publicArticlesQuery } from '../api/articles.ts'
import { useT } from '../i18n/index.ts'
import { ArticleCard } from '../parts/ArticleCard.tsx'
import { CategoryFilter } from '../parts/CategoryFilter.tsx'
import { useEmptySearch } from '../parts/useEmptySearch.ts'
import { useIsGuest } from '../parts/useIsGuest.ts'
import { paths, type HelpSearch } from '../paths.ts'
import classes from '../parts/Browse.module.css'

export function HelpPage() {
  const t = useT()
  const [search, setSearch] = useUrlSearch<HelpSearch>()
  const isGuest = useIsGuest()
  const articles = isGuest ? publicArticlesQuery(search) : articlesQuery(search)
  const query = useInfiniteQuery({ ...articles, placeholderData: keepPreviousData })
  const settled = query.isSuccess && !query.isPlaceholderData
  const unfiltered = search.category === undefined && search.tag === undefined
  useEmptySearch(search.q, !isGuest && settled && unfiltered && query.data.pages[0]?.items.length === 0)

  return (
    <Page title={t('help.title')} intro={t(isGuest ? 'help.intro_guest' : 'help.intro')}>
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
        {(rows) => (
          <CardGrid min="md">
            {rows.map((article) => (
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
  const isGuest = useIsGuest()
  if (!search.q && !search.category && !search.tag) {
    return (
      <EmptyState
        icon={BookOpen}
        title={t('help.none')}
        action={
          isGuest && (
            <Button component={AppLink} to={paths.signIn({ next: paths.help() })}>
              {t('guest.sign_in')}
            </Button>
          )
        }
      >
        {t(isGuest ? 'help.none_guest' : 'help.none_text')}
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
