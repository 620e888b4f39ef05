import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function NewTicketPage() {
  const t = useT()
  return <Page title={t('new_ticket.title')}>{null}</Page>
}
