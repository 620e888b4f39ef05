import { Button } from '@mantine/core'
import { AppLink } from 'frontend-shared/routing'
import { useMe } from 'frontend-shared/session'
import { Page, WithAside } from 'frontend-shared/ui'
import { Plus } from 'lucide-react'
import { useT } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { FeaturedServices } from './dashboard/FeaturedServices.tsx'
import { NewArticles } from './dashboard/NewArticles.tsx'
import { OpenTickets } from './dashboard/OpenTickets.tsx'
import { QuickSearch } from './dashboard/QuickSearch.tsx'
import { ToRateHint } from './dashboard/ToRateHint.tsx'
import classes from './dashboard/Dashboard.module.css'

/** The first page: what waits for the reader, and the ways to help. */
export function DashboardPage() {
  const t = useT()
  const me = useMe()
  return (
    <Page
      title={t('dashboard.greeting', { name: me.name.split(' ')[0] ?? me.name })}
      documentTitle={t('dashboard.title')}
      intro={t('dashboard.intro')}
      actions={
        <Button component={AppLink} to={paths.newTicket()} leftSection={<Plus size={17} aria-hidden />}>
          {t('new_ticket.title')}
        </Button>
      }
    >
      <div className={classes.top}>
        <QuickSearch />
        <ToRateHint />
      </div>
      <WithAside aside={<NewArticles />}>
        <OpenTickets />
        <FeaturedServices />
      </WithAside>
    </Page>
  )
}
