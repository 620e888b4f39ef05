import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { config, type AdminArticle } from 'frontend-shared/api'
import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { ExactTime, Panel, Prose, RelativeTime } from 'frontend-shared/ui'
import { articleContextQuery } from '../../api/articles.ts'
import { useT } from '../../i18n/articles.ts'
import { paths } from '../../paths.ts'
import { VoteReasons } from './VoteReasons.tsx'
import classes from './article.module.css'
import aside from '../ticket/aside.module.css'

/** What is live of an article, and how readers take it. */
export function ArticleFacts({ article }: { article: AdminArticle }) {
  const t = useT()
  const formats = useFormats()
  const { customer_url = '/customer/' } = config()
  const { published } = article
  return (
    <>
      <Panel title={t('article.facts')}>
        <dl className={aside.dates}>
          <dt>{t('article.author')}</dt>
          <dd>{article.author?.name ?? '–'}</dd>
          <dt>{t('article.revision')}</dt>
          <dd>
            {article.published_revision === null
              ? t('article.revision_draft', { latest: article.latest_revision })
              : t('article.revision_live', {
                  live: article.published_revision,
                  latest: article.latest_revision,
                })}
          </dd>
          <dt>{t('field.votes')}</dt>
          <dd>
            {t('article.votes', {
              helpful: formats.number(article.votes.helpful),
              not_helpful: formats.number(article.votes.not_helpful),
            })}
          </dd>
          {article.votes.reasons.length > 0 && (
            <>
              <dt>{t('article.reasons')}</dt>
              <dd>
                <VoteReasons article={article} />
              </dd>
            </>
          )}
          <dt>{t('article.views')}</dt>
          <dd title={t('articles.views_detail')}>{formats.number(article.views_30_days)}</dd>
          <dt>{t('field.updated')}</dt>
          <dd>
            <RelativeTime time={article.updated_at} />
          </dd>
          {article.published_at && (
            <>
              <dt>{t('article.published_at')}</dt>
              <dd>
                <ExactTime time={article.published_at} />
              </dd>
            </>
          )}
          {article.ticket && (
            <>
              <dt>{t('article.from_ticket')}</dt>
              <dd>
                <AppLink to={paths.ticket(article.ticket.number)}>{article.ticket.number}</AppLink>
              </dd>
            </>
          )}
          {article.status === 'published' && published && (
            <>
              <dt>{t('article.address')}</dt>
              <dd>
                <Anchor href={`${customer_url}help/${published.slug}`} size="sm">
                  {published.slug}
                </Anchor>
              </dd>
            </>
          )}
          <ContextFacts id={article.id} />
        </dl>
      </Panel>
      {article.status === 'published' && article.has_draft && published && (
        <Panel>
          <details>
            <summary>{t('article.live_version')}</summary>
            <h2>{published.title}</h2>
            <Prose html={published.body_html} />
          </details>
        </Panel>
      )}
    </>
  )
}

/** Old addresses, and what readers are offered besides; nothing until it is known. */
function ContextFacts({ id }: { id: string }) {
  const t = useT()
  const { data } = useQuery(articleContextQuery(id))
  if (!data) return null
  return (
    <>
      {data.old_slugs.length > 0 && (
        <>
          <dt>{t('article.old_slugs')}</dt>
          <dd>
            <ul className={classes.plain}>
              {data.old_slugs.map((slug) => (
                <li key={slug}>{slug}</li>
              ))}
            </ul>
          </dd>
        </>
      )}
      {data.related.length > 0 && (
        <>
          <dt>{t('article.related')}</dt>
          <dd>
            <ul className={classes.plain}>
              {data.related.map((other) => (
                <li key={other.id}>
                  <AppLink to={paths.article(other.id)}>{other.title}</AppLink>
                  {other.visibility === 'customers' && ` (${t('article.only_customers')})`}
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
    </>
  )
}
