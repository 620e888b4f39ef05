import { ActionIcon, Badge, Select } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { UserMinus, Users } from 'lucide-react'
import type { Organization, OrganizationRole, User } from 'frontend-shared/api'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import {
  ConfirmDialog,
  DataList,
  EmptyState,
  PersonName,
  RelativeTime,
  SearchField,
  type Column,
} from 'frontend-shared/ui'
import { useState } from 'react'
import { usersQuery } from '../../api/people.ts'
import { useT, type T } from '../../i18n/people.ts'
import { paths, type OrganizationSearch } from '../../paths.ts'
import { AddPeople } from '../../parts/AddPeople.tsx'
import { useMainSearch } from '../../shortcuts/search.ts'
import filters from '../../parts/filters.module.css'
import classes from '../users/users.module.css'
import { useUserPatch } from './useUserPatch.ts'

const ROLES: OrganizationRole[] = ['member', 'manager']

/** The people of an organization; admins say here who manages it and take people out. */
export function Members({ organization }: { organization: Organization }) {
  const t = useT()
  const isAdmin = useIsAdmin()
  const main = useMainSearch()
  const [search, setSearch] = useUrlSearch<OrganizationSearch>()
  const [leaving, setLeaving] = useState<User | null>(null)
  const query = useInfiniteQuery({
    ...usersQuery({ organization: organization.id, q: search.q, organization_role: search.role }),
    placeholderData: keepPreviousData,
  })
  const remove = useUserPatch({
    notice: (saved) => t('organization.removed', { person: saved.name, name: organization.name }),
    onDone: () => setLeaving(null),
  })
  const filtered = search.q !== undefined || search.role !== undefined
  const names = { name: leaving?.name ?? '', from: organization.name }

  return (
    <section aria-label={t('organization.people')}>
      <search className={filters.bar}>
        <SearchField
          {...main}
          className={filters.search ?? ''}
          aria-label={t('organization.search')}
          placeholder={t('organization.search')}
          value={search.q}
          onSearch={(q) => setSearch({ q })}
        />
        <Select
          className={filters.select ?? ''}
          aria-label={t('users.organization_role')}
          placeholder={t('organization.any_role')}
          clearable
          clearButtonProps={{ 'aria-label': t('pick.clear') }}
          data={ROLES.map((value) => ({ value, label: t(`org_role.${value}`) }))}
          value={search.role ?? null}
          onChange={(value) => setSearch({ role: ROLES.find((role) => role === value) })}
        />
      </search>
      <DataList
        query={query}
        columns={memberColumns(t, isAdmin, setLeaving)}
        label={t('organization.people')}
        empty={
          <EmptyState
            icon={Users}
            title={t(filtered ? 'organization.nobody_fits' : 'organization.no_people')}
            action={isAdmin && !filtered && <AddPeople />}
          >
            {t(filtered ? 'organization.nobody_fits_detail' : 'organization.no_people_detail')}
          </EmptyState>
        }
      />
      <ConfirmDialog
        opened={leaving !== null}
        title={t('organization.remove_title', names)}
        confirmLabel={t('organization.remove')}
        destructive
        busy={remove.isPending}
        onConfirm={() => leaving && remove.mutate({ user: leaving, changes: { organization_id: null } })}
        onClose={() => setLeaving(null)}
      >
        {t('organization.remove_detail', names)}
      </ConfirmDialog>
    </section>
  )
}

const memberColumns = (t: T, isAdmin: boolean, onRemove: (user: User) => void): Column<User>[] => [
  {
    key: 'name',
    header: t('field.name'),
    grows: true,
    cell: (user) => (
      <AppLink to={paths.user(user.id)} className={classes.name}>
        <PersonName name={user.name} size={28} />
        {!user.active && (
          <Badge color="gray" size="sm">
            {t('users.inactive')}
          </Badge>
        )}
        <span className={classes.meta}>{user.email}</span>
      </AppLink>
    ),
  },
  {
    key: 'role',
    header: t('field.role'),
    cell: (user) =>
      isAdmin ? (
        <RoleSelect user={user} />
      ) : (
        user.organization_role && t(`org_role.${user.organization_role}`)
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
  ...(isAdmin
    ? [
        {
          key: 'acts',
          header: '',
          align: 'end',
          cell: (user: User) => (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('organization.remove_person', { name: user.name })}
              title={t('organization.remove')}
              onClick={() => onRemove(user)}
            >
              <UserMinus size={16} aria-hidden />
            </ActionIcon>
          ),
        } satisfies Column<User>,
      ]
    : []),
]

function RoleSelect({ user }: { user: User }) {
  const t = useT()
  const patch = useUserPatch({
    notice: (saved) =>
      t('organization.role_saved', {
        name: saved.name,
        role: t(`org_role.${saved.organization_role ?? 'member'}`),
      }),
  })
  return (
    <Select
      size="xs"
      w={120}
      aria-label={t('organization.role_of', { name: user.name })}
      allowDeselect={false}
      disabled={patch.isPending}
      data={ROLES.map((value) => ({ value, label: t(`org_role.${value}`) }))}
      value={user.organization_role ?? 'member'}
      onChange={(value) => {
        const role = ROLES.find((item) => item === value)
        if (role && role !== user.organization_role)
          patch.mutate({ user, changes: { organization_role: role } })
      }}
    />
  )
}
