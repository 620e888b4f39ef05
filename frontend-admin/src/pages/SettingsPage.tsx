import { useQuery } from '@tanstack/react-query'
import { ErrorState, LoadingState, Page } from 'frontend-shared/ui'
import { settingsQuery } from '../api/settings.ts'
import { useT } from '../i18n/settings.ts'
import { AdminsOnly } from '../parts/AdminsOnly.tsx'
import { paths } from '../paths.ts'
import { SettingsEditor } from './settings/SettingsEditor.tsx'

/** What admins decide for the whole desk. */
export function SettingsPage() {
  const t = useT()
  return (
    <AdminsOnly title={t('settings.title')} back={{ to: paths.home(), label: t('nav.home') }}>
      <Loaded />
    </AdminsOnly>
  )
}

function Loaded() {
  const t = useT()
  const query = useQuery(settingsQuery())
  if (query.data) return <SettingsEditor settings={query.data} />
  return (
    <Page title={t('settings.title')}>
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <LoadingState shape="page" />
      )}
    </Page>
  )
}
