import { Badge, Select } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import type { Role, User } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import {
  DataList,
  EmptyState,
  ExactTime,
  PersonName,
  RelativeTime,
  SearchField,
  type Column,
} from 'frontend-shared/ui'
import { usersQuery } from '../../api/people.ts'
import { useT, type T } from '../../i18n/people.ts'
import { FilterMenu } from '../../parts/FilterMenu.tsx'
import { OrganizationPicker } from '../../parts/pickers.tsx'
import { paths, type UsersSearch } from '../../paths.ts'
import { useMainSearch } from '../../shortcuts/search.ts'
import filters from '../../parts/filters.module.css'
import classes from './users.module.css'

const ROLES: Role[] = ['customer', 'agent', 'admin']
const SORTS = ['-created_at', 'created_at', '-last_seen_at'] as const

interface UserListProps {
  search: UsersSearch
  onChange: (changes: Partial<UsersSearch>) => void
}

/** Everybody who can sign in. */
export function UserList({ search, onChange }: UserListProps) {
  const t = useT()
  const main = useMainSearch()
  const { tab: _, ...wanted } = search
  const query = useInfiniteQuery({ ...usersQuery(wanted), placeholderData: keepPreviousData })

  const columns = userColumns(t)

  return (
    <>
      <search className={filters.bar}>
        <SearchField
          {...main}
          className={filters.search ?? ''}
          aria-label={t('users.search')}
          placeholder={t('users.search')}
          value={search.q}
          onSearch={(q) => onChange({ q })}
        />
        <FilterMenu
          label={t('field.role')}
          options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={search.role}
          onChange={(role) => onChange({ role })}
        />
        <Select
          className={filters.select ?? ''}
          aria-label={t('users.state')}
          placeholder={t('users.any_state')}
          clearable
          clearButtonProps={{ 'aria-label': t('pick.clear') }}
          data={[
            { value: 'true', label: t('users.active') },
            { value: 'false', label: t('users.inactive') },
          ]}
          value={search.active ?? null}
          onChange={(value) =>
            onChange({ active: value === 'true' || value === 'false' ? value : undefined })
          }
        />
        <OrganizationPicker
          className={filters.select ?? ''}
          aria-label={t('field.organization')}
          placeholder={t('users.any_organization')}
          value={search.organization}
          onChange={(organization) => onChange({ organization })}
        />
        <Select
          className={`${filters.select} ${filters.order}`}
          aria-label={t('tickets.sort')}
          allowDeselect={false}
          data={SORTS.map((value) => ({ value, label: t(`users.sort.${value}`) }))}
          value={search.sort ?? '-created_at'}
          onChange={(sort) => onChange({ sort: SORTS.find((item) => item === sort) })}
        />
      </search>
      <DataList
        query={query}
        columns={columns}
        label={t('users.people')}
        empty={
          <EmptyState icon={Users} title={t('users.empty')}>
            {t('users.empty_detail')}
          </EmptyState>
        }
      />
    </>
  )
}

function Name({ user }: { user: User }) {
  const t = useT()
  return (
    <AppLink to={paths.user(user.id)} className={classes.name}>
      <PersonName name={user.name} size={28} />
      {!user.active && (
        <Badge color="gray" size="sm">
          {t('users.inactive')}
        </Badge>
      )}
      <span className={classes.meta}>{user.email}</span>
    </AppLink>
  )
}

const userColumns = (t: T): Column<User>[] => [
  { key: 'name', header: t('field.name'), grows: true, cell: (user) => <Name user={user} /> },
  { key: 'role', header: t('field.role'), cell: (user) => t(`role.${user.role}`) },
  {
    key: 'organization',
    header: t('field.organization'),
    cell: (user) =>
      user.organization && (
        <span>
          {user.organization.name}
          {user.organization_role === 'manager' && (
            <span className={classes.meta}> · {t('org_role.manager')}</span>
          )}
        </span>
      ),
  },
  {
    key: 'seen',
    header: t('field.last_seen'),
    wideOnly: true,
    cell: (user) =>
      user.last_seen_at ? (
        <RelativeTime time={user.last_seen_at} />
      ) : (
        <span className={classes.meta}>{t('users.never_seen')}</span>
      ),
  },
  {
    key: 'created',
    header: t('field.created'),
    align: 'end',
    wideOnly: true,
    cell: (user) => <ExactTime time={user.created_at} dateOnly />,
  },
]
