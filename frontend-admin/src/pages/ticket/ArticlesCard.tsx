import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { BookPlus } from 'lucide-react'
import { rowsOf, type AdminTicketDetail } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import { articlesQuery } from '../../api/articles.ts'
import { useT } from '../../i18n/tickets.ts'
import { paths } from '../../paths.ts'
import classes from './aside.module.css'

const SHOWN = 10

/** The articles written from a ticket, and the way to write one. */
export function ArticlesCard({ ticket }: { ticket: AdminTicketDetail }) {
  const t = useT()
  const query = useInfiniteQuery(articlesQuery({ ticket: ticket.id }, SHOWN))
  const articles = rowsOf(query.data)
  return (
    <Panel title={t('ticket.articles')}>
      {query.isSuccess && articles.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('ticket.articles_none')}
        </Text>
      )}
      <ul className={classes.list}>
        {articles.map((article) => (
          <li key={article.id}>
            <AppLink to={paths.article(article.id)} className={classes.ticket}>
              <span className={classes.subject}>{article.title}</span>
              <span className={classes.meta}>{t(`content.${article.status}`)}</span>
            </AppLink>
          </li>
        ))}
      </ul>
      <Button
        component={AppLink}
        to={paths.newArticle({ ticket: ticket.number })}
        variant="light"
        size="compact-sm"
        mt="sm"
        leftSection={<BookPlus size={14} aria-hidden />}
      >
        {t('ticket.write_article')}
      </Button>
    </Panel>
  )
}
