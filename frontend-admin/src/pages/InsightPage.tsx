import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Plus, UserRound } from 'lucide-react'
import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Page } from 'frontend-shared/ui'
import { insightQuery, type InsightDetail } from '../api/insights.ts'
import { useT } from '../i18n/insights.ts'
import { paths } from '../paths.ts'
import { Activity } from './insights/Activity.tsx'
import { CustomerRatings } from './insights/CustomerRatings.tsx'
import { FigureTiles } from './insights/FigureTiles.tsx'
import { OrderedServices } from './insights/OrderedServices.tsx'
import { Shortlist } from './home/Shortlist.tsx'
import classes from './insights/insights.module.css'

/** How one customer fares, and what happened around them. */
export function InsightPage() {
  const t = useT()
  const { customer: id } = useParams({ from: '/frame/customers/$customer' })
  const query = useQuery(insightQuery(id))
  const back = { to: paths.insights(), label: t('insights.title') }
  if (query.isPending || (query.isError && !query.data)) {
    return (
      <Page title={t('insight.title')} back={back}>
        {query.isPending ? (
          <LoadingState shape="page" />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Page>
    )
  }
  return <Customer key={id} insight={query.data} back={back} />
}

function Customer({ insight, back }: { insight: InsightDetail; back: { to: string; label: string } }) {
  const t = useT()
  const formats = useFormats()
  const { customer } = insight
  return (
    <Page
      title={customer.name}
      back={back}
      width="wide"
      intro={
        <>
          <Anchor href={`mailto:${customer.email}`}>{customer.email}</Anchor>
          {customer.organization && (
            <>
              {' · '}
              <Anchor component={AppLink} to={paths.insights({ organization: customer.organization.id })}>
                {customer.organization.name}
              </Anchor>
            </>
          )}
        </>
      }
      actions={
        <>
          <Button
            component={AppLink}
            to={paths.user(customer.id)}
            variant="default"
            leftSection={<UserRound size={16} aria-hidden />}
          >
            {t('insight.account')}
          </Button>
          <Button
            component={AppLink}
            to={paths.newTicket({ requester: customer.id })}
            leftSection={<Plus size={16} aria-hidden />}
          >
            {t('tickets.new')}
          </Button>
        </>
      }
    >
      <div className={classes.page}>
        <FigureTiles insight={insight} />
        <div className={classes.columns}>
          <div className={classes.column}>
            <Shortlist
              title={t('insight.tickets')}
              search={{ requester: customer.id }}
              empty={t('insight.no_tickets')}
            />
            <OrderedServices customer={customer.id} services={insight.services} />
            <CustomerRatings customer={customer.id} />
          </div>
          <Activity customer={customer.id} />
        </div>
      </div>
      <p className={classes.explained}>
        {t('insights.as_of', { time: formats.dateTime(insight.as_of) })} {t('insights.explained')}
      </p>
    </Page>
  )
}
