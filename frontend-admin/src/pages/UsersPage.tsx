import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function UsersPage() {
  const t = useT()
  return <Page title={t('users.title')}>{null}</Page>
}
