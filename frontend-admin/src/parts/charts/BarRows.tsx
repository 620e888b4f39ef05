import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import type { ReactNode } from 'react'
import classes from './charts.module.css'
import type { Tone } from './tone.ts'

export interface BarRow {
  key: string
  label: ReactNode
  value: number
  /** Beside the value: "33 %". */
  detail?: string
  tone: Tone
  /** The list behind it. */
  to: string
}

/** Lying bars, one a row, each with its figure and a link to its list. */
export function BarRows({ rows, label }: { rows: BarRow[]; label: string }) {
  const { number } = useFormats()
  const largest = Math.max(...rows.map(({ value }) => value), 1)
  return (
    <ul className={classes.rows} aria-label={label}>
      {rows.map(({ key, label: name, value, detail, tone, to }) => (
        <li key={key}>
          <AppLink to={to} withSearch className={classes.row}>
            <span>{name}</span>
            <span className={classes.track} aria-hidden>
              {value > 0 && (
                <span
                  className={classes.fill}
                  data-tone={tone}
                  style={{ inlineSize: `${(value / largest) * 100}%` }}
                />
              )}
            </span>
            <span className={classes.value}>
              {number(value)} {detail && <small>{detail}</small>}
            </span>
          </AppLink>
        </li>
      ))}
    </ul>
  )
}
