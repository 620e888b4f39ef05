import type { CustomerArticleDetail } from 'frontend-shared/api'
import { Panel } from 'frontend-shared/ui'
import { useT } from '../../i18n/index.ts'
import classes from './Contents.module.css'

type Entries = CustomerArticleDetail['toc']

/** With fewer headings there is nothing to find one's way through. */
const ENTRIES_MIN = 2

/** The headings of an article, beside it. */
export function Contents({ entries }: { entries: Entries }) {
  const t = useT()
  if (entries.length < ENTRIES_MIN) return null
  return (
    <nav className={classes.beside} aria-label={t('article.toc')}>
      <Panel title={t('article.toc')}>
        <Links entries={entries} />
      </Panel>
    </nav>
  )
}

/** The same above the article, folded, where there is no room beside it. */
export function ContentsFold({ entries }: { entries: Entries }) {
  const t = useT()
  if (entries.length < ENTRIES_MIN) return null
  return (
    <details className={classes.fold}>
      <summary>{t('article.toc')}</summary>
      <nav aria-label={t('article.toc')}>
        <Links entries={entries} />
      </nav>
    </details>
  )
}

function Links({ entries }: { entries: Entries }) {
  const top = Math.min(...entries.map(({ level }) => level))
  return (
    <ol className={classes.list}>
      {entries.map(({ id, level, text }) => (
        <li key={id}>
          <a className={classes.link} data-nested={level > top} href={`#${id}`}>
            {text}
          </a>
        </li>
      ))}
    </ol>
  )
}
