import { Anchor } from '@mantine/core'
import { config, type AdminArticle } from 'frontend-shared/api'
import { useFormats } from 'frontend-shared/i18n'
import { ExactTime, Panel, Prose, RelativeTime } from 'frontend-shared/ui'
import { useT } from '../../i18n/index.ts'
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
