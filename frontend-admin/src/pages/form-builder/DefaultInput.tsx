import { MultiSelect, Select, TextInput } from '@mantine/core'
import { DecimalInput } from 'frontend-shared/forms'
import type { FieldValue, FormField } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useT } from '../../i18n/services.ts'

interface DefaultInputProps {
  field: FormField
  error: string | undefined
  onChange: (value: FieldValue | undefined) => void
}

/** What the customer's form starts with. */
export function DefaultInput({ field, error, onChange }: DefaultInputProps) {
  const t = useT()
  const shared = useSharedT()
  const value = field.default
  const common = { label: t('form.default'), error }
  const options = (field.options ?? []).filter((option) => option.value !== '' && option.label !== '')

  switch (field.kind) {
    case 'number':
      return (
        <DecimalInput
          {...common}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )
    case 'yes_no':
      return (
        <Select
          {...common}
          clearable
          clearButtonProps={{ 'aria-label': t('pick.clear') }}
          placeholder={t('form.no_default')}
          data={[
            { value: 'true', label: shared('common.yes') },
            { value: 'false', label: shared('common.no') },
          ]}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(next) => onChange(next === null ? undefined : next === 'true')}
        />
      )
    case 'select':
      return (
        <Select
          {...common}
          clearable
          clearButtonProps={{ 'aria-label': t('pick.clear') }}
          placeholder={t('form.no_default')}
          data={options}
          value={typeof value === 'string' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )
    case 'multi_select':
      return (
        <MultiSelect
          {...common}
          clearable
          clearButtonProps={{ 'aria-label': t('pick.clear') }}
          data={options}
          value={Array.isArray(value) ? value : []}
          onChange={(next) => onChange(next.length > 0 ? next : undefined)}
        />
      )
    default:
      return (
        <TextInput
          {...common}
          type={field.kind === 'date' ? 'date' : 'text'}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      )
  }
}
