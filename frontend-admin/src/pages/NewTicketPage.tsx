import { Alert, Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import {
  errorText,
  fieldErrors,
  unwrap,
  useApiMutation,
  type AdminTicketDetail,
  type Priority,
  type TicketCategory,
} from 'frontend-shared/api'
import { useFormDraft } from 'frontend-shared/forms'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink, useGo, useUrlSearch } from 'frontend-shared/routing'
import { categoryLabel, Page, Panel, priorityLabel } from 'frontend-shared/ui'
import { useState, type FormEvent } from 'react'
import { keys } from '../api/keys.ts'
import { useT } from '../i18n/tickets.ts'
import { CustomerPicker, StaffPicker } from '../parts/pickers.tsx'
import { DraftNotice } from '../parts/DraftNotice.tsx'
import { paths, type NewTicketSearch } from '../paths.ts'
import { api } from '../portal.ts'

const PRIORITIES: Priority[] = ['low', 'normal', 'high', 'urgent']
/** An order is made in the catalog, by its customer. */
type OpenCategory = Exclude<TicketCategory, 'service_request'>

const CATEGORIES: OpenCategory[] = ['customer_request', 'incident', 'question']

interface NewTicket {
  requester_id: string | undefined
  subject: string
  description: string
  priority: Priority
  category: OpenCategory
  assignee_id: string | undefined
}

/** A ticket on behalf of a customer: a call taken, a mail passed on. */
export function NewTicketPage() {
  const t = useT()
  const shared = useSharedT()
  const go = useGo()
  const [{ requester }] = useUrlSearch<NewTicketSearch>()
  const draft = useFormDraft<NewTicket>('new-ticket', {
    requester_id: undefined,
    subject: '',
    description: '',
    priority: 'normal',
    category: 'customer_request',
    assignee_id: undefined,
  })
  const values = { ...draft.values, requester_id: draft.values.requester_id ?? requester }
  const [errors, setErrors] = useState<Record<string, string>>({})
  const set = (changes: Partial<NewTicket>) => draft.setValues({ ...values, ...changes })

  const create = useApiMutation({
    run: (body: NewTicket & { requester_id: string }, once): Promise<AdminTicketDetail> =>
      unwrap(api.POST('/api/admin/tickets', { params: { header: once }, body })),
    call: () => draft.call,
    made: ({ number }) => ({ name: number, to: paths.ticket(number) }),
    invalidates: () => [keys.ticketLists(), keys.ticketCounts()],
    onDone: async (ticket) => {
      draft.clear()
      await go(paths.ticket(ticket.number))
    },
    notice: (ticket) => t('new_ticket.created', { number: ticket.number }),
    onFailed: (error) => {
      const found = fieldErrors(error, shared)
      setErrors(found)
      return Object.keys(found).length > 0
    },
  })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found: Record<string, string> = {}
    if (!values.requester_id) found['requester_id'] = t('new_ticket.needs_requester')
    if (values.subject.trim().length < 3) found['subject'] = shared('field.too_short_by', { count: 3 })
    if (values.description.trim() === '') found['description'] = shared('field.required')
    setErrors(found)
    const { requester_id } = values
    if (requester_id && Object.keys(found).length === 0) create.mutate({ ...values, requester_id })
  }

  return (
    <Page
      title={t('new_ticket.title')}
      intro={t('new_ticket.intro')}
      width="prose"
      back={{ to: paths.tickets(), label: t('tickets.title') }}
    >
      <form onSubmit={submit} noValidate>
        <Panel>
          <Stack>
            {draft.restored && <DraftNotice onDiscard={draft.clear} />}
            <CustomerPicker
              label={t('field.customer')}
              description={t('new_ticket.requester_help')}
              withAsterisk
              value={values.requester_id}
              onChange={(id) => set({ requester_id: id })}
              error={errors['requester_id']}
            />
            <TextInput
              label={t('field.subject')}
              withAsterisk
              maxLength={200}
              value={values.subject}
              onChange={(event) => set({ subject: event.currentTarget.value })}
              error={errors['subject']}
            />
            <Textarea
              label={t('field.description')}
              description={t('new_ticket.description_help')}
              withAsterisk
              autosize
              minRows={6}
              maxRows={20}
              maxLength={20_000}
              value={values.description}
              onChange={(event) => set({ description: event.currentTarget.value })}
              error={errors['description']}
            />
            <Group grow preventGrowOverflow={false}>
              <Select
                label={t('field.category')}
                allowDeselect={false}
                miw="9rem"
                data={CATEGORIES.map((value) => ({ value, label: categoryLabel(value, shared) }))}
                value={values.category}
                onChange={(value) =>
                  set({ category: CATEGORIES.find((item) => item === value) ?? values.category })
                }
                error={errors['category']}
              />
              <Select
                label={t('field.priority')}
                allowDeselect={false}
                miw="9rem"
                data={PRIORITIES.map((value) => ({ value, label: priorityLabel(value, shared) }))}
                value={values.priority}
                onChange={(value) =>
                  set({ priority: PRIORITIES.find((item) => item === value) ?? values.priority })
                }
                error={errors['priority']}
              />
            </Group>
            <StaffPicker
              label={t('field.assignee')}
              placeholder={t('pick.nobody')}
              value={values.assignee_id}
              onChange={(id) => set({ assignee_id: id })}
              error={errors['assignee_id']}
            />
            {create.isError && Object.keys(errors).length === 0 && (
              <Alert color="red" role="alert">
                {errorText(create.error, shared)}
              </Alert>
            )}
            <Group justify="flex-end">
              <Button variant="default" component={AppLink} to={paths.tickets()}>
                {shared('common.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t('new_ticket.create')}
              </Button>
            </Group>
          </Stack>
        </Panel>
      </form>
    </Page>
  )
}
