import type { AdminArticle, ArticleContent } from 'frontend-shared/api'
import type { SharedTranslate } from 'frontend-shared/i18n'

/** What an author writes. */
export type ArticleValues = Omit<ArticleContent, 'body_html'>

export const EMPTY_ARTICLE: ArticleValues = {
  title: '',
  slug: '',
  summary: '',
  body: '',
  category: '',
  tags: [],
  visibility: 'customers',
}

export const valuesOf = (article: AdminArticle): ArticleValues => ({
  title: article.title,
  slug: article.slug,
  summary: article.summary,
  body: article.body,
  category: article.category,
  tags: article.tags,
  visibility: article.visibility,
})

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** What keeps an article from being saved, by field. An empty slug is made from the title. */
export function checkArticle(values: ArticleValues, t: SharedTranslate): Record<string, string> {
  const errors: Record<string, string> = {}
  if (values.title.trim().length < 3) errors['title'] = t('field.too_short_by', { count: 3 })
  if (values.category.trim() === '') errors['category'] = t('field.required')
  if (values.slug !== '' && !SLUG.test(values.slug)) errors['slug'] = t('field.bad_format')
  return errors
}
