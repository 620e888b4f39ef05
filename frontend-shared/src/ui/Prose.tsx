import classes from './Prose.module.css'

interface ProseProps {
  /** `body_html` as the API made it: sanitized there, the one place that renders Markdown. */
  html: string
  className?: string
}

/** Rendered Markdown with the typography of running text. */
export function Prose({ html, className }: ProseProps) {
  const names = className ? `${classes.prose} ${className}` : classes.prose
  return <div className={names} dangerouslySetInnerHTML={{ __html: html }} />
}
