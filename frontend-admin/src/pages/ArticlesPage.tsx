import { Page } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'

export function ArticlesPage() {
  const t = useT()
  return <Page title={t('articles.title')}>{null}</Page>
}
