import type { CategoryCount } from 'frontend-shared/api'
import { useT } from '../i18n/index.ts'
import { FilterChips, type Choice } from './FilterChips.tsx'

interface CategoryFilterProps {
  label: string
  /** Undefined while they are on their way. */
  categories: CategoryCount[] | undefined
  chosen: string | undefined
  onChange: (category: string | undefined) => void
}

/** One category of a catalog at a time, each with how much it holds. */
export function CategoryFilter({ label, categories, chosen, onChange }: CategoryFilterProps) {
  const t = useT()
  const choices: Choice<string>[] = (categories ?? []).map(({ category, icon, count }) => ({
    value: category,
    label: category,
    icon,
    count,
  }))
  // The chosen one stays in sight, even when nothing in it fits the search.
  if (chosen && !choices.some(({ value }) => value === chosen)) {
    choices.push({ value: chosen, label: chosen, count: 0 })
  }
  // "All" of nothing is no choice.
  if (choices.length === 0) return null
  return (
    <FilterChips
      label={label}
      all={t('common.all')}
      choices={choices}
      chosen={chosen ? [chosen] : []}
      onChange={([category]) => onChange(category)}
      single
    />
  )
}
