import { Select } from '@mantine/core'
import { useSharedT } from 'frontend-shared/i18n'
import { useT } from '../../i18n/feedback.ts'
import { ClearFilters } from '../../parts/ClearFilters.tsx'
import { FilterMenu } from '../../parts/FilterMenu.tsx'
import { CustomerPicker, ServicePicker, StaffPicker } from '../../parts/pickers.tsx'
import { reasonLabel, REASONS } from '../../parts/reasons.ts'
import type { FeedbackSearch } from '../../paths.ts'
import classes from '../../parts/filters.module.css'

const SCORES = ['5', '4', '3', '2', '1'] as const

interface FiltersProps {
  search: FeedbackSearch
  onChange: (changes: Partial<FeedbackSearch>) => void
}

export const NO_FILTER = {
  customer: undefined,
  score: undefined,
  assignee: undefined,
  service: undefined,
  reason: undefined,
  seen: undefined,
  rated: undefined,
  reopened: undefined,
} as const satisfies FeedbackSearch

/** Which ratings are listed; kept in the address. */
export function RatingFilters({ search, onChange }: FiltersProps) {
  const t = useT()
  const shared = useSharedT()
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
      <People search={search} onChange={onChange} />
      <Select
        className={classes.select ?? ''}
        aria-label={t('feedback.reason')}
        placeholder={t('feedback.any_reason')}
        clearable
        clearButtonProps={{ 'aria-label': t('pick.clear') }}
        data={REASONS.map((value) => ({ value, label: reasonLabel(value) }))}
        value={search.reason ?? null}
        onChange={(next) => onChange({ reason: REASONS.find((reason) => reason === next) })}
      />
      <YesNo label="seen" value={search.seen} onChange={(seen) => onChange({ seen })} />
      <ClearFilters none={NO_FILTER} search={search} onChange={onChange} />
    </search>
  )
}

/** Which resolutions are listed; kept in the address. */
export function ResolutionFilters({ search, onChange }: FiltersProps) {
  return (
    <search className={classes.bar}>
      <People search={search} onChange={onChange} />
      <YesNo label="rated" value={search.rated} onChange={(rated) => onChange({ rated })} />
      <YesNo label="reopened" value={search.reopened} onChange={(reopened) => onChange({ reopened })} />
      <ClearFilters none={NO_FILTER} search={search} onChange={onChange} />
    </search>
  )
}

function People({ search, onChange }: FiltersProps) {
  const t = useT()
  return (
    <>
      <StaffPicker
        className={classes.select ?? ''}
        aria-label={t('field.assignee')}
        placeholder={t('tickets.any_assignee')}
        before={[{ value: 'none', label: t('pick.nobody') }]}
        value={search.assignee}
        onChange={(assignee) => onChange({ assignee })}
      />
      <ServicePicker
        className={classes.select ?? ''}
        aria-label={t('field.service')}
        placeholder={t(search.service === 'none' ? 'feedback.no_order' : 'feedback.any_service')}
        value={search.service === 'none' ? undefined : search.service}
        onChange={(service) => onChange({ service })}
      />
    </>
  )
}

interface YesNoProps {
  label: 'seen' | 'rated' | 'reopened'
  value: 'true' | 'false' | undefined
  onChange: (value: 'true' | 'false' | undefined) => void
}

function YesNo({ label, value, onChange }: YesNoProps) {
  const t = useT()
  return (
    <Select
      className={classes.select ?? ''}
      aria-label={t(`feedback.filter_${label}`)}
      placeholder={t(`feedback.filter_${label}`)}
      clearable
      clearButtonProps={{ 'aria-label': t('pick.clear') }}
      data={[
        { value: 'true', label: t(`feedback.${label}_yes`) },
        { value: 'false', label: t(`feedback.${label}_no`) },
      ]}
      value={value ?? null}
      onChange={(next) => onChange(next === 'true' || next === 'false' ? next : undefined)}
    />
  )
}
