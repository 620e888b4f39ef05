import { Button, Tabs } from '@mantine/core'
import { FileUp, Plus, ScrollText } from 'lucide-react'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import { Page } from 'frontend-shared/ui'
import { useState } from 'react'
import { usersExport } from '../api/exports.ts'
import { useT } from '../i18n/people.ts'
import { ExportButton } from '../parts/ExportButton.tsx'
import { paths, type UsersSearch } from '../paths.ts'
import { NewOrganizationDialog } from './users/NewOrganizationDialog.tsx'
import { OrganizationList } from './users/OrganizationList.tsx'
import { RequestsLink } from './users/RequestsLink.tsx'
import { UserList } from './users/UserList.tsx'

/** Everybody who can sign in, and the organizations they belong to. */
export function UsersPage() {
  const t = useT()
  const isAdmin = useIsAdmin()
  const [search, setSearch] = useUrlSearch<UsersSearch>()
  const [creating, setCreating] = useState(false)
  const tab = search.tab ?? 'users'

  const actions =
    tab === 'users' ? (
      <Button component={AppLink} to={paths.newUser()} leftSection={<Plus size={16} aria-hidden />}>
        {t('users.new')}
      </Button>
    ) : (
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
        {t('organizations.new')}
      </Button>
    )

  return (
    <Page
      title={t('users.title')}
      intro={t(isAdmin ? 'users.intro' : 'users.read_only')}
      width="wide"
      actions={
        <>
          {tab === 'users' && <ExportButton file={usersExport(search)} />}
          {isAdmin && (
            <>
              <RequestsLink />
              <Button
                variant="subtle"
                component={AppLink}
                to={paths.audit()}
                leftSection={<ScrollText size={16} aria-hidden />}
              >
                {t('audit.open')}
              </Button>
              <Button
                variant="default"
                component={AppLink}
                to={paths.importUsers()}
                leftSection={<FileUp size={16} aria-hidden />}
              >
                {t('import.open')}
              </Button>
              {actions}
            </>
          )}
        </>
      }
    >
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          setSearch({ tab: next === 'organizations' ? 'organizations' : undefined, q: undefined })
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="users">{t('users.people')}</Tabs.Tab>
          <Tabs.Tab value="organizations">{t('organizations.title')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="users">
          <UserList search={search} onChange={setSearch} />
        </Tabs.Panel>
        <Tabs.Panel value="organizations">
          <OrganizationList q={search.q} onSearch={(q) => setSearch({ q })} create={isAdmin && actions} />
        </Tabs.Panel>
      </Tabs>
      {creating && <NewOrganizationDialog onClose={() => setCreating(false)} />}
    </Page>
  )
}
