import { Select, TextInput } from '@mantine/core'
import { DecimalInput } from 'frontend-shared/forms'
import type { Condition, FormField } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useT } from '../../i18n/services.ts'
import { hasOptions } from './edit.ts'

interface ConditionValueProps {
  /** The field that the condition looks at. */
  of: FormField
  condition: Condition
  error: string | undefined
  onChange: (condition: Condition) => void
}

/** What an answer is compared with, in the form that the field's kind asks for. */
export function ConditionValue({ of, condition, error, onChange }: ConditionValueProps) {
  const t = useT()
  const shared = useSharedT()
  const { value } = condition
  const common = { 'aria-label': t('form.condition_value'), error }
  const set = (next: Condition['value']) => {
    const { value: _, ...rest } = condition
    onChange(next === undefined ? rest : { ...rest, value: next })
  }

  if (of.kind === 'number') {
    return (
      <DecimalInput
        {...common}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => set(next ?? undefined)}
      />
    )
  }
  if (of.kind === 'yes_no') {
    return (
      <Select
        {...common}
        allowDeselect={false}
        placeholder={shared('common.choose')}
        data={[
          { value: 'true', label: shared('common.yes') },
          { value: 'false', label: shared('common.no') },
        ]}
        value={typeof value === 'boolean' ? String(value) : null}
        onChange={(next) => set(next === 'true')}
      />
    )
  }
  if (hasOptions(of.kind)) {
    return (
      <Select
        {...common}
        allowDeselect={false}
        placeholder={shared('common.choose')}
        data={(of.options ?? []).filter((option) => option.value !== '' && option.label !== '')}
        value={typeof value === 'string' ? value : null}
        onChange={(next) => set(next ?? undefined)}
      />
    )
  }
  return (
    <TextInput
      {...common}
      type={of.kind === 'date' ? 'date' : 'text'}
      maxLength={500}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => set(event.currentTarget.value || undefined)}
    />
  )
}
