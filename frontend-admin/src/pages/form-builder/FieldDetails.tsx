import { Switch, Text, Textarea, TextInput } from '@mantine/core'
import type { Form, FormField } from 'frontend-shared/api'
import { DecimalInput, carriesValue } from 'frontend-shared/forms'
import { useT } from '../../i18n/services.ts'
import { ConditionEditor } from './ConditionEditor.tsx'
import { DefaultInput } from './DefaultInput.tsx'
import { boundsOf, hasOptions } from './edit.ts'
import { OptionsEditor } from './OptionsEditor.tsx'
import classes from './FormBuilder.module.css'

interface FieldDetailsProps {
  form: Form
  field: FormField
  /** By the field's own paths: `label`, `options.0.label`. */
  errors: Record<string, string>
  onChange: (field: FormField) => void
}

type Optional = 'help' | 'min' | 'max' | 'pattern' | 'default'

/** Everything about one field. What is emptied is left out, not stored as nothing. */
export function FieldDetails({ form, field, errors, onChange }: FieldDetailsProps) {
  const t = useT()
  const bounds = boundsOf(field.kind)
  const asks = carriesValue(field.kind)

  const setOptional = (name: Optional, value: FormField[Optional]) => {
    const { [name]: _, ...rest } = field
    onChange(value === undefined || value === '' ? rest : { ...rest, [name]: value })
  }

  return (
    <>
      <TextInput
        label={t(asks ? 'form.label' : 'form.text')}
        withAsterisk
        maxLength={200}
        autoFocus={field.label === ''}
        value={field.label}
        onChange={(event) => onChange({ ...field, label: event.currentTarget.value })}
        error={errors['label']}
      />
      <Textarea
        label={t('form.help')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={1000}
        value={field.help ?? ''}
        onChange={(event) => setOptional('help', event.currentTarget.value)}
        error={errors['help']}
      />
      {asks && (
        <Switch
          label={t('form.required')}
          checked={field.required ?? false}
          onChange={(event) => onChange({ ...field, required: event.currentTarget.checked })}
        />
      )}
      {hasOptions(field.kind) && (
        <OptionsEditor
          options={field.options ?? []}
          errors={errors}
          onChange={(options) => onChange({ ...field, options })}
        />
      )}
      {bounds && (
        <div className={classes.pair}>
          {(['min', 'max'] as const).map((name) => (
            <DecimalInput
              key={name}
              label={t(`form.${name}_${bounds}`)}
              allowDecimal={bounds === 'value'}
              allowNegative={bounds === 'value'}
              value={field[name] ?? null}
              onChange={(value) => setOptional(name, value ?? undefined)}
              error={errors[name]}
            />
          ))}
        </div>
      )}
      {field.kind === 'short_text' && (
        <TextInput
          label={t('form.pattern')}
          description={t('form.pattern_help')}
          maxLength={200}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={field.pattern ?? ''}
          onChange={(event) => setOptional('pattern', event.currentTarget.value)}
          error={errors['pattern']}
        />
      )}
      {asks && (
        <DefaultInput
          field={field}
          error={errors['default']}
          onChange={(value) => setOptional('default', value)}
        />
      )}
      <ConditionEditor form={form} field={field} errors={errors} onChange={onChange} />
      <Text size="xs" c="dimmed">
        {t('form.id', { id: field.id })}
      </Text>
    </>
  )
}
