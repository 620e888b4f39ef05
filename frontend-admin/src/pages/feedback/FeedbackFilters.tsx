import { Button, TextInput } from '@mantine/core'
import { X } from 'lucide-react'
import { useSharedT } from 'frontend-shared/i18n'
import { useT } from '../../i18n/index.ts'
import { FilterMenu } from '../../parts/FilterMenu.tsx'
import { CustomerPicker, ServicePicker, StaffPicker } from '../../parts/pickers.tsx'
import type { FeedbackSearch } from '../../paths.ts'
import classes from '../../parts/filters.module.css'

const SCORES = ['5', '4', '3', '2', '1'] as const

interface FeedbackFiltersProps {
  search: FeedbackSearch
  onChange: (changes: Partial<FeedbackSearch>) => void
}

/** Which ratings are listed; kept in the address. */
export function FeedbackFilters({ search, onChange }: FeedbackFiltersProps) {
  const t = useT()
  const shared = useSharedT()
  const any = Object.values(search).some((value) => value !== undefined)
  return (
    <search className={classes.bar}>
      <FilterMenu
        label={t('field.score')}
        options={SCORES.map((value) => ({
          value,
          label: shared('stars.value', { score: value, word: shared(`stars.${value}`) }),
        }))}
        value={search.score}
        onChange={(score) => onChange({ score })}
      />
      <CustomerPicker
        className={classes.select ?? ''}
        aria-label={t('field.customer')}
        placeholder={t('feedback.any_customer')}
        value={search.customer}
        onChange={(customer) => onChange({ customer })}
      />
      <StaffPicker
        className={classes.select ?? ''}
        aria-label={t('field.assignee')}
        placeholder={t('tickets.any_assignee')}
        value={search.assignee}
        onChange={(assignee) => onChange({ assignee })}
      />
      <ServicePicker
        className={classes.select ?? ''}
        aria-label={t('field.service')}
        placeholder={t('feedback.any_service')}
        value={search.service}
        onChange={(service) => onChange({ service })}
      />
      <label className={classes.day}>
        {t('feedback.from')}
        <TextInput
          type="date"
          max={search.to}
          value={search.from ?? ''}
          onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
        />
      </label>
      <label className={classes.day}>
        {t('feedback.to')}
        <TextInput
          type="date"
          min={search.from}
          value={search.to ?? ''}
          onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
        />
      </label>
      {any && (
        <Button
          variant="subtle"
          leftSection={<X size={15} aria-hidden />}
          onClick={() =>
            onChange({
              score: undefined,
              customer: undefined,
              assignee: undefined,
              service: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          {t('common.clear_filters')}
        </Button>
      )}
    </search>
  )
}
