import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function TicketsPage() {
  const t = useT()
  return <Page title={t('tickets.title')}>{null}</Page>
}
