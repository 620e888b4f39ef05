import { Button } from '@mantine/core'
import { X } from 'lucide-react'
import { useT } from '../i18n/index.ts'

interface ClearFiltersProps<Search extends object> {
  search: Search
  /** All filters of the list, each without a value. */
  none: { [Name in keyof Search]?: undefined }
  onChange: (changes: Partial<Search>) => void
}

/** Whether any of these filters is set. */
export function isFiltered<Search extends object>(search: Search, none: object): boolean {
  return Object.keys(none).some((name) => search[name as keyof Search] !== undefined)
}

/** Takes away all filters of a list; there while any is set. */
export function ClearFilters<Search extends object>({ search, none, onChange }: ClearFiltersProps<Search>) {
  const t = useT()
  if (!isFiltered(search, none)) return null
  return (
    <Button
      variant="subtle"
      leftSection={<X size={15} aria-hidden />}
      // Undefined for some of the names is a change of some of the search.
      onClick={() => onChange(none as Partial<Search>)}
    >
      {t('common.clear_filters')}
    </Button>
  )
}
