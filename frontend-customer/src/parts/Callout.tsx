import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import classes from './Callout.module.css'

interface CalloutProps {
  tone?: 'plain' | 'attention' | 'good'
  icon: LucideIcon
  title: string
  text?: string
  /** Buttons. */
  children?: ReactNode
  /** Announced when it appears while the page is open. */
  live?: boolean
}

/** A message across the page, with what can be done about it. */
export function Callout({ tone = 'plain', icon: Icon, title, text, children, live = false }: CalloutProps) {
  return (
    <section className={classes.callout} data-tone={tone} role={live ? 'status' : undefined}>
      <Icon className={classes.icon} size={21} strokeWidth={1.9} aria-hidden />
      <div className={classes.body}>
        <div className={classes.text}>
          <h2 className={classes.title}>{title}</h2>
          {text && <p>{text}</p>}
        </div>
        {children && <div className={classes.acts}>{children}</div>}
      </div>
    </section>
  )
}
