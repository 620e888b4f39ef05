import type { ServiceIconName } from 'frontend-shared/api'
import { ServiceGlyph } from 'frontend-shared/ui'
import classes from './FilterChips.module.css'

export interface Choice<T extends string> {
  value: T
  label: string
  count?: number
  icon?: ServiceIconName
}

interface FilterChipsProps<T extends string> {
  /** What is filtered, for screen readers. */
  label: string
  /** The chip that stands for no filter. */
  all: string
  choices: Choice<T>[]
  chosen: readonly T[]
  onChange: (chosen: T[]) => void
  /** Choosing one leaves the others. */
  single?: boolean
}

/** A filter with all its choices in sight, as buttons that stay pressed. */
export function FilterChips<T extends string>(props: FilterChipsProps<T>) {
  const { label, all, choices, chosen, onChange, single = false } = props
  const toggle = (value: T) => {
    if (chosen.includes(value)) onChange(chosen.filter((item) => item !== value))
    else onChange(single ? [value] : [...chosen, value])
  }
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={chosen.length === 0}
        onClick={() => onChange([])}
      >
        {all}
      </button>
      {choices.map(({ value, label: text, count, icon }) => (
        <button
          key={value}
          type="button"
          className={classes.chip}
          aria-pressed={chosen.includes(value)}
          onClick={() => toggle(value)}
        >
          {icon && <ServiceGlyph name={icon} size={15} />}
          {text}
          {count !== undefined && <span className={classes.count}>{count}</span>}
        </button>
      ))}
    </div>
  )
}
