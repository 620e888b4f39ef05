import { VisuallyHidden } from '@mantine/core'
import { UnfoldVertical } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useT } from '../../i18n/articles.ts'
import { foldSame, type Line, type Row } from './compare.ts'
import { Pieces } from './Pieces.tsx'
import classes from './Comparison.module.css'

interface TextDiffProps {
  rows: Row[]
  /** What the two sides are called. */
  names: { before: string; after: string }
  labelledBy: string
}

/**
 * Two texts line by line: side by side, on narrow screens one below the other. It is a table in all
 * but its elements, whose roles browsers forget when a style sheet lays them out anew.
 */
export function TextDiff({ rows, names, labelledBy }: TextDiffProps) {
  const t = useT()
  const parts = useMemo(() => foldSame(rows), [rows])
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set())
  return (
    <div className={classes.diff} role="table" aria-labelledby={labelledBy}>
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row}>
          <div role="columnheader" className={classes.side}>
            {names.before}
          </div>
          <div role="columnheader" className={classes.side}>
            {names.after}
          </div>
        </div>
      </div>
      <div role="rowgroup">
        {parts.map((part, index) =>
          part.folded && !shown.has(index) ? (
            <div key={`same-${part.rows[0]?.before?.n ?? 0}`} role="row">
              <div role="cell" aria-colspan={2}>
                <button
                  type="button"
                  className={classes.fold}
                  onClick={() => setShown(new Set([...shown, index]))}
                >
                  <UnfoldVertical size={14} aria-hidden />
                  {t('revisions.show_same', { count: part.rows.length })}
                </button>
              </div>
            </div>
          ) : (
            part.rows.map((row) => (
              <div key={`${row.before?.n ?? ''}-${row.after?.n ?? ''}`} role="row" className={classes.row}>
                <Cell side="before" line={row.before} same={row.same} />
                <Cell side="after" line={row.after} same={row.same} />
              </div>
            ))
          ),
        )}
      </div>
    </div>
  )
}

function Cell({ side, line, same }: { side: 'before' | 'after'; line: Line | null; same: boolean }) {
  const t = useT()
  const kind = line === null ? 'none' : same ? 'same' : side
  return (
    <div role="cell" className={classes.cell} data-side={side} data-kind={kind}>
      {line && (
        <>
          <span className={classes.number}>
            <VisuallyHidden>
              {t(side === 'before' ? 'revisions.line_before' : 'revisions.line_after')}{' '}
            </VisuallyHidden>
            {line.n}
          </span>
          <span className={classes.sign} aria-hidden>
            {same ? '' : side === 'before' ? '−' : '+'}
          </span>
          <span className={classes.text}>
            {!same && (
              <VisuallyHidden>
                {t(side === 'before' ? 'revisions.removed' : 'revisions.added')}{' '}
              </VisuallyHidden>
            )}
            <Pieces side={side} pieces={line.pieces} />
          </span>
        </>
      )}
    </div>
  )
}
