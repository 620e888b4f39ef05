import { useInfiniteQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { rowsOf, type AdminTicketDetail, type Person, type Visibility } from 'frontend-shared/api'
import { ErrorState, LoadingState, PersonName, Prose, RelativeTime } from 'frontend-shared/ui'
import { useEffect, useRef } from 'react'
import { messagesQuery } from '../../api/tickets.ts'
import { useT } from '../../i18n/tickets.ts'
import { Composer } from './Composer.tsx'
import { useHoldInPlace } from './useHoldInPlace.ts'
import classes from './Conversation.module.css'

/** The whole conversation, from the request to the newest message, and the composer. */
export function Conversation({ ticket }: { ticket: AdminTicketDetail }) {
  const t = useT()
  const query = useInfiniteQuery(messagesQuery(ticket.number))
  const composer = useRef<HTMLFormElement>(null)
  const messages = rowsOf(query.data)
  useHoldInPlace(composer, messages.length)

  // The newest message matters most, so the conversation is read to its end.
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage])

  return (
    <div className={classes.conversation}>
      <ol className={classes.list} aria-label={t('ticket.conversation')}>
        <Entry author={ticket.requester} at={ticket.created_at} html={ticket.description_html} />
        {messages.map((message) => (
          <Entry
            key={message.id}
            author={message.author}
            at={message.created_at}
            html={message.body_html}
            visibility={message.visibility}
          />
        ))}
      </ol>
      {query.isPending && <LoadingState count={2} />}
      {query.isError && !query.isFetching && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      <Composer key={ticket.id} ticket={ticket} frame={composer} />
    </div>
  )
}

interface EntryProps {
  author: Person
  at: string
  html: string
  visibility?: Visibility
}

function Entry({ author, at, html, visibility = 'public' }: EntryProps) {
  const t = useT()
  const kind = visibility === 'internal' ? 'note' : author.role
  return (
    <li className={classes.entry} data-kind={kind}>
      <div className={classes.head}>
        <PersonName name={author.name} size={26} />
        <span className={classes.kind}>
          {kind === 'note' && <Lock size={13} aria-hidden />}
          {t(`message.${kind}`)}
        </span>
        <span className={classes.time}>
          <RelativeTime time={at} />
        </span>
      </div>
      <Prose html={html} />
    </li>
  )
}
