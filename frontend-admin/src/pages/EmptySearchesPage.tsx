import { Button, Group, NativeSelect, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { SearchCheck } from 'lucide-react'
import { useApiMutation, type EmptySearch } from 'frontend-shared/api'
import { useFormats } from 'frontend-shared/i18n'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { DataList, EmptyState, Page, RelativeTime, type Column } from 'frontend-shared/ui'
import { dismissEmptySearch, emptySearchesQuery } from '../api/articles.ts'
import { keys } from '../api/keys.ts'
import { useT, type T } from '../i18n/articles.ts'
import filters from '../parts/filters.module.css'
import { paths, type EmptySearchesSearch } from '../paths.ts'

/** What readers looked for in vain: the articles that are not written yet. */
export function EmptySearchesPage() {
  const t = useT()
  const formats = useFormats()
  const [search, setSearch] = useUrlSearch<EmptySearchesSearch>()
  const query = useInfiniteQuery({ ...emptySearchesQuery(search), placeholderData: keepPreviousData })
  const dismissed = search.dismissed === 'true'

  return (
    <Page
      title={t('missing.title')}
      intro={t('missing.intro')}
      width="wide"
      back={{ to: paths.articles(), label: t('articles.title') }}
    >
      <div className={filters.bar}>
        <SegmentedControl
          aria-label={t('missing.show')}
          data={[
            { value: 'false', label: t('missing.waiting') },
            { value: 'true', label: t('missing.dismissed') },
          ]}
          value={String(dismissed)}
          onChange={(value) => setSearch({ dismissed: value === 'true' ? 'true' : undefined })}
        />
        <NativeSelect
          aria-label={t('articles.order')}
          data={[
            { value: '', label: t('missing.order_searches') },
            { value: '-last_at', label: t('missing.order_latest') },
          ]}
          value={search.sort ?? ''}
          onChange={(event) =>
            setSearch({ sort: event.currentTarget.value === '-last_at' ? '-last_at' : undefined })
          }
        />
      </div>
      <DataList
        query={query}
        columns={columnsOf(t, formats.number)}
        label={t('missing.title')}
        empty={
          <EmptyState icon={SearchCheck} title={t(dismissed ? 'missing.empty_dismissed' : 'missing.empty')}>
            {!dismissed && t('missing.empty_detail')}
          </EmptyState>
        }
      />
    </Page>
  )
}

const columnsOf = (t: T, number: (value: number) => string): Column<EmptySearch>[] => [
  { key: 'words', header: t('missing.words'), grows: true, cell: (row) => <strong>{row.words}</strong> },
  { key: 'searches', header: t('missing.searches'), align: 'end', cell: (row) => number(row.searches) },
  {
    key: 'last',
    header: t('missing.last'),
    align: 'end',
    cell: (row) => <RelativeTime time={row.last_at} />,
  },
  { key: 'acts', header: t('missing.acts'), align: 'end', cell: (row) => <Acts search={row} /> },
]

function Acts({ search }: { search: EmptySearch }) {
  const t = useT()
  const { id, words, dismissed } = search
  const set = useApiMutation({
    run: (aside: boolean) => dismissEmptySearch(id, aside),
    invalidates: () => [keys.emptySearches()],
    notice: t(dismissed ? 'missing.is_taken_up' : 'missing.is_dismissed', { words }),
  })
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      {!dismissed && (
        <Button
          size="compact-sm"
          variant="light"
          component={AppLink}
          to={paths.newArticle({ title: titleOf(words) })}
          aria-label={t('missing.write_about', { words })}
        >
          {t('missing.write')}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        loading={set.isPending}
        onClick={() => set.mutate(!dismissed)}
        aria-label={t(dismissed ? 'missing.take_up_words' : 'missing.dismiss_words', { words })}
      >
        {t(dismissed ? 'missing.take_up' : 'missing.dismiss')}
      </Button>
    </Group>
  )
}

/** Words as the beginning of a title. */
const titleOf = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
