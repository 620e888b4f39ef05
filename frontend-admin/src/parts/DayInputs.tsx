import { TextInput } from '@mantine/core'
import { useT } from '../i18n/index.ts'
import classes from './filters.module.css'

interface Days {
  from?: string | undefined
  to?: string | undefined
}

interface DayInputsProps extends Days {
  onChange: (changes: Days) => void
}

/** From which day to which, both included; either may be left open. */
export function DayInputs({ from, to, onChange }: DayInputsProps) {
  const t = useT()
  return (
    <>
      <label className={classes.day}>
        {t('days.from')}
        <TextInput
          type="date"
          max={to}
          value={from ?? ''}
          onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
        />
      </label>
      <label className={classes.day}>
        {t('days.to')}
        <TextInput
          type="date"
          min={from}
          value={to ?? ''}
          onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
        />
      </label>
    </>
  )
}
