import { Select, TextInput } from '@mantine/core'
import { useT } from '../../i18n/feedback.ts'
import type { FeedbackSearch } from '../../paths.ts'
import { PRESETS, type Preset, type ReportPeriod } from './period.ts'
import filters from '../../parts/filters.module.css'

interface PeriodBarProps {
  period: ReportPeriod
  onChange: (changes: Partial<FeedbackSearch>) => void
}

/** Which time the figures and lists speak of; kept in the address. */
export function PeriodBar({ period, onChange }: PeriodBarProps) {
  const t = useT()
  const choose = (next: string | null) => {
    if (next === 'own') onChange({ period: undefined, from: period.first, to: period.last })
    else onChange({ period: (next as Preset | null) ?? undefined, from: undefined, to: undefined })
  }
  const days = period.preset === 'own'
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
      {days && (
        <>
          <label className={filters.day}>
            {t('feedback.from')}
            <TextInput
              type="date"
              max={period.last}
              value={period.first}
              onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
            />
          </label>
          <label className={filters.day}>
            {t('feedback.to')}
            <TextInput
              type="date"
              min={period.first}
              value={period.last}
              onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
            />
          </label>
        </>
      )}
    </div>
  )
}
