import { Alert, Button, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import {
  hasCode,
  unwrap,
  useApiMutation,
  type CustomerServiceDetail,
  type FormValues,
} from 'frontend-shared/api'
import {
  answersOf,
  checkForm,
  DynamicForm,
  formFieldErrors,
  initialValues,
  useFormDraft,
} from 'frontend-shared/forms'
import { useSharedT } from 'frontend-shared/i18n'
import { useGo } from 'frontend-shared/routing'
import { useState, type FormEvent } from 'react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/index.ts'
import { DraftNotice } from '../../parts/DraftNotice.tsx'
import { useFocusInvalid } from '../../parts/useFocusInvalid.ts'
import { paths } from '../../paths.ts'
import { api } from '../../portal.ts'
import classes from './ServiceView.module.css'

const NOTE_MAX = 5000

interface Draft {
  values: FormValues
  note: string
}

interface Order {
  service_version: number
  form: ReturnType<typeof answersOf>
  note?: string
}

interface OrderFormProps {
  service: CustomerServiceDetail
  /** The service was retired: what is typed stays readable, nothing can be sent. */
  disabled: boolean
}

/** Orders a service: the fields of its version, and a note. */
export function OrderForm({ service, disabled }: OrderFormProps) {
  const t = useT()
  const words = useSharedT()
  const go = useGo()
  const client = useQueryClient()
  const { form } = service
  const draft = useFormDraft<Draft>(`order:${service.id}`, { values: {}, note: '' })
  const values = { ...initialValues(form), ...draft.values.values }
  const { note } = draft.values
  const [errors, setErrors] = useState<Record<string, string>>({})
  const element = useFocusInvalid(errors)
  const [checked, setChecked] = useState<FormValues>({})
  // What was wrong with an answer is no longer true of another one.
  const fieldErrors = Object.fromEntries(
    Object.entries(formFieldErrors(errors)).filter(([field]) => values[field] === checked[field]),
  )
  const others = Object.keys(errors).filter((path) => !path.startsWith('form.')).length
  const errorCount = Object.keys(fieldErrors).length + others

  const order = useApiMutation({
    run: (body: Order, once) =>
      unwrap(
        api.POST('/api/customer/services/{id}/requests', {
          params: { path: { id: service.id }, header: once },
          body,
        }),
      ),
    call: () => draft.call,
    made: ({ number }) => ({ name: number, to: paths.ticket(number) }),
    invalidates: () => [keys.ticketLists()],
    notice: t('service.ordered'),
    form: { setErrors },
    onDone: async (ticket) => {
      draft.clear()
      await go(paths.ticket(ticket.number))
    },
    onFailed: (error) => {
      // Retired in the last moment: the page learns it and says so.
      if (hasCode(error, 'not_found')) void client.invalidateQueries({ queryKey: keys.service(service.id) })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = Object.fromEntries(
      Object.entries(checkForm(form, values, words)).map(([field, error]) => [`form.${field}`, error]),
    )
    if (Array.from(note).length > NOTE_MAX) found['note'] = t('service.note_too_long')
    setChecked(values)
    setErrors(found)
    if (Object.keys(found).length > 0) return
    order.mutate({
      service_version: service.service_version,
      form: answersOf(form, values),
      ...(note.trim() ? { note: note.trim() } : {}),
    })
  }

  return (
    <form ref={element} className={classes.form} onSubmit={submit} noValidate>
      <DraftNotice shown={draft.restored} onDiscard={draft.clear} />
      {form.fields.length > 0 ? (
        <DynamicForm
          form={form}
          values={values}
          errors={fieldErrors}
          disabled={disabled}
          onChange={(next) => draft.setValues({ values: next, note })}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('service.no_form')}
        </Text>
      )}
      <Textarea
        label={t('service.note')}
        description={t('service.note_help')}
        autosize
        minRows={3}
        maxRows={12}
        disabled={disabled}
        value={note}
        error={errors['note']}
        onChange={(event) =>
          draft.setValues({ values: draft.values.values, note: event.currentTarget.value })
        }
      />
      {errorCount > 0 && (
        <Alert color="red" role="alert">
          {errors['form'] ?? t('service.errors', { count: errorCount })}
        </Alert>
      )}
      <Button type="submit" size="md" loading={order.isPending} disabled={disabled}>
        {t('service.submit')}
      </Button>
    </form>
  )
}
