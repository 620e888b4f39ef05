import { AppLink } from 'frontend-shared/routing'
import type { ReactNode } from 'react'
import classes from './figures.module.css'

interface FigureRowProps {
  label: string
  detail?: string | undefined
  /** The list that was counted. */
  to: string
  /** For what somebody should look at. */
  warm?: boolean
  children: ReactNode
}

/** One figure of a panel with the way to its list. */
export function FigureRow({ label, detail, to, warm = false, children }: FigureRowProps) {
  return (
    <li>
      <AppLink to={to} className={classes.row} data-tone={warm ? 'warm' : undefined}>
        <span>
          {label}
          {detail && <span className={classes.detail}>{detail}</span>}
        </span>
        <b className={classes.figure}>{children}</b>
      </AppLink>
    </li>
  )
}
