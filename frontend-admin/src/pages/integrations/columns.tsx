import { Badge, Button, Code } from '@mantine/core'
import type { Formats } from 'frontend-shared/i18n'
import { ExactTime, RelativeTime, type Column } from 'frontend-shared/ui'
import type { ApiKey } from '../../api/apiKeys.ts'
import type { T } from '../../i18n/integrations.ts'
import classes from './integrations.module.css'

const COLOURS = { active: 'green', expired: 'gray', revoked: 'gray', suspended: 'yellow' } as const

export const apiKeyColumns = (t: T, formats: Formats, onRevoke: (key: ApiKey) => void): Column<ApiKey>[] => [
  {
    key: 'name',
    header: t('keys.name'),
    grows: true,
    cell: (row) => (
      <>
        <span className={classes.name}>{row.name}</span> <Code>{row.hint}</Code>
        <span className={classes.meta}>{row.organization?.name ?? t('keys.organization_all')}</span>
      </>
    ),
  },
  {
    key: 'scopes',
    header: t('keys.scopes'),
    cell: (row) => (
      <ul className={classes.scopes} aria-label={t('keys.scopes')}>
        {row.scopes.map((scope) => (
          <li key={scope}>
            <Code>{scope}</Code>
          </li>
        ))}
      </ul>
    ),
  },
  {
    key: 'maker',
    header: t('keys.maker'),
    labelled: true,
    cell: (row) => (
      <>
        {row.maker.name}
        <span className={classes.meta}>
          <ExactTime time={row.created_at} dateOnly />
        </span>
      </>
    ),
  },
  {
    key: 'used',
    header: t('keys.used'),
    labelled: true,
    cell: (row) => (row.last_used_at ? <RelativeTime time={row.last_used_at} /> : t('keys.used_never')),
  },
  {
    key: 'expires',
    header: t('keys.expires'),
    labelled: true,
    cell: (row) => (row.expires_at ? <ExactTime time={row.expires_at} dateOnly /> : t('keys.expires_never')),
  },
  {
    key: 'state',
    header: t('keys.state'),
    cell: (row) => (
      <>
        <Badge color={COLOURS[row.state]} className={classes.state}>
          {t(`keys.state.${row.state}`)}
        </Badge>
        {row.state === 'suspended' && (
          <span className={classes.meta}>{t('keys.suspended_detail', { name: row.maker.name })}</span>
        )}
        {row.revoked_at && <span className={classes.meta}>{formats.date(row.revoked_at)}</span>}
      </>
    ),
  },
  {
    key: 'acts',
    header: t('keys.acts'),
    align: 'end',
    cell: (row) =>
      row.revoked_at === null && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={t('keys.revoke_of', { name: row.name })}
          onClick={() => onRevoke(row)}
        >
          {t('keys.revoke')}
        </Button>
      ),
  },
]
