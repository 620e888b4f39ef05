import type { AdminArticleRow } from 'frontend-shared/api'
import { useFormats } from 'frontend-shared/i18n'
import { useT } from '../../i18n/articles.ts'
import classes from './article.module.css'

/** Why an article did not help, the most frequent reason first. */
export function VoteReasons({ article, most = 5 }: { article: AdminArticleRow; most?: number }) {
  const t = useT()
  const formats = useFormats()
  return (
    <ul className={classes.plain}>
      {article.votes.reasons.slice(0, most).map(({ reason, count }) => (
        <li key={reason}>
          {t('vote_reason.count', { reason: t(`vote_reason.${reason}`), count: formats.number(count) })}
        </li>
      ))}
    </ul>
  )
}
