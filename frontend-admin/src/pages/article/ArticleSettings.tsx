import { Radio, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf, type ArticleVisibility } from 'frontend-shared/api'
import { articlesQuery } from '../../api/articles.ts'
import { useT } from '../../i18n/articles.ts'
import { CategoryInput } from '../../parts/CategoryInput.tsx'
import { asKnown, knownTags } from './tags.ts'
import type { ArticleValues } from './values.ts'
import classes from './article.module.css'

const VISIBILITIES: ArticleVisibility[] = ['public', 'customers']

interface ArticleSettingsProps {
  values: ArticleValues
  errors: Record<string, string>
  onChange: (changes: Partial<ArticleValues>) => void
}

/** Everything about an article but its text. */
export function ArticleSettings({ values, errors, onChange }: ArticleSettingsProps) {
  const t = useT()
  // The tags of the articles last touched: those that are in use.
  const { data } = useInfiniteQuery(articlesQuery({}, 100))
  const tags = knownTags(rowsOf(data))
  return (
    <div className={classes.settings}>
      <TextInput
        className={classes.wide ?? ''}
        label={t('field.title')}
        withAsterisk
        maxLength={200}
        value={values.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
        error={errors['title']}
      />
      <Textarea
        className={classes.wide ?? ''}
        label={t('article.summary')}
        description={t('article.summary_help')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={300}
        value={values.summary}
        onChange={(event) => onChange({ summary: event.currentTarget.value.replaceAll('\n', ' ') })}
        error={errors['summary']}
      />
      <TextInput
        label={t('article.slug')}
        description={t('article.slug_help')}
        maxLength={100}
        value={values.slug}
        onChange={(event) =>
          onChange({ slug: event.currentTarget.value.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-') })
        }
        error={errors['slug']}
      />
      <CategoryInput
        kind="article"
        value={values.category}
        error={errors['category']}
        onChange={(category) => onChange({ category })}
      />
      <TagsInput
        label={t('article.tags')}
        description={t('article.tags_help')}
        maxTags={10}
        data={tags}
        value={values.tags}
        onChange={(next) => onChange({ tags: asKnown(next, tags) })}
        error={errors['tags']}
      />
      <Radio.Group
        label={t('field.visibility')}
        value={values.visibility}
        onChange={(value) => onChange({ visibility: value === 'public' ? 'public' : 'customers' })}
        error={errors['visibility']}
      >
        <Stack gap={6} mt={6}>
          {VISIBILITIES.map((value) => (
            <Radio key={value} value={value} label={t(`visibility.${value}_detail`)} />
          ))}
        </Stack>
      </Radio.Group>
    </div>
  )
}
