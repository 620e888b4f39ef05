import { useEffect, useRef } from 'react'
import classes from './Prose.module.css'

interface ProseProps {
  /** `body_html` as the API made it: sanitized there, the one place that renders Markdown. */
  html: string
  className?: string
}

/** Rendered Markdown with the typography of running text. */
export function Prose({ html, className }: ProseProps) {
  const names = className ? `${classes.prose} ${className}` : classes.prose
  const frame = useRef<HTMLDivElement>(null)
  // Wide code scrolls inside its own box, which keyboards must be able to reach.
  useEffect(() => {
    for (const code of frame.current?.querySelectorAll('pre') ?? []) code.tabIndex = 0
  })
  return <div ref={frame} className={names} dangerouslySetInnerHTML={{ __html: html }} />
}
