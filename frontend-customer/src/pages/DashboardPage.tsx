import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function DashboardPage() {
  const t = useT()
  return <Page title={t('dashboard.title')}>{null}</Page>
}
