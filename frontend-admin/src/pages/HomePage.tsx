import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function HomePage() {
  const t = useT()
  return <Page title={t('home.title')}>{null}</Page>
}
