import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Pencil, UserPlus } from 'lucide-react'
import type { Organization } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import { ErrorState, ExactTime, LoadingState, Page, Panel, WithAside } from 'frontend-shared/ui'
import { useState } from 'react'
import { organizationQuery } from '../api/people.ts'
import { OPEN_STATUSES } from '../api/tickets.ts'
import { useT } from '../i18n/people.ts'
import { paths } from '../paths.ts'
import { Shortlist } from './home/Shortlist.tsx'
import { AddPersonDialog } from './organization/AddPersonDialog.tsx'
import { Members } from './organization/Members.tsx'
import { RenameDialog } from './organization/RenameDialog.tsx'
import aside from './ticket/aside.module.css'

/** One organization: its people, who of them manages it, and what is open. */
export function OrganizationPage() {
  const t = useT()
  const { organization: id } = useParams({ from: '/frame/users/organizations/$organization' })
  const query = useQuery(organizationQuery(id))
  const back = { to: paths.users({ tab: 'organizations' }), label: t('organizations.title') }
  if (query.isPending || (query.isError && !query.data)) {
    return (
      <Page title={t('organization.title')} back={back}>
        {query.isPending ? (
          <LoadingState shape="page" />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Page>
    )
  }
  return <Company key={query.data.id} organization={query.data} back={back} />
}

interface CompanyProps {
  organization: Organization
  back: { to: string; label: string }
}

function Company({ organization, back }: CompanyProps) {
  const t = useT()
  const isAdmin = useIsAdmin()
  const [open, setOpen] = useState<'rename' | 'add' | null>(null)
  const close = () => setOpen(null)
  return (
    <Page
      title={organization.name}
      back={back}
      intro={t('organization.members', { count: organization.members })}
      actions={
        isAdmin && (
          <>
            <Button
              variant="default"
              leftSection={<Pencil size={16} aria-hidden />}
              onClick={() => setOpen('rename')}
            >
              {t('organization.rename')}
            </Button>
            <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={() => setOpen('add')}>
              {t('organization.add')}
            </Button>
          </>
        )
      }
    >
      <WithAside aside={<Facts organization={organization} />}>
        <Members organization={organization} />
        <Shortlist
          title={t('organization.open_tickets')}
          search={{ organization: organization.id, status: [...OPEN_STATUSES] }}
          empty={t('organization.no_open_tickets')}
        />
      </WithAside>
      {open === 'rename' && <RenameDialog organization={organization} onClose={close} />}
      {open === 'add' && <AddPersonDialog organization={organization} onClose={close} />}
    </Page>
  )
}

function Facts({ organization }: { organization: Organization }) {
  const t = useT()
  return (
    <Panel title={t('organization.facts')}>
      <dl className={aside.dates}>
        <dt>{t('field.created')}</dt>
        <dd>
          <ExactTime time={organization.created_at} dateOnly />
        </dd>
        <dt>{t('nav.tickets')}</dt>
        <dd>
          <Anchor component={AppLink} to={paths.tickets({ organization: organization.id })} size="sm">
            {t('organization.all_tickets')}
          </Anchor>
        </dd>
      </dl>
    </Panel>
  )
}
