import { Badge } from '@mantine/core'
import type { AdminArticle, ArticleRevision } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { RelativeTime } from 'frontend-shared/ui'
import { useT } from '../../i18n/articles.ts'
import { paths } from '../../paths.ts'
import classes from './ArticleHistory.module.css'

interface RevisionListProps {
  article: AdminArticle
  /** Newest first. */
  revisions: ArticleRevision[]
  /** The one looked at. */
  current: number
}

/** Who saved what when; each line shows its revision. */
export function RevisionList({ article, revisions, current }: RevisionListProps) {
  const t = useT()
  return (
    <ol className={classes.list} reversed>
      {revisions.map((revision) => (
        <li key={revision.n}>
          <AppLink
            to={paths.articleHistory(article.id, { n: String(revision.n) })}
            className={classes.item}
            aria-current={revision.n === current ? 'true' : undefined}
            data-current={revision.n === current}
          >
            <span className={classes.name}>
              {t('revisions.name', { n: String(revision.n) })}
              {revision.live && (
                <Badge size="sm" color="green" tt="none">
                  {t('revisions.live')}
                </Badge>
              )}
              {revision.n === article.latest_revision && (
                <Badge size="sm" color="blue" variant="outline" tt="none">
                  {t('revisions.newest')}
                </Badge>
              )}
            </span>
            <span className={classes.meta}>
              {revision.author?.name ?? t('revisions.somebody')} · <RelativeTime time={revision.created_at} />
            </span>
            <Said revision={revision} />
          </AppLink>
        </li>
      ))}
    </ol>
  )
}

/** What its author says of a revision, or the revision it brings back. */
export function Said({ revision }: { revision: ArticleRevision }) {
  const t = useT()
  const { note, restored_from: from } = revision
  return (
    <>
      {from !== null && (
        <span className={classes.meta}>{t('revisions.restored_from', { n: String(from) })}</span>
      )}
      {note && <span className={classes.note}>{note}</span>}
    </>
  )
}
