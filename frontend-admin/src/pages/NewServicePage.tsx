import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function NewServicePage() {
  const t = useT()
  return <Page title={t('new_service.title')}>{null}</Page>
}
