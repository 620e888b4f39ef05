import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function RatingPage() {
  const t = useT()
  return <Page title={t('rating.title')}>{null}</Page>
}
