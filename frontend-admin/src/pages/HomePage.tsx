import { Button } from '@mantine/core'
import { Plus } from 'lucide-react'
import { AppLink } from 'frontend-shared/routing'
import { useMe } from 'frontend-shared/session'
import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { LatestFeedback } from './home/LatestFeedback.tsx'
import { Shortlist } from './home/Shortlist.tsx'
import { Tiles } from './home/Tiles.tsx'
import classes from './home/lists.module.css'

/** What needs somebody now. */
export function HomePage() {
  const t = useT()
  const me = useMe()
  return (
    <Page
      title={t('home.title')}
      intro={t('home.hello', { name: me.name })}
      actions={
        <Button component={AppLink} to={paths.newTicket()} leftSection={<Plus size={16} aria-hidden />}>
          {t('tickets.new')}
        </Button>
      }
    >
      <Tiles />
      <div className={classes.columns}>
        <Shortlist
          title={t('home.needed')}
          search={{ status: ['new', 'open'], assignee: 'none', sort: '-created_at' }}
          empty={t('home.none_needed')}
        />
        <div className={classes.column}>
          <Shortlist
            title={t('view.mine')}
            search={{ status: ['new', 'open', 'pending', 'on_hold'], assignee: 'me' }}
            empty={t('home.none_mine')}
          />
          <LatestFeedback />
        </div>
      </div>
    </Page>
  )
}
