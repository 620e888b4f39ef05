import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function NewArticlePage() {
  const t = useT()
  return <Page title={t('new_article.title')}>{null}</Page>
}
