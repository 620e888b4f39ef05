import { Button, Text, Textarea } from '@mantine/core'
import { BookOpen, EyeOff, Lock, Send } from 'lucide-react'
import { unwrap, useApiMutation, type AdminTicketDetail, type Visibility } from 'frontend-shared/api'
import { lazy, Suspense, useRef, useState, type RefObject } from 'react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/tickets.ts'
import { api } from '../../portal.ts'
import { useShortcuts } from '../../shortcuts/useShortcuts.ts'
import { DraftWord, WrittenElsewhere } from './DraftSigns.tsx'
import { insertAt } from './insertAt.ts'
import { fieldOf, useReplyDraft } from './useReplyDraft.ts'
import classes from './Composer.module.css'

const InsertArticle = lazy(async () => ({ default: (await import('./InsertArticle.tsx')).InsertArticle }))

const MODES: Visibility[] = ['public', 'internal']
const LIMIT = 20_000

interface ComposerProps {
  ticket: AdminTicketDetail
  frame: RefObject<HTMLFormElement | null>
}

/**
 * Writes a public reply or an internal note. Each has a text of its own, so that what was
 * meant for colleagues cannot be sent to the customer by flipping a switch.
 */
export function Composer({ ticket, frame }: ComposerProps) {
  const t = useT()
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useReplyDraft(ticket)
  const closed = ticket.status === 'closed'
  const mode = closed ? 'internal' : draft.texts.visibility
  const body = draft.texts[fieldOf(mode)]
  const other = mode === 'public' ? 'internal' : 'public'

  const write = (next: Visibility) => {
    if (next === 'internal' || !closed) draft.set({ visibility: next })
    field.current?.focus()
  }
  const [inserting, setInserting] = useState(false)
  useShortcuts({
    r: () => write('public'),
    n: () => write('internal'),
    i: () => setInserting(true),
  })
  const insert = (link: string) => {
    const { selectionStart = body.length, selectionEnd = body.length } = field.current ?? {}
    const [text, cursor] = insertAt(body, selectionStart, selectionEnd, link)
    if (text.length <= LIMIT) draft.set({ [fieldOf(mode)]: text })
    setInserting(false)
    // After the dialog has given the focus back.
    setTimeout(() => {
      field.current?.focus()
      field.current?.setSelectionRange(cursor, cursor)
    })
  }

  const send = useApiMutation({
    run: (input: { body: string; visibility: Visibility }, once) =>
      draft.send(input.visibility, input.body, () =>
        unwrap(
          api.POST('/api/admin/tickets/{id}/messages', {
            params: { path: { id: ticket.id }, header: once },
            body: input,
          }),
        ),
      ),
    call: ({ visibility }) => draft.call(visibility),
    invalidates: () => [
      keys.messages(ticket.number),
      keys.messages(ticket.id),
      keys.ticket(ticket.number),
      keys.ticket(ticket.id),
    ],
  })
  // At once, not when the call is under way: no letter comes between what is sent and what is shown.
  const [busy, setBusy] = useState(false)
  const submit = () => {
    if (busy || body.trim() === '') return
    setBusy(true)
    send.mutate({ body, visibility: mode }, { onSettled: () => setBusy(false) })
  }

  return (
    <form
      ref={frame}
      className={classes.composer}
      data-mode={mode}
      aria-label={t(`composer.${mode}`)}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className={classes.modes} role="radiogroup" aria-label={t('composer.kind')}>
        {MODES.map((value) => (
          <label key={value} className={classes.mode} data-mode={value} data-current={mode === value}>
            <input
              type="radio"
              name="composer-mode"
              value={value}
              checked={mode === value}
              disabled={value === 'public' && closed}
              onChange={() => write(value)}
            />
            {value === 'public' ? <Send size={15} aria-hidden /> : <Lock size={15} aria-hidden />}
            {t(`composer.${value}`)}
          </label>
        ))}
      </div>
      <Textarea
        ref={field}
        variant="unstyled"
        aria-label={t(`composer.${mode}`)}
        aria-keyshortcuts={mode === 'public' ? 'R' : 'N'}
        placeholder={t(`composer.${mode}_placeholder`, { name: ticket.requester.name })}
        autosize
        minRows={4}
        maxRows={18}
        maxLength={LIMIT}
        readOnly={busy}
        value={body}
        onChange={(event) => draft.set({ [fieldOf(mode)]: event.currentTarget.value })}
        onBlur={() => draft.save()}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          submit()
        }}
        classNames={{ input: classes.input ?? '' }}
      />
      {draft.elsewhere.map((one) => (
        <WrittenElsewhere
          key={`${one.field}:${one.text}`}
          one={one}
          onUse={() => {
            const here = draft.texts[one.field].trimEnd()
            draft.set({ [one.field]: here === '' ? one.text : `${here}\n\n${one.text}` })
            draft.forgetElsewhere(one)
          }}
          onDrop={() => draft.forgetElsewhere(one)}
        />
      ))}
      <div className={classes.foot}>
        <Text size="xs" className={classes.hint}>
          {mode === 'internal' && <EyeOff size={14} aria-hidden />}
          {closed ? t('composer.closed') : t(`composer.${mode}_hint`)}
          {draft.texts[fieldOf(other)].trim() !== '' && <span>{t(`composer.${other}_waits`)}</span>}
          <DraftWord state={draft.state} />
        </Text>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<BookOpen size={15} aria-hidden />}
          aria-keyshortcuts="I"
          onClick={() => setInserting(true)}
        >
          {t('insert.button')}
        </Button>
        <Button
          type="submit"
          disabled={body.trim() === ''}
          loading={busy}
          color={mode === 'internal' ? 'yellow' : undefined}
          title={t('shortcuts.send_keys')}
        >
          {t(`composer.${mode}_send`)}
        </Button>
      </div>
      {inserting && (
        <Suspense>
          <InsertArticle onInsert={insert} onClose={() => setInserting(false)} />
        </Suspense>
      )}
    </form>
  )
}
