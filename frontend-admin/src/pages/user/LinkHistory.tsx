import { Badge } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { ExactTime, RelativeTime } from 'frontend-shared/ui'
import { passwordLinksQuery } from '../../api/people.ts'
import type { components } from '../../api/schema.d.ts'
import { useT } from '../../i18n/people.ts'
import classes from './user.module.css'

type Link = components['schemas']['PasswordLinkRecord']

const COLOURS = { used: 'green', replaced: 'gray', expired: 'gray', open: 'yellow' } as const

function stateOf(link: Link): keyof typeof COLOURS {
  if (link.used_at !== null) return 'used'
  if (link.replaced_at !== null) return 'replaced'
  return Date.parse(link.expires_at) < Date.now() ? 'expired' : 'open'
}

/** The newest password links of a person: who made each, and what became of it. */
export function LinkHistory({ userId }: { userId: string }) {
  const t = useT()
  const query = useInfiniteQuery(passwordLinksQuery(userId))
  const rows = rowsOf(query.data)
  if (query.isPending || query.isError) return null
  return (
    <>
      <h3 className={classes.small}>{t('user.links')}</h3>
      {rows.length === 0 ? (
        <p className={classes.none}>{t('user.links_none')}</p>
      ) : (
        <ul className={classes.links} aria-label={t('user.links')}>
          {rows.map((link) => {
            const state = stateOf(link)
            return (
              <li key={link.id} className={classes.link}>
                <span>
                  <ExactTime time={link.created_at} />
                  <span className={classes.meta}>
                    {link.created_by
                      ? t('user.link_by', { name: link.created_by.name })
                      : t('user.link_by_command')}
                  </span>
                </span>
                <span className={classes.state}>
                  <Badge color={COLOURS[state]} variant="light">
                    {t(`user.link_${state}`)}
                  </Badge>
                  {link.used_at !== null && (
                    <span className={classes.meta}>
                      <RelativeTime time={link.used_at} />
                    </span>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}
