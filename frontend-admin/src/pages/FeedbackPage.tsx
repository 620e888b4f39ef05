import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function FeedbackPage() {
  const t = useT()
  return <Page title={t('feedback.title')}>{null}</Page>
}
