import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useApiMutation, unwrap, type CustomerTicketDetail, type Priority } from 'frontend-shared/api'
import { useFormDraft } from 'frontend-shared/forms'
import { useSharedT } from 'frontend-shared/i18n'
import { useGo } from 'frontend-shared/routing'
import { Panel, WithAside } from 'frontend-shared/ui'
import { useState, type FormEvent } from 'react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/index.ts'
import { DraftNotice } from '../../parts/DraftNotice.tsx'
import { replyDraft } from '../../parts/replyDraft.ts'
import { useFocusInvalid } from '../../parts/useFocusInvalid.ts'
import { paths } from '../../paths.ts'
import { api } from '../../portal.ts'
import { ArticleSuggestions, ArticleSuggestionsLine } from './ArticleSuggestions.tsx'
import { KindChoice, type Kind } from './KindChoice.tsx'
import classes from './NewTicketForm.module.css'

const SUBJECT_MIN = 3
const SUBJECT_MAX = 200
const DESCRIPTION_MAX = 20_000
const PRIORITIES: Priority[] = ['low', 'normal', 'high', 'urgent']

interface Draft {
  subject: string
  description: string
  category: Kind
  priority: Priority
}

type NewTicket = Draft & { follow_up_of?: string }

interface NewTicketFormProps {
  /** Under which the draft is kept. */
  name: string
  subject?: string
  followUpOf?: CustomerTicketDetail
}

/** The form of a new ticket, with articles that may answer it beside. */
export function NewTicketForm({ name, subject = '', followUpOf }: NewTicketFormProps) {
  const t = useT()
  const words = useSharedT()
  const go = useGo()
  // A reply that came too late for a closed ticket goes on here.
  const unsent = useFormDraft(replyDraft(followUpOf?.id ?? ''), { body: '' })
  const draft = useFormDraft<Draft>(name, {
    subject: followUpOf?.subject ?? subject,
    description: unsent.values.body,
    category: kindOf(followUpOf),
    priority: followUpOf?.priority ?? 'normal',
  })
  const { values } = draft
  const set = (changes: Partial<Draft>) => draft.setValues({ ...values, ...changes })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const form = useFocusInvalid(errors)

  const create = useApiMutation({
    run: (body: NewTicket, once) =>
      unwrap(api.POST('/api/customer/tickets', { params: { header: once }, body })),
    call: () => draft.call,
    made: ({ number }) => ({ name: number, to: paths.ticket(number) }),
    invalidates: () => [keys.tickets()],
    notice: t('new_ticket.sent'),
    form: { setErrors },
    onDone: async (ticket) => {
      draft.clear()
      unsent.clear()
      await go(paths.ticket(ticket.number), { replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found: Record<string, string> = {}
    const length = Array.from(values.subject.trim()).length
    if (length < SUBJECT_MIN) found['subject'] = words('field.too_short_by', { count: SUBJECT_MIN })
    if (length > SUBJECT_MAX) found['subject'] = words('field.too_long_by', { count: SUBJECT_MAX })
    if (!values.description.trim()) found['description'] = words('field.required')
    if (Array.from(values.description).length > DESCRIPTION_MAX) {
      found['description'] = words('field.too_long_by', { count: DESCRIPTION_MAX })
    }
    setErrors(found)
    if (Object.keys(found).length > 0) return
    create.mutate({
      ...values,
      subject: values.subject.trim(),
      ...(followUpOf ? { follow_up_of: followUpOf.id } : {}),
    })
  }

  return (
    <WithAside aside={<ArticleSuggestions subject={values.subject} />}>
      <Panel>
        <form ref={form} className={classes.form} onSubmit={submit} noValidate>
          <DraftNotice shown={draft.restored} onDiscard={draft.clear} />
          <div>
            <TextInput
              label={t('new_ticket.subject')}
              description={t('new_ticket.subject_help')}
              size="md"
              maxLength={SUBJECT_MAX}
              required
              autoComplete="off"
              value={values.subject}
              error={errors['subject']}
              onChange={(event) => set({ subject: event.currentTarget.value })}
            />
            <ArticleSuggestionsLine subject={values.subject} />
          </div>
          <KindChoice value={values.category} onChange={(category) => set({ category })} />
          <Textarea
            label={t('new_ticket.description')}
            description={t('new_ticket.description_help')}
            autosize
            minRows={7}
            maxRows={20}
            required
            value={values.description}
            error={errors['description']}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('new_ticket.priority')}
            value={values.priority}
            error={errors['priority']}
            onChange={(event) => {
              const priority = PRIORITIES.find((item) => item === event.currentTarget.value)
              if (priority) set({ priority })
            }}
            data={PRIORITIES.map((value) => ({ value, label: t(`new_ticket.priority_${value}`) }))}
          />
          <Group>
            <Button type="submit" size="md" loading={create.isPending}>
              {t('new_ticket.submit')}
            </Button>
          </Group>
        </form>
      </Panel>
    </WithAside>
  )
}

function kindOf(ticket: CustomerTicketDetail | undefined): Kind {
  if (!ticket) return 'question'
  return ticket.category === 'service_request' ? 'customer_request' : ticket.category
}
