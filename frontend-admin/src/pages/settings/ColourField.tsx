import { Button, Group, TextInput } from '@mantine/core'
import { contrast, fillOf } from 'frontend-shared/theme'
import { useId } from 'react'
import { useT } from '../../i18n/settings.ts'
import { wholeColour } from './values.ts'
import classes from './settings.module.css'

/** What the browser's chooser begins with where no colour is chosen. */
const START = '#3d59b3'

interface ColourFieldProps {
  value: string | null
  onChange: (colour: string | null) => void
  error: string | undefined
}

/** A colour, chosen or typed, with what it means for the text on it. */
export function ColourField({ value, onChange, error }: ColourFieldProps) {
  const t = useT()
  const help = useId()
  const whole = wholeColour(value)
  const fill = whole === null ? null : fillOf(whole)
  return (
    <div>
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('settings.colour')}
          placeholder={t('settings.colour_default')}
          aria-describedby={help}
          maxLength={7}
          w="12rem"
          value={value ?? ''}
          onChange={(event) => onChange(event.currentTarget.value.trim() || null)}
          error={error !== undefined}
          leftSection={
            <input
              type="color"
              className={classes.swatch}
              aria-label={t('settings.colour_choose')}
              value={whole ?? START}
              onChange={(event) => onChange(event.currentTarget.value)}
            />
          }
        />
        {value !== null && (
          <Button variant="default" onClick={() => onChange(null)}>
            {t('settings.colour_reset')}
          </Button>
        )}
      </Group>
      <p id={help} className={classes.help} data-bad={error !== undefined} role="status">
        {error ??
          (fill === null
            ? t('settings.colour_help')
            : t(fill.text === '#ffffff' ? 'settings.colour_white' : 'settings.colour_dark', {
                contrast: (Math.floor(contrast(fill.text, fill.ground) * 10) / 10).toFixed(1),
              }) + (fill.ground === whole ? '' : ` ${t('settings.colour_moved')}`))}
      </p>
    </div>
  )
}
