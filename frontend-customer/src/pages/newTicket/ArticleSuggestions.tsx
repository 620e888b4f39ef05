import { Text, VisuallyHidden } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CustomerArticle } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { Highlight, Panel } from 'frontend-shared/ui'
import { ExternalLink } from 'lucide-react'
import { suggestionsQuery } from '../../api/suggestions.ts'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './ArticleSuggestions.module.css'

const LETTERS_MIN = 3
const PAUSE_MS = 300

/** Articles that match what is being typed; null until there is enough to look for. */
function useSuggestions(subject: string): CustomerArticle[] | null {
  const [typed] = useDebouncedValue(subject.trim(), PAUSE_MS)
  const enough = Array.from(typed).length >= LETTERS_MIN
  const query = useQuery({
    ...suggestionsQuery(typed),
    enabled: enough,
    placeholderData: keepPreviousData,
  })
  return enough && query.data ? query.data : null
}

/** Beside the form: articles in a new tab, so that what is typed stays as it is. */
export function ArticleSuggestions({ subject }: { subject: string }) {
  const t = useT()
  const articles = useSuggestions(subject)
  return (
    <div className={classes.aside}>
      <Panel title={t('new_ticket.suggestions')}>
        <VisuallyHidden role="status">
          {articles ? t('new_ticket.suggestions_found', { count: articles.length }) : ''}
        </VisuallyHidden>
        {articles && articles.length > 0 ? (
          <Suggested articles={articles} />
        ) : (
          <Text size="sm" c="dimmed">
            {t(articles ? 'new_ticket.suggestions_none' : 'new_ticket.suggestions_idle')}
          </Text>
        )}
      </Panel>
    </div>
  )
}

/** The same under the subject on narrow screens: one line of a fixed height, to unfold. */
export function ArticleSuggestionsLine({ subject }: { subject: string }) {
  const t = useT()
  const articles = useSuggestions(subject)
  return (
    <div className={classes.line}>
      {articles && articles.length > 0 ? (
        <details>
          <summary>{t('new_ticket.suggestions_found', { count: articles.length })}</summary>
          <Suggested articles={articles} />
        </details>
      ) : (
        t(articles ? 'new_ticket.suggestions_none' : 'new_ticket.suggestions_idle')
      )}
    </div>
  )
}

function Suggested({ articles }: { articles: CustomerArticle[] }) {
  const t = useT()
  return (
    <ul className={classes.list}>
      {articles.map((article) => (
        <li key={article.id}>
          <AppLink to={paths.article(article.slug)} target="_blank" className={classes.link}>
            <span className={classes.title}>
              <Highlight segments={article.highlights?.title} fallback={article.title} />
              <ExternalLink size={14} aria-hidden />
              <VisuallyHidden>{t('new_ticket.opens_tab')}</VisuallyHidden>
            </span>
            <span className={classes.summary}>{article.summary}</span>
          </AppLink>
        </li>
      ))}
    </ul>
  )
}
