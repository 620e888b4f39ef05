import { ActionIcon, Button, Text, TextInput } from '@mantine/core'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import type { FieldOption } from 'frontend-shared/api'
import { useT } from '../../i18n/services.ts'
import { MAX_OPTIONS } from './edit.ts'
import classes from './FormBuilder.module.css'

interface OptionsEditorProps {
  options: FieldOption[]
  errors: Record<string, string>
  onChange: (options: FieldOption[]) => void
}

/** A value for a new choice, unlike those taken; labels may change, values stay. */
function newValue(options: FieldOption[]): string {
  const taken = new Set(options.map((option) => option.value))
  let number = options.length + 1
  while (taken.has(`choice_${number}`)) number += 1
  return `choice_${number}`
}

/** The choices of a field, in order. */
export function OptionsEditor({ options, errors, onChange }: OptionsEditorProps) {
  const t = useT()
  const change = (at: number, part: Partial<FieldOption>) =>
    onChange(options.map((option, index) => (index === at ? { ...option, ...part } : option)))
  const swap = (at: number, by: 1 | -1) => {
    const next = [...options]
    const [option] = next.splice(at, 1)
    if (option) next.splice(at + by, 0, option)
    onChange(next)
  }
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('form.options')}</legend>
      {options.map((option, index) => (
        // By place: the value is typed here, so it cannot name the row.
        // oxlint-disable-next-line react/no-array-index-key
        <div className={classes.row} key={index}>
          <TextInput
            aria-label={t('form.option_label', { number: index + 1 })}
            placeholder={t('form.option_label_short')}
            maxLength={200}
            value={option.label}
            onChange={(event) => change(index, { label: event.currentTarget.value })}
            error={errors[`options.${index}.label`]}
          />
          <TextInput
            aria-label={t('form.option_value', { number: index + 1 })}
            placeholder={t('form.option_value_short')}
            maxLength={80}
            value={option.value}
            onChange={(event) => change(index, { value: event.currentTarget.value })}
            error={errors[`options.${index}.value`]}
          />
          <ActionIcon
            size="lg"
            aria-label={t('form.option_up', { number: index + 1 })}
            disabled={index === 0}
            onClick={() => swap(index, -1)}
          >
            <ArrowUp size={15} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size="lg"
            aria-label={t('form.option_down', { number: index + 1 })}
            disabled={index === options.length - 1}
            onClick={() => swap(index, 1)}
          >
            <ArrowDown size={15} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size="lg"
            aria-label={t('form.option_remove', { number: index + 1 })}
            onClick={() => onChange(options.filter((_, at) => at !== index))}
          >
            <X size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {errors['options'] && (
        <Text size="xs" c="error" mb="xs">
          {errors['options']}
        </Text>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={options.length >= MAX_OPTIONS}
        onClick={() => onChange([...options, { value: newValue(options), label: '' }])}
      >
        {t('form.add_option')}
      </Button>
    </fieldset>
  )
}
