import { Anchor, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Panel, RelativeTime } from 'frontend-shared/ui'
import { articlesQuery } from '../../api/articles.ts'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './Dashboard.module.css'

const SHOWN = 5

/** The latest articles of the help center. */
export function NewArticles() {
  const t = useT()
  const query = useInfiniteQuery(articlesQuery({ limit: SHOWN }))
  const articles = rowsOf(query.data)
  return (
    <Panel
      title={t('dashboard.articles')}
      actions={
        <Anchor component={AppLink} to={paths.help()} size="sm" fw={600}>
          {t('dashboard.all_articles')}
        </Anchor>
      }
    >
      {query.isPending && <LoadingState count={SHOWN} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && articles.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('help.none_text')}
        </Text>
      )}
      <ul className={classes.news}>
        {articles.map((article) => (
          <li key={article.id}>
            <Anchor component={AppLink} to={paths.article(article.slug)}>
              {article.title}
            </Anchor>
            <p>
              {article.category} · <RelativeTime time={article.published_at} />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
