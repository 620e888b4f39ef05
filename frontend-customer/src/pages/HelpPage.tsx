import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function HelpPage() {
  const t = useT()
  return <Page title={t('help.title')}>{null}</Page>
}
