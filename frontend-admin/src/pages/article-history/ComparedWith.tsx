import { Select } from '@mantine/core'
import type { AdminArticle, ArticleRevision } from 'frontend-shared/api'
import { useUrlSearch } from 'frontend-shared/routing'
import { useT } from '../../i18n/articles.ts'
import type { ArticleHistorySearch } from '../../paths.ts'
import classes from './ArticleHistory.module.css'

interface ComparedWithProps {
  article: AdminArticle
  n: number
  base: number
  known: ArticleRevision[]
}

/** Chooses what a revision is compared with; at first the one before it. */
export function ComparedWith({ article, n, base, known }: ComparedWithProps) {
  const t = useT()
  const [, setSearch] = useUrlSearch<ArticleHistorySearch>()
  const live = known.find((revision) => revision.live)?.n
  const numbers = [...new Set([n - 1, live, article.latest_revision, base, ...known.map((row) => row.n)])]
    .filter((other) => other !== undefined && other !== n && other >= 1)
    .toSorted((a, b) => Number(b) - Number(a))
  if (numbers.length === 0) return null

  const label = (other: number) => {
    if (other === n - 1) return t('revisions.before_this', { n: String(other) })
    if (other === live) return t('revisions.compare_live', { n: String(other) })
    if (other === article.latest_revision) return t('revisions.compare_newest', { n: String(other) })
    return t('revisions.name', { n: String(other) })
  }
  return (
    <Select
      className={classes.compared ?? ''}
      label={t('revisions.compare')}
      data={numbers.map((other) => ({ value: String(other), label: label(Number(other)) }))}
      allowDeselect={false}
      value={base < 1 ? null : String(base)}
      onChange={(next) => setSearch({ with: next === String(n - 1) ? undefined : (next ?? undefined) })}
    />
  )
}
