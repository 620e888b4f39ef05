import { useQuery } from '@tanstack/react-query'
import { useUrlSearch } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Page } from 'frontend-shared/ui'
import { articleQuery } from '../api/articles.ts'
import { ticketQuery } from '../api/tickets.ts'
import { useT } from '../i18n/index.ts'
import { paths, type NewTicketSearch } from '../paths.ts'
import { NewTicketForm } from './newTicket/NewTicketForm.tsx'

/** A ticket from nothing, as a follow-up to a closed one, or about an article. */
export function NewTicketPage() {
  const [{ follow_up_of, article }] = useUrlSearch<NewTicketSearch>()
  if (follow_up_of) return <FollowUp key={follow_up_of} ticket={follow_up_of} />
  if (article) return <AboutArticle key={article} slug={article} />
  return <Plain />
}

function Plain() {
  const t = useT()
  return (
    <Page
      title={t('new_ticket.title')}
      intro={t('new_ticket.intro')}
      back={{ to: paths.tickets(), label: t('ticket.back') }}
    >
      <NewTicketForm name="new-ticket" />
    </Page>
  )
}

function FollowUp({ ticket }: { ticket: string }) {
  const t = useT()
  const query = useQuery(ticketQuery(ticket))
  const title = t('new_ticket.follow_up_title', { number: query.data?.number ?? ticket })
  const back = { to: paths.ticket(ticket), label: ticket }
  return (
    <Page
      title={title}
      intro={query.data && t('new_ticket.follow_up_intro', { subject: query.data.subject })}
      back={back}
    >
      {query.data ? (
        <NewTicketForm name={`follow-up:${query.data.id}`} followUpOf={query.data} />
      ) : query.isPending ? (
        <LoadingState shape="page" />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Page>
  )
}

function AboutArticle({ slug }: { slug: string }) {
  const t = useT()
  const query = useQuery(articleQuery(slug))
  return (
    <Page
      title={t('new_ticket.title')}
      intro={t('new_ticket.intro')}
      back={{ to: paths.article(slug), label: query.data?.title ?? t('article.title') }}
    >
      {query.isPending ? (
        <LoadingState shape="page" />
      ) : (
        // An article that is gone meanwhile is no reason not to ask.
        <NewTicketForm
          name={`about:${slug}`}
          {...(query.data ? { subject: t('new_ticket.about_article', { title: query.data.title }) } : {})}
        />
      )}
    </Page>
  )
}
