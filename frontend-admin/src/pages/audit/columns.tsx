import { Anchor } from '@mantine/core'
import { AppLink } from 'frontend-shared/routing'
import { ExactTime, PersonName, type Column } from 'frontend-shared/ui'
import type { AuditEntry } from '../../api/audit.ts'
import { useT, type T } from '../../i18n/people.ts'
import { paths } from '../../paths.ts'
import { actionWords, detailWords, kindWords } from './words.ts'
import classes from './audit.module.css'

export const auditColumns = (t: T): Column<AuditEntry>[] => [
  {
    key: 'what',
    header: t('audit.what'),
    grows: true,
    cell: (row) => <What row={row} />,
  },
  {
    key: 'who',
    header: t('audit.who'),
    cell: (row) =>
      row.actor ? (
        <AppLink to={paths.user(row.actor.id)} className={classes.person}>
          <PersonName name={row.actor.name} size={24} />
        </AppLink>
      ) : (
        <span className={classes.meta}>{t('audit.nobody')}</span>
      ),
  },
  { key: 'whom', header: t('audit.whom'), cell: (row) => <Subject row={row} /> },
  {
    key: 'when',
    header: t('audit.when'),
    align: 'end',
    cell: (row) => (
      <span className={classes.when}>
        <ExactTime time={row.at} />
        {row.via !== 'portal' && (
          <span className={classes.meta}>
            {t(`via.${row.via}`)}
            {row.api_key && ` “${row.api_key.name}”`}
          </span>
        )}
      </span>
    ),
  },
]

function What({ row }: { row: AuditEntry }) {
  const t = useT()
  const detail = detailWords(t, row.detail)
  return (
    <>
      <span className={classes.action}>{actionWords(t, row.action)}</span>
      {detail.length > 0 && (
        <dl className={classes.detail}>
          {detail.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

/** What it was done to, and the way there while it exists. */
function Subject({ row: { subject } }: { row: AuditEntry }) {
  const t = useT()
  const name =
    subject.name === null || subject.kind !== 'session'
      ? subject.name
      : t('audit.session_of', { name: subject.name })
  const to = addressOf(subject)
  if (name === null) {
    return (
      <span className={classes.meta}>
        {kindWords(t, subject.kind)}
        {subject.id !== null && `, ${t('audit.gone')}`}
      </span>
    )
  }
  return to === null ? (
    name
  ) : (
    <Anchor component={AppLink} to={to} size="sm" className={classes.subject}>
      {name}
    </Anchor>
  )
}

function addressOf({ kind, id, person_id }: AuditEntry['subject']): string | null {
  if (id === null) return null
  switch (kind) {
    case 'user':
      return paths.user(id)
    case 'organization':
      return paths.organization(id)
    case 'session':
      return person_id === null ? null : paths.user(person_id)
    case 'api_key':
      return paths.apiKeys()
    case 'service':
      return paths.service(id)
    case 'article':
      return paths.article(id)
    default:
      return null
  }
}
