import { Avatar, Button, VisuallyHidden } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf, type CustomerTicketDetail, type Message, type Person } from 'frontend-shared/api'
import { useMe } from 'frontend-shared/session'
import { ErrorState, LoadingState, Prose, RelativeTime } from 'frontend-shared/ui'
import { ArrowDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { messagesQuery } from '../../api/tickets.ts'
import { useT } from '../../i18n/index.ts'
import classes from './Conversation.module.css'

/** The public conversation, oldest first, beginning with what was asked. */
export function Conversation({ ticket, address }: { ticket: CustomerTicketDetail; address: string }) {
  const t = useT()
  const query = useInfiniteQuery(messagesQuery(address))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query

  // A conversation is read whole: further pages come by themselves.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  const messages = rowsOf(query.data)
  const opening = { author: ticket.requester, html: ticket.description_html, time: ticket.created_at }
  return (
    <section aria-label={t('ticket.conversation')}>
      <ol className={classes.list}>
        {ticket.description.trim() !== '' && <Entry {...opening} />}
        {messages.map((message) => (
          <Entry
            key={message.id}
            id={`message-${message.id}`}
            author={message.author}
            html={message.body_html}
            time={message.created_at}
          />
        ))}
      </ol>
      {query.isPending && <LoadingState count={2} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && !hasNextPage && <FreshReply messages={messages} />}
    </section>
  )
}

interface EntryProps {
  author: Person
  html: string
  time: string
  id?: string
}

function Entry({ author, html, time, ...rest }: EntryProps) {
  const t = useT()
  const mine = useMe().id === author.id
  return (
    <li className={classes.entry} data-mine={mine} tabIndex={-1} {...rest}>
      <Avatar size={38} radius="xl" color="initials" name={author.name} alt="" aria-hidden />
      <article className={classes.bubble}>
        <header className={classes.head}>
          <span className={classes.name}>{mine ? t('ticket.you') : author.name}</span>
          {author.role === 'staff' && <span className={classes.side}>{t('ticket.support')}</span>}
          <span className={classes.when}>
            <RelativeTime time={time} />
          </span>
        </header>
        <Prose html={html} />
      </article>
    </li>
  )
}

/**
 * Announces a reply that arrives while the page is open, and leads to it when it is out of
 * sight. The page itself does not move.
 */
function FreshReply({ messages }: { messages: Message[] }) {
  const t = useT()
  const me = useMe()
  // What was there at first is old news; the rest came while the page was open.
  const [newest] = useState(messages.at(-1)?.id)
  const [hidden, setHidden] = useState(false)
  const since = messages.slice(messages.findIndex((message) => message.id === newest) + 1)
  const fresh = since.findLast((message) => message.author.id !== me.id)
  const freshId = fresh?.id

  useEffect(() => {
    const element = document.getElementById(`message-${freshId}`)
    if (!element) return
    const watch = new IntersectionObserver(([entry]) => setHidden(entry?.isIntersecting === false))
    watch.observe(element)
    return () => watch.disconnect()
  }, [freshId])

  const show = () => {
    const element = document.getElementById(`message-${freshId}`)
    element?.scrollIntoView({ block: 'nearest' })
    element?.focus({ preventScroll: true })
    setHidden(false)
  }
  return (
    <>
      <VisuallyHidden role="status">
        {fresh ? t('ticket.new_reply', { name: fresh.author.name }) : ''}
      </VisuallyHidden>
      {fresh && hidden && (
        <Button
          className={classes.fresh ?? ''}
          radius="xl"
          size="sm"
          leftSection={<ArrowDown size={16} aria-hidden />}
          onClick={show}
        >
          {t('ticket.show_new_reply')}
        </Button>
      )}
    </>
  )
}
