import { Stack, Textarea, TextInput } from '@mantine/core'
import { useT } from '../../i18n/services.ts'
import { CategoryInput } from '../../parts/CategoryInput.tsx'
import { MarkdownEditor } from '../../parts/MarkdownEditor.tsx'
import { IconPicker } from './IconPicker.tsx'
import type { ServiceValues } from './values.ts'

interface ServiceContentFieldsProps {
  values: ServiceValues
  errors: Record<string, string>
  onChange: (changes: Partial<ServiceValues>) => void
}

/** What customers read about a service. */
export function ServiceContentFields({ values, errors, onChange }: ServiceContentFieldsProps) {
  const t = useT()
  return (
    <Stack>
      <TextInput
        label={t('field.name')}
        withAsterisk
        maxLength={120}
        value={values.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={errors['name']}
      />
      <Textarea
        label={t('service.summary')}
        description={t('service.summary_help')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={240}
        value={values.summary}
        onChange={(event) => onChange({ summary: event.currentTarget.value.replaceAll('\n', ' ') })}
        error={errors['summary']}
      />
      <CategoryInput
        kind="service"
        value={values.category}
        error={errors['category']}
        onChange={(category) => onChange({ category })}
      />
      <IconPicker value={values.icon} onChange={(icon) => onChange({ icon })} />
      <MarkdownEditor
        label={t('field.description')}
        value={values.description}
        onChange={(description) => onChange({ description })}
        error={errors['description']}
        maxLength={20_000}
        rows={12}
      />
    </Stack>
  )
}
