import type { AdminArticle } from 'frontend-shared/api'
import { useT } from '../../i18n/articles.ts'
import { ConflictDialog } from '../../parts/ConflictDialog.tsx'
import type { ArticleValues } from './values.ts'

const LABELS = {
  title: 'field.title',
  slug: 'article.slug',
  summary: 'article.summary',
  body: 'article.body',
  category: 'field.category',
  tags: 'article.tags',
  visibility: 'field.visibility',
} as const

interface ArticleConflictProps {
  conflict: {
    theirs: AdminArticle
    fields: (keyof ArticleValues)[]
    keepTheirs: () => void
    close: () => void
    takeMine: (fields: string[], onDone: (saved: AdminArticle) => void) => void
  }
  values: ArticleValues
  busy: boolean
  onSaved: (saved: AdminArticle) => void
}

/** Lets the author choose between a colleague's words and their own. */
export function ArticleConflict({ conflict, values, busy, onSaved }: ArticleConflictProps) {
  const t = useT()
  const word = (field: keyof ArticleValues, from: ArticleValues) => {
    if (field === 'tags') return from.tags.join(', ')
    return field === 'visibility' ? t(`visibility.${from.visibility}`) : from[field]
  }
  return (
    <ConflictDialog
      rows={conflict.fields.map((field) => ({
        name: field,
        field: t(LABELS[field]),
        theirs: word(field, conflict.theirs),
        mine: word(field, values),
      }))}
      busy={busy}
      onTheirs={conflict.keepTheirs}
      onClose={conflict.close}
      onMine={(mine) => conflict.takeMine(mine, onSaved)}
    />
  )
}
