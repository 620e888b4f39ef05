import { ArticleEditor } from './article/ArticleEditor.tsx'

export function NewArticlePage() {
  return <ArticleEditor article={null} />
}
