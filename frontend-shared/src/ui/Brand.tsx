import classes from './Brand.module.css'

/** The mark (an answer inside a question) and the portal's name. */
export function Brand({ portalName }: { portalName: string }) {
  return (
    <span className={classes.brand}>
      <BrandMark />
      <span className={classes.name}>{portalName}</span>
    </span>
  )
}

export function BrandMark({ size = 30 }: { size?: number }) {
  return (
    <svg className={classes.mark} width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <path
        className={classes.question}
        d="M6 3h20a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H15l-7 5.5V25H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4Z"
      />
      <path className={classes.answer} d="m9.5 14.2 4.4 4.4 8.6-8.8" />
    </svg>
  )
}
