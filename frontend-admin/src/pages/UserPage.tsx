import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function UserPage() {
  const t = useT()
  return <Page title={t('user.title')}>{null}</Page>
}
