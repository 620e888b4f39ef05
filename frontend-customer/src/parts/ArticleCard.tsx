import type { CustomerArticle } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { ExactTime, Highlight } from 'frontend-shared/ui'
import { paths } from '../paths.ts'
import classes from './ArticleCard.module.css'

/** An article in the help center: its topic, title and what it is about. */
export function ArticleCard({ article }: { article: CustomerArticle }) {
  return (
    <article className={classes.card}>
      <p className={classes.over}>{article.category}</p>
      <h2 className={classes.title}>
        <AppLink to={paths.article(article.slug)}>
          <Highlight segments={article.highlights?.title} fallback={article.title} />
        </AppLink>
      </h2>
      <p className={classes.summary}>
        <Highlight segments={article.highlights?.snippet} fallback={article.summary} />
      </p>
      <p className={classes.under}>
        <ExactTime time={article.updated_at} dateOnly />
      </p>
    </article>
  )
}
