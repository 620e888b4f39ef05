import { Anchor, Group, Text } from '@mantine/core'
import type { AdminTicketDetail } from 'frontend-shared/api'
import { AnswersTable } from 'frontend-shared/forms'
import { AppLink } from 'frontend-shared/routing'
import { ExactTime, Panel, RelativeTime, Stars } from 'frontend-shared/ui'
import { useT } from '../../i18n/tickets.ts'
import { reasonLabel } from '../../parts/reasons.ts'
import { paths } from '../../paths.ts'
import classes from './aside.module.css'

/** What was ordered, with the answers of its form as a table. */
export function OrderCard({ ticket }: { ticket: AdminTicketDetail }) {
  const t = useT()
  const { service, service_version, answers } = ticket
  if (!service) return null
  return (
    <Panel title={t('field.service')}>
      <Anchor component={AppLink} to={paths.service(service.id)} fw={600} size="sm">
        {service.name}
      </Anchor>
      {service_version !== null && (
        <span className={classes.meta}> · {t('service.version', { version: service_version })}</span>
      )}
      {answers.length > 0 && (
        <div className={classes.answers}>
          <AnswersTable answers={answers} label={t('ticket.answers')} />
        </div>
      )}
    </Panel>
  )
}

/** The ratings of all resolutions, newest first. */
export function RatingsCard({ ticket }: { ticket: AdminTicketDetail }) {
  const t = useT()
  if (ticket.ratings.length === 0) return null
  return (
    <Panel title={t('ticket.ratings')}>
      {ticket.ratings.map((rating) => (
        <div key={rating.resolution} className={classes.rating}>
          <Group gap="xs" justify="space-between">
            <Stars score={rating.score} />
            <span className={classes.meta}>
              <RelativeTime time={rating.updated_at} />
            </span>
          </Group>
          {rating.comment && (
            <Text size="sm" mt={6}>
              {rating.comment}
            </Text>
          )}
          {rating.reasons.length > 0 && (
            <div className={classes.meta}>
              {rating.reasons.map((reason) => reasonLabel(reason)).join(', ')}
            </div>
          )}
          {ticket.ratings.length > 1 && (
            <div className={classes.meta}>{t('ticket.resolution', { number: rating.resolution })}</div>
          )}
        </div>
      ))}
    </Panel>
  )
}

/** The ticket this one follows up, and those that follow it. */
export function LinksCard({ ticket }: { ticket: AdminTicketDetail }) {
  const t = useT()
  const { follow_up_of: before, follow_ups: after } = ticket
  if (!before && after.length === 0) return null
  return (
    <Panel title={t('ticket.links')}>
      <dl className={classes.dates}>
        {before && (
          <>
            <dt>{t('ticket.follow_up_of')}</dt>
            <dd>
              <AppLink to={paths.ticket(before.number)}>{before.number}</AppLink>
            </dd>
          </>
        )}
        {after.length > 0 && (
          <>
            <dt>{t('ticket.follow_ups')}</dt>
            <dd>
              <Group gap="xs" justify="flex-end">
                {after.map((ref) => (
                  <AppLink key={ref.id} to={paths.ticket(ref.number)}>
                    {ref.number}
                  </AppLink>
                ))}
              </Group>
            </dd>
          </>
        )}
      </dl>
    </Panel>
  )
}

/** When what happened. */
export function DatesCard({ ticket }: { ticket: AdminTicketDetail }) {
  const t = useT()
  const dates = [
    [t('field.created'), ticket.created_at],
    [t('ticket.first_response'), ticket.first_response_at],
    [t('field.updated'), ticket.updated_at],
    [t('ticket.resolved_at'), ticket.resolved_at],
    [t('ticket.closed_at'), ticket.closed_at],
  ] as const
  return (
    <Panel title={t('ticket.dates')}>
      <dl className={classes.dates}>
        {dates.map(
          ([label, time]) =>
            time && (
              <div key={label} style={{ display: 'contents' }}>
                <dt>{label}</dt>
                <dd>
                  <ExactTime time={time} />
                </dd>
              </div>
            ),
        )}
      </dl>
    </Panel>
  )
}
