import classes from './RatingForm.module.css'

interface ReasonChipsProps {
  legend: string
  choices: { value: string; label: string }[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** Any number of reasons, as check boxes in the dress of chips. */
export function ReasonChips({ legend, choices, chosen, onChange }: ReasonChipsProps) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{legend}</legend>
      <div className={classes.chips}>
        {choices.map(({ value, label }) => (
          <label key={value} className={classes.chip}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked ? [...chosen, value] : chosen.filter((item) => item !== value),
                )
              }
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
