import { apiUrl } from 'frontend-shared/api'
import { useBranding } from 'frontend-shared/branding'
import { darkFillOf, fillOf, rampOf } from 'frontend-shared/theme'
import { BrandView, Panel } from 'frontend-shared/ui'
import type { CSSProperties } from 'react'
import { useT } from '../../i18n/settings.ts'
import classes from './settings.module.css'

interface BrandPreviewProps {
  brandName: string | null
  colour: string | null
  logo: { url: string; width: number; height: number } | null
}

/** The colours of the portals without one of the desk's own. */
const CUSTOMER = '#037161'

/** How customers will see the desk, on light and on dark pages, before it is saved. */
export function BrandPreview({ brandName, colour, logo }: BrandPreviewProps) {
  const t = useT()
  const { portalName } = useBranding()
  const ramp = rampOf(colour ?? CUSTOMER)
  const shown = logo && { ...logo, url: apiUrl(logo.url) }
  const schemes = [
    { name: 'light', label: t('settings.preview_light'), fill: fillOf(colour ?? CUSTOMER), link: ramp[8] },
    { name: 'dark', label: t('settings.preview_dark'), fill: darkFillOf(colour ?? CUSTOMER), link: ramp[3] },
  ] as const
  return (
    <Panel title={t('settings.preview')}>
      <div className={classes.previews}>
        {schemes.map(({ name, label, fill, link }) => (
          <figure
            key={name}
            className={classes.preview}
            data-scheme={name}
            style={
              {
                '--preview-fill': fill.ground,
                '--preview-on': fill.text,
                '--preview-link': link,
                '--bsm-accent': ramp[7],
              } as CSSProperties
            }
          >
            <figcaption className={classes.caption}>{label}</figcaption>
            <div className={classes.bar}>
              <BrandView portalName={t('settings.preview_portal')} brandName={brandName} logo={shown} />
            </div>
            <div className={classes.sample}>
              <span className={classes.button}>{t('settings.preview_button')}</span>
              <span className={classes.link}>{t('settings.preview_link')}</span>
            </div>
          </figure>
        ))}
      </div>
      <p className={classes.help}>{t('settings.preview_help', { portal: portalName })}</p>
    </Panel>
  )
}
