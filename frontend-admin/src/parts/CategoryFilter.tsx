import { Select } from '@mantine/core'
import type { CategoryCount } from 'frontend-shared/api'
import { useT } from '../i18n/index.ts'
import classes from './filters.module.css'

interface CategoryFilterProps {
  categories: CategoryCount[]
  value: string | undefined
  onChange: (category: string | undefined) => void
}

/** One category of a catalog, with how many items each holds. */
export function CategoryFilter({ categories, value, onChange }: CategoryFilterProps) {
  const t = useT()
  const data = categories.map((item) => ({ value: item.category, label: `${item.category} (${item.count})` }))
  if (value !== undefined && !categories.some((item) => item.category === value)) {
    data.unshift({ value, label: value })
  }
  return (
    <Select
      className={classes.select ?? ''}
      aria-label={t('field.category')}
      placeholder={t('pick.any_category')}
      clearable
      searchable
      clearButtonProps={{ 'aria-label': t('pick.clear') }}
      nothingFoundMessage={t('pick.nothing')}
      data={data}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}
