import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { config, rowsOf, type ArticleContent } from 'frontend-shared/api'
import { ErrorState, LoadingState, Prose } from 'frontend-shared/ui'
import { useId, useState, type KeyboardEvent } from 'react'
import { articleQuery, articlesQuery } from '../../api/articles.ts'
import { useT } from '../../i18n/tickets.ts'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'
import classes from './InsertArticle.module.css'

const PAUSE_MS = 200
const OFFERED = 8

interface InsertArticleProps {
  /** Gets the link in Markdown. */
  onInsert: (markdown: string) => void
  onClose: () => void
}

/**
 * Finds a published article and inserts a link to it. Drafts and archived ones are never offered: the
 * reader could not open them. What customers alone may read is, since the reader of a ticket is one,
 * and says so.
 */
export function InsertArticle({ onInsert, onClose }: InsertArticleProps) {
  const t = useT()
  useReturnFocus()
  const list = useId()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS)
  const [at, setAt] = useState(0)
  const query = useInfiniteQuery({
    ...articlesQuery({ q: q || undefined, status: ['published'] }, OFFERED),
    placeholderData: keepPreviousData,
  })
  const articles = rowsOf(query.data).slice(0, OFFERED)
  const current = articles[Math.min(at, articles.length - 1)]
  // The list shows working copies; a link leads to what is live.
  const chosen = useQuery({ ...articleQuery(current?.id ?? ''), enabled: current !== undefined })
  const live = chosen.data?.published ?? null
  const insert = () => {
    if (live && chosen.data?.id === current?.id) onInsert(linkTo(live))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && articles.length > 0) {
      event.preventDefault()
      setAt((Math.min(at, articles.length - 1) + step + articles.length) % articles.length)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      insert()
    }
  }

  return (
    <Modal opened onClose={onClose} title={t('insert.title')} size="xl">
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('insert.search')}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current && `${list}-${current.id}`}
        placeholder={t('insert.search')}
        description={t('insert.hint')}
        leftSection={<Search size={16} aria-hidden />}
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div className={classes.split}>
        <div>
          <div id={list} role="listbox" aria-label={t('insert.title')} className={classes.list}>
            {articles.map((article, index) => (
              <button
                key={article.id}
                id={`${list}-${article.id}`}
                type="button"
                role="option"
                aria-selected={article === current}
                tabIndex={-1}
                className={classes.option}
                onClick={() => setAt(index)}
              >
                <span className={classes.title}>{article.title}</span>
                <span className={classes.category}>{article.category}</span>
              </button>
            ))}
          </div>
          {query.isPending && <LoadingState count={3} />}
          {query.isError && !query.data && (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          )}
          {query.isSuccess && articles.length === 0 && (
            <Text size="sm" c="dimmed" role="status">
              {t('insert.none')}
            </Text>
          )}
        </div>
        <section ref={scrollable} className={classes.preview} aria-label={t('insert.preview')}>
          {live && (
            <>
              <h3 className={classes.heading}>{live.title}</h3>
              <Text size="sm" c="dimmed" mb="sm">
                {t(`insert.${live.visibility}`)}
              </Text>
              <Prose html={live.body_html} />
            </>
          )}
        </section>
      </div>
      <Group justify="flex-end" mt="md">
        <Button disabled={!live} onClick={insert}>
          {t('insert.act')}
        </Button>
      </Group>
    </Modal>
  )
}

/** What scrolls in a box of its own must be reached by keyboard. */
function scrollable(box: HTMLElement | null): void {
  if (box) box.tabIndex = 0
}

/** A link to what readers see, at the address they see it at. */
export function linkTo(article: Pick<ArticleContent, 'title' | 'slug'>): string {
  const { customer_url = '/customer/' } = config()
  const title = article.title.replaceAll(/[\\[\]*_`<>]/g, String.raw`\$&`)
  return `[${title}](${customer_url}help/${article.slug})`
}
