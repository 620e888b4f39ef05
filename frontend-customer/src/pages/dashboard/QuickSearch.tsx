import { Box, VisuallyHidden } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { useGo } from 'frontend-shared/routing'
import { SearchField } from 'frontend-shared/ui'
import { useState, type FocusEvent } from 'react'
import { articlesQuery } from '../../api/articles.ts'
import { servicesQuery } from '../../api/services.ts'
import { useT } from '../../i18n/index.ts'
import { useEmptySearch } from '../../parts/useEmptySearch.ts'
import { paths } from '../../paths.ts'
import { QuickResults } from './QuickResults.tsx'
import classes from './Dashboard.module.css'

const SHOWN = 4

/** One search over help articles and services; the results lie over the page. */
export function QuickSearch() {
  const t = useT()
  const go = useGo()
  const [q, setQ] = useState<string>()
  const [open, setOpen] = useState(false)
  const on = { enabled: q !== undefined, placeholderData: keepPreviousData } as const
  const articleHits = useInfiniteQuery({ ...articlesQuery({ q, limit: SHOWN }), ...on })
  const serviceHits = useInfiniteQuery({ ...servicesQuery({ q, limit: SHOWN }), ...on })
  const articles = rowsOf(articleHits.data)
  const services = rowsOf(serviceHits.data)
  // A service found is an answer, too.
  const settled = articleHits.isSuccess && serviceHits.isSuccess && !articleHits.isPlaceholderData
  useEmptySearch(q, settled && articles.length === 0 && services.length === 0)
  const known = q !== undefined && (articleHits.data !== undefined || serviceHits.data !== undefined)

  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
  }
  return (
    <Box
      role="search"
      className={classes.search ?? ''}
      onBlur={leave}
      onFocus={() => setOpen(true)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false)
        else if (event.key !== 'Tab') setOpen(true)
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (q) void go(paths.help({ q }))
        }}
      >
        <SearchField
          size="md"
          aria-label={t('dashboard.search')}
          placeholder={t('dashboard.search')}
          autoComplete="off"
          value={q}
          onSearch={setQ}
        />
      </form>
      <VisuallyHidden role="status">
        {known && open ? t('dashboard.results_count', { count: articles.length + services.length }) : ''}
      </VisuallyHidden>
      {known && open && <QuickResults q={q} articles={articles} services={services} />}
    </Box>
  )
}
