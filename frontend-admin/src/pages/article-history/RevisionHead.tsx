import { Badge } from '@mantine/core'
import type { ArticleRevision } from 'frontend-shared/api'
import { ExactTime } from 'frontend-shared/ui'
import { useT } from '../../i18n/articles.ts'
import { Said } from './RevisionList.tsx'
import classes from './ArticleHistory.module.css'

/** Which revision is looked at, by whom and from when it is. */
export function RevisionHead({ revision, newest }: { revision: ArticleRevision; newest: number }) {
  const t = useT()
  return (
    <div className={classes.revision}>
      <h2 className={classes.title}>
        {t('revisions.name', { n: String(revision.n) })}
        {revision.live && (
          <Badge color="green" tt="none">
            {t('revisions.live')}
          </Badge>
        )}
        {revision.n === newest && (
          <Badge color="blue" variant="outline" tt="none">
            {t('revisions.newest')}
          </Badge>
        )}
      </h2>
      <span className={classes.meta}>
        {revision.author?.name ?? t('revisions.somebody')} · <ExactTime time={revision.created_at} />
      </span>
      <Said revision={revision} />
    </div>
  )
}
