import { Select } from '@mantine/core'
import { useT } from '../../i18n/feedback.ts'
import { DayInputs } from '../../parts/DayInputs.tsx'
import type { FeedbackSearch } from '../../paths.ts'
import { PRESETS, type Preset, type ReportPeriod } from './period.ts'
import filters from '../../parts/filters.module.css'

interface PeriodBarProps {
  search: FeedbackSearch
  period: ReportPeriod
  onChange: (changes: Partial<FeedbackSearch>) => void
}

/** Which time the figures and lists speak of; kept in the address. */
export function PeriodBar({ search, period, onChange }: PeriodBarProps) {
  const t = useT()
  const choose = (next: string | null) => {
    if (next === 'own') onChange({ period: undefined, from: period.first, to: period.last })
    else onChange({ period: (next as Preset | null) ?? undefined, from: undefined, to: undefined })
  }
  return (
    <div className={filters.bar} role="group" aria-label={t('feedback.period')}>
      <Select
        className={filters.select ?? ''}
        aria-label={t('feedback.period')}
        allowDeselect={false}
        data={[...PRESETS, 'own' as const].map((value) => ({ value, label: t(`feedback.period_${value}`) }))}
        value={period.preset}
        onChange={choose}
      />
      {period.preset === 'own' && <DayInputs from={search.from} to={search.to} onChange={onChange} />}
    </div>
  )
}
