import { apiUrl } from '../api/config.ts'
import { useBranding } from '../branding/BrandingProvider.tsx'
import classes from './Brand.module.css'

/** The desk's logo and name with the portal's; without them the mark and the portal's name. */
export function Brand({ portalName }: { portalName: string }) {
  const { brand_name: brandName, logo } = useBranding()
  return (
    <BrandView
      portalName={portalName}
      brandName={brandName}
      logo={logo && { ...logo, url: apiUrl(logo.url) }}
    />
  )
}

interface BrandViewProps {
  portalName: string
  brandName: string | null
  /** With a whole address. */
  logo: { url: string; width: number; height: number } | null
}

/** The same from given parts, for a preview. */
export function BrandView({ portalName, brandName, logo }: BrandViewProps) {
  return (
    <span className={classes.brand}>
      {logo ? (
        <img className={classes.logo} src={logo.url} width={logo.width} height={logo.height} alt="" />
      ) : (
        <BrandMark />
      )}
      <span className={classes.names}>
        {brandName !== null && <span className={classes.name}>{brandName}</span>}
        <span className={brandName === null ? classes.name : classes.portal}>{portalName}</span>
      </span>
    </span>
  )
}

/** The mark: an answer inside a question. */
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
