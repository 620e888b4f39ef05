import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function ServicePage() {
  const t = useT()
  return <Page title={t('service.title')}>{null}</Page>
}
