import type { ReactNode } from 'react'
import { useSharedT } from '../i18n/catalogs.ts'
import { AppLink } from '../routing/links.tsx'
import { Brand } from './Brand.tsx'
import classes from './AppShell.module.css'

interface GuestShellProps {
  portalName: string
  home: string
  tools: ReactNode
  children: ReactNode
}

/** Header and page, without the places that only a person has. */
export function GuestShell({ portalName, home, tools, children }: GuestShellProps) {
  const t = useSharedT()
  return (
    <div className={classes.shell} data-guest>
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        <AppLink to={home} className={classes.brand}>
          <Brand portalName={portalName} />
        </AppLink>
        <div className={classes.tools}>{tools}</div>
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  )
}
