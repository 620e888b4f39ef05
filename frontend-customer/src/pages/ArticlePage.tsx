import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function ArticlePage() {
  const t = useT()
  return <Page title={t('article.title')}>{null}</Page>
}
