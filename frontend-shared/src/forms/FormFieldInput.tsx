import { Alert, Checkbox, Group, Radio, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import type { HTMLInputTypeAttribute } from 'react'
import type { FieldValue, FormField } from '../api/types.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { DecimalInput } from './DecimalInput.tsx'

/** With this many choices or fewer all are shown at once; more go into a list. */
const SHOWN_AT_ONCE = 5

const INPUT_TYPES: Partial<Record<FormField['kind'], HTMLInputTypeAttribute>> = {
  email: 'email',
  phone: 'tel',
  date: 'date',
}

interface FormFieldInputProps {
  field: FormField
  value: FieldValue | undefined
  error: string | undefined
  disabled: boolean
  onChange: (value: FieldValue | undefined) => void
}

/** The one input (or text) that a form field stands for. */
export function FormFieldInput({ field, value, error, disabled, onChange }: FormFieldInputProps) {
  const t = useSharedT()
  const common = {
    id: `field-${field.id}`,
    label: field.label,
    description: field.help,
    required: field.required ?? false,
    withAsterisk: field.required ?? false,
    error,
    disabled,
  }
  const text = typeof value === 'string' ? value : ''
  const list = Array.isArray(value) ? value : []
  const options = field.options ?? []

  switch (field.kind) {
    case 'section':
      return (
        <Stack gap={2} mt="sm">
          <Title order={3}>{field.label}</Title>
          {field.help && (
            <Text size="sm" c="dimmed">
              {field.help}
            </Text>
          )}
        </Stack>
      )
    case 'note':
      return (
        <Alert title={field.help ? field.label : undefined} color="blue">
          {field.help ?? field.label}
        </Alert>
      )
    case 'long_text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={4}
          maxRows={14}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'number':
      return (
        <DecimalInput
          {...common}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
          {...(typeof field.min === 'number' ? { min: field.min } : {})}
          {...(typeof field.max === 'number' ? { max: field.max } : {})}
          clampBehavior="none"
        />
      )
    case 'select':
      return options.length <= SHOWN_AT_ONCE ? (
        <Radio.Group {...common} value={text} onChange={onChange}>
          <Stack gap="xs" my="xs">
            {options.map((option) => (
              <Radio key={option.value} value={option.value} label={option.label} disabled={disabled} />
            ))}
          </Stack>
        </Radio.Group>
      ) : (
        <Select
          {...common}
          data={options}
          value={text || null}
          onChange={(next) => onChange(next ?? undefined)}
          placeholder={t('common.choose')}
          searchable
          clearable={!field.required}
        />
      )
    case 'multi_select':
      return (
        <Checkbox.Group {...common} value={list} onChange={onChange}>
          <Stack gap="xs" my="xs">
            {options.map((option) => (
              <Checkbox key={option.value} value={option.value} label={option.label} disabled={disabled} />
            ))}
          </Stack>
        </Checkbox.Group>
      )
    case 'yes_no':
      return (
        <Radio.Group
          {...common}
          value={value === undefined ? '' : String(value)}
          onChange={(next) => onChange(next === 'true')}
        >
          <Group gap="lg" my="xs">
            <Radio value="true" label={t('common.yes')} disabled={disabled} />
            <Radio value="false" label={t('common.no')} disabled={disabled} />
          </Group>
        </Radio.Group>
      )
    default:
      return (
        <TextInput
          {...common}
          type={INPUT_TYPES[field.kind] ?? 'text'}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}
