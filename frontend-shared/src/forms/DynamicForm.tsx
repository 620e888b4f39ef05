import { Stack } from '@mantine/core'
import type { FieldValue, Form, FormValues } from '../api/types.ts'
import { visibleFields } from './evaluate.ts'
import { FormFieldInput } from './FormFieldInput.tsx'

const NO_ERRORS: Record<string, string> = {}

interface DynamicFormProps {
  form: Form
  values: FormValues
  /** By field id: from `checkForm`, or the server's `fieldErrors` without "form." in front. */
  errors?: Record<string, string>
  onChange: (values: FormValues) => void
  disabled?: boolean
}

/**
 * The fields of a service's form, shown and hidden by its conditions. Controlled: the page
 * keeps `values` (in a draft) and sends `answersOf(form, values)`.
 */
export function DynamicForm({
  form,
  values,
  errors = NO_ERRORS,
  onChange,
  disabled = false,
}: DynamicFormProps) {
  const shown = visibleFields(form, values)
  const change = (id: string, value: FieldValue | undefined) => onChange({ ...values, [id]: value })

  return (
    <Stack gap="md">
      {form.fields
        .filter((field) => shown.has(field.id))
        .map((field) => (
          <FormFieldInput
            key={field.id}
            field={field}
            value={Object.hasOwn(values, field.id) ? values[field.id] : undefined}
            error={Object.hasOwn(errors, field.id) ? errors[field.id] : undefined}
            disabled={disabled}
            onChange={(value) => change(field.id, value)}
          />
        ))}
    </Stack>
  )
}

/** The server's errors of `/form/<field id>`, by field id, for `DynamicForm`. */
export function formFieldErrors(errors: Record<string, string>): Record<string, string> {
  const prefix = 'form.'
  return Object.fromEntries(
    Object.entries(errors)
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, message]) => [path.slice(prefix.length), message]),
  )
}
