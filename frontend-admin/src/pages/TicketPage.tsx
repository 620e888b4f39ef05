import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function TicketPage() {
  const t = useT()
  return <Page title={t('ticket.title')}>{null}</Page>
}
