import { Button, Group, Text } from '@mantine/core'
import type { Form, FormValues } from 'frontend-shared/api'
import { checkForm, DynamicForm, initialValues } from 'frontend-shared/forms'
import { useSharedT } from 'frontend-shared/i18n'
import { Panel } from 'frontend-shared/ui'
import { useState } from 'react'
import { useT } from '../../i18n/services.ts'

/** The form as customers will meet it; it can be filled in to try its rules. */
export function FormPreview({ form }: { form: Form }) {
  const t = useT()
  const shared = useSharedT()
  const [typed, setTyped] = useState<FormValues>({})
  const [checked, setChecked] = useState(false)
  const values = { ...initialValues(form), ...typed }
  const named = {
    fields: form.fields.map((field) => ({ ...field, label: field.label || t('form.unnamed') })),
  }

  return (
    <Panel title={t('form.preview')}>
      {form.fields.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('form.preview_empty')}
        </Text>
      ) : (
        <>
          <DynamicForm
            form={named}
            values={values}
            errors={checked ? checkForm(form, values, shared) : {}}
            onChange={setTyped}
          />
          <Group mt="md" gap="xs">
            <Button size="xs" variant="default" onClick={() => setChecked(true)}>
              {t('form.try')}
            </Button>
            <Button
              size="xs"
              variant="subtle"
              onClick={() => {
                setTyped({})
                setChecked(false)
              }}
            >
              {t('form.reset')}
            </Button>
          </Group>
        </>
      )}
    </Panel>
  )
}
