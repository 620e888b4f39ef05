import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function ServicesPage() {
  const t = useT()
  return <Page title={t('services.title')}>{null}</Page>
}
