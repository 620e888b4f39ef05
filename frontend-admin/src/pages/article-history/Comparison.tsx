import { VisuallyHidden } from '@mantine/core'
import type { ArticleRevision } from 'frontend-shared/api'
import { useId, useMemo } from 'react'
import { useT } from '../../i18n/articles.ts'
import { compareTexts, compareWords } from './compare.ts'
import { TextDiff } from './TextDiff.tsx'
import { Pieces } from './Pieces.tsx'
import classes from './Comparison.module.css'

interface ComparisonProps {
  before: ArticleRevision
  after: ArticleRevision
}

const FIELDS = [
  ['title', 'field.title'],
  ['summary', 'article.summary'],
  ['slug', 'article.slug'],
  ['category', 'field.category'],
  ['tags', 'article.tags'],
  ['visibility', 'field.visibility'],
] as const

/** What differs between two revisions: the fields around the text, then the text. */
export function Comparison({ before, after }: ComparisonProps) {
  const t = useT()
  const heading = useId()
  const rows = useMemo(() => compareTexts(before.body, after.body), [before.body, after.body])
  const word = (of: ArticleRevision, field: (typeof FIELDS)[number][0]) => {
    if (field === 'tags') return of.tags.join(', ')
    return field === 'visibility' ? t(`visibility.${of.visibility}`) : of[field]
  }
  const fields = FIELDS.filter(([field]) => word(before, field) !== word(after, field))
  const changed = rows.some((row) => !row.same)
  const names = {
    before: t('revisions.name', { n: String(before.n) }),
    after: t('revisions.name', { n: String(after.n) }),
  }
  if (fields.length === 0 && before.body === after.body) {
    return <p className={classes.same}>{t('revisions.same')}</p>
  }
  return (
    <>
      {fields.length > 0 && (
        <>
          <h3 className={classes.heading}>{t('revisions.details')}</h3>
          <dl className={classes.fields}>
            {fields.map(([field, label]) => (
              <div key={field} className={classes.field}>
                <dt>{t(label)}</dt>
                <Value side="before" of={word(before, field)} other={word(after, field)} />
                <Value side="after" of={word(after, field)} other={word(before, field)} />
              </div>
            ))}
          </dl>
        </>
      )}
      <h3 className={classes.heading} id={heading}>
        {t('revisions.text')}
      </h3>
      {changed ? (
        <TextDiff rows={rows} names={names} labelledBy={heading} />
      ) : (
        <p className={classes.same}>
          {t(before.body === after.body ? 'revisions.text_same' : 'revisions.text_ends')}
        </p>
      )}
    </>
  )
}

function Value({ side, of, other }: { side: 'before' | 'after'; of: string; other: string }) {
  const t = useT()
  const [mine] = compareWords(of, other)
  const Tag = side === 'before' ? 'del' : 'ins'
  return (
    <dd className={classes.value} data-side={side}>
      <span className={classes.sign} aria-hidden>
        {side === 'before' ? '−' : '+'}
      </span>
      <VisuallyHidden>{t(side === 'before' ? 'revisions.removed' : 'revisions.added')} </VisuallyHidden>
      {of === '' ? (
        <em>{t('revisions.none')}</em>
      ) : mine ? (
        <span>
          <Pieces side={side} pieces={mine} />
        </span>
      ) : (
        <Tag className={classes.whole}>{of}</Tag>
      )}
    </dd>
  )
}
