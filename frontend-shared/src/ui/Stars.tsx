import { Star } from 'lucide-react'
import { useId } from 'react'
import type { Score } from '../api/types.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import classes from './Stars.module.css'

const SCORES = [1, 2, 3, 4, 5] as const

interface StarsInputProps {
  value: Score | null
  onChange: (score: Score) => void
  /** What is rated; "How satisfied are you?" when not given. */
  legend?: string
  error?: string
  disabled?: boolean
}

/** One to five stars as a radio group; each star has its word, and the chosen one shows it. */
export function StarsInput({ value, onChange, legend, error, disabled = false }: StarsInputProps) {
  const t = useSharedT()
  const id = useId()
  return (
    <fieldset
      className={classes.group}
      disabled={disabled}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend className={classes.legend}>{legend ?? t('stars.legend')}</legend>
      <div className={classes.row}>
        {SCORES.map((score) => (
          <label key={score} className={classes.choice} data-filled={value !== null && score <= value}>
            <input
              type="radio"
              name={id}
              value={score}
              checked={value === score}
              onChange={() => onChange(score)}
              aria-label={t('stars.value', { score, word: t(`stars.${score}`) })}
            />
            <Star size={30} strokeWidth={1.6} aria-hidden />
          </label>
        ))}
        <span className={classes.word} aria-hidden>
          {value === null ? '' : t(`stars.${value}`)}
        </span>
      </div>
      {error && (
        <p id={`${id}-error`} className={classes.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}

/** A given score, to read. */
export function Stars({ score, size = 16 }: { score: Score; size?: number }) {
  const t = useSharedT()
  return (
    <span
      className={classes.shown}
      role="img"
      aria-label={t('stars.value', { score, word: t(`stars.${score}`) })}
    >
      {SCORES.map((step) => (
        <Star key={step} size={size} strokeWidth={1.6} data-filled={step <= score} aria-hidden />
      ))}
    </span>
  )
}
