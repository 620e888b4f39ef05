import { Anchor } from '@mantine/core'
import type { CustomerArticleDetail } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './Contents.module.css'

/** Where readers of this article may want to go on. */
export function Related({ articles }: { articles: CustomerArticleDetail['related'] }) {
  const t = useT()
  if (articles.length === 0) return null
  return (
    <Panel title={t('article.related')}>
      <ul className={classes.related}>
        {articles.map(({ slug, title }) => (
          <li key={slug}>
            <Anchor component={AppLink} to={paths.article(slug)} inherit>
              {title}
            </Anchor>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
