import { Anchor, Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Building2, ChartNoAxesCombined, Mail, Plus } from 'lucide-react'
import { rowsOf, type AdminTicketDetail } from 'frontend-shared/api'
import { useZone } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { Panel, PersonName, StatusBadge } from 'frontend-shared/ui'
import { OPEN_STATUSES, ticketsQuery } from '../../api/tickets.ts'
import { useT } from '../../i18n/tickets.ts'
import { paths } from '../../paths.ts'
import classes from './aside.module.css'

const SHOWN = 6

/** Who asks, how to reach them, and what else of theirs is open. */
export function CustomerCard({ ticket }: { ticket: AdminTicketDetail }) {
  const t = useT()
  const { requester, organization } = ticket
  const filters = { requester: requester.id, status: [...OPEN_STATUSES] }
  const query = useInfiniteQuery(ticketsQuery(filters, useZone(), SHOWN))
  const others = rowsOf(query.data).filter((other) => other.id !== ticket.id)

  return (
    <Panel
      title={t('field.customer')}
      actions={
        <Button
          component={AppLink}
          to={paths.newTicket({ requester: requester.id })}
          size="compact-xs"
          variant="subtle"
          leftSection={<Plus size={13} aria-hidden />}
        >
          {t('tickets.new')}
        </Button>
      }
    >
      <div className={classes.facts}>
        <AppLink to={paths.user(requester.id)} className={classes.person}>
          <PersonName name={requester.name} size={28} />
        </AppLink>
        <span className={classes.fact}>
          <Mail size={15} aria-hidden />
          <Anchor href={`mailto:${ticket.requester_email}`} size="sm">
            {ticket.requester_email}
          </Anchor>
        </span>
        {organization && (
          <span className={classes.fact}>
            <Building2 size={15} aria-hidden />
            <Anchor component={AppLink} to={paths.tickets({ organization: organization.id })} size="sm">
              {organization.name}
            </Anchor>
          </span>
        )}
        <span className={classes.fact}>
          <ChartNoAxesCombined size={15} aria-hidden />
          <Anchor component={AppLink} to={paths.insight(requester.id)} size="sm">
            {t('insight.how')}
          </Anchor>
        </span>
      </div>
      <h3 className={classes.small}>{t('ticket.others')}</h3>
      {query.isSuccess && others.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('ticket.no_others')}
        </Text>
      )}
      <ul className={classes.list}>
        {others.map((other) => (
          <li key={other.id}>
            <AppLink to={paths.ticket(other.number)} className={classes.ticket}>
              <span className={classes.subject}>
                <span className={classes.number}>{other.number}</span> {other.subject}
              </span>
              <StatusBadge audience="staff" status={other.status} />
            </AppLink>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Anchor component={AppLink} to={paths.tickets(filters)} size="sm" display="inline-block" py={5}>
          {t('common.show_all')}
        </Anchor>
      )}
    </Panel>
  )
}
