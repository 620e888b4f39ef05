import { Autocomplete } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CategoryKind } from 'frontend-shared/api'
import { categoriesQuery } from '../api/categories.ts'
import { useT } from '../i18n/index.ts'

interface CategoryInputProps {
  kind: CategoryKind
  value: string
  error: string | undefined
  onChange: (category: string) => void
}

/** The category of a service or article: one that there is, or a new one by its name. */
export function CategoryInput({ kind, value, error, onChange }: CategoryInputProps) {
  const t = useT()
  const { data } = useQuery(categoriesQuery(kind))
  const typed = value.trim()
  const isNew =
    data !== undefined &&
    typed !== '' &&
    !data.some(({ name }) => name.localeCompare(typed, undefined, { sensitivity: 'base' }) === 0)
  return (
    <Autocomplete
      label={t('field.category')}
      description={isNew ? t('content.category_new', { name: typed }) : t('content.category_help')}
      withAsterisk
      maxLength={60}
      limit={200}
      data={data?.map(({ name }) => name) ?? []}
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}
