import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useApiMutation } from 'frontend-shared/api'
import { useFormats } from 'frontend-shared/i18n'
import { ConfirmDialog, DataList, EmptyState, Page } from 'frontend-shared/ui'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { apiKeysQuery, revokeKey, type ApiKey } from '../api/apiKeys.ts'
import { keys } from '../api/keys.ts'
import { useT } from '../i18n/integrations.ts'
import { AdminsOnly } from '../parts/AdminsOnly.tsx'
import { paths } from '../paths.ts'
import { apiKeyColumns } from './integrations/columns.tsx'
import { IntegrationTabs } from './integrations/IntegrationTabs.tsx'
import { MadeKeyDialog } from './integrations/MadeKeyDialog.tsx'
import { NewKeyDialog } from './integrations/NewKeyDialog.tsx'

export function ApiKeysPage() {
  const t = useT()
  return (
    <AdminsOnly
      title={t('keys.title')}
      back={{ to: paths.home(), label: t('nav.home') }}
      detail={t('keys.admins_only')}
    >
      <ApiKeys />
    </AdminsOnly>
  )
}

/** With what programs call the API: who made it, what it opens, when it was used. */
function ApiKeys() {
  const t = useT()
  const formats = useFormats()
  const query = useInfiniteQuery(apiKeysQuery())
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<ApiKey | null>(null)
  const [ending, setEnding] = useState<ApiKey | null>(null)
  const revoke = useApiMutation({
    run: (key: ApiKey) => revokeKey(key.id),
    invalidates: () => [keys.apiKeys()],
    onDone: () => setEnding(null),
    notice: ({ name }) => t('keys.revoked', { name }),
  })
  const create = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setAsking(true)}>
      {t('keys.new')}
    </Button>
  )
  return (
    <Page title={t('nav.integrations')} intro={t('keys.intro')} width="wide" actions={create}>
      <IntegrationTabs value="keys">
        <DataList
          query={query}
          columns={apiKeyColumns(t, formats, setEnding)}
          label={t('keys.title')}
          empty={
            <EmptyState icon={KeyRound} title={t('keys.empty')}>
              {t('keys.empty_detail')}
            </EmptyState>
          }
        />
      </IntegrationTabs>
      {asking && (
        <NewKeyDialog
          onClose={() => setAsking(false)}
          onMade={(key) => {
            setAsking(false)
            setMade(key)
          }}
        />
      )}
      {made && <MadeKeyDialog made={made} onClose={() => setMade(null)} />}
      <ConfirmDialog
        opened={ending !== null}
        title={t('keys.revoke_title', { name: ending?.name ?? '' })}
        confirmLabel={t('keys.revoke')}
        destructive
        busy={revoke.isPending}
        onConfirm={() => ending && revoke.mutate(ending)}
        onClose={() => setEnding(null)}
      >
        {t('keys.revoke_detail')}
      </ConfirmDialog>
    </Page>
  )
}
