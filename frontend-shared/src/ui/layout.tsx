import type { ReactNode } from 'react'
import classes from './layout.module.css'

/*
 * The library's own responsive grids write <style> elements, which the content security
 * policy refuses. These two do the same by static CSS.
 */

interface CardGridProps {
  /** The least width of a card. */
  min?: 'sm' | 'md' | 'lg'
  children: ReactNode
}

/** As many equal columns as fit. */
export function CardGrid({ min = 'md', children }: CardGridProps) {
  return (
    <div className={classes.grid} data-min={min}>
      {children}
    </div>
  )
}

/** Content with a narrower column beside it; below it on narrow screens. */
export function WithAside({ children, aside }: { children: ReactNode; aside: ReactNode }) {
  return (
    <div className={classes.split}>
      <div className={classes.main}>{children}</div>
      <aside className={classes.aside}>{aside}</aside>
    </div>
  )
}

/** A surface that groups what belongs together. */
export function Panel(props: { children: ReactNode; title?: string; padded?: boolean; actions?: ReactNode }) {
  const { children, title, padded = true, actions } = props
  return (
    <section className={classes.panel} data-padded={padded} aria-label={title}>
      {title && (
        <div className={classes.panelHead}>
          <h2 className={classes.panelTitle}>{title}</h2>
          {actions}
        </div>
      )}
      {children}
    </section>
  )
}
