import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useIsAdmin } from 'frontend-shared/session'
import { ErrorState, LoadingState, Page } from 'frontend-shared/ui'
import { serviceQuery } from '../api/services.ts'
import { useT } from '../i18n/services.ts'
import { paths } from '../paths.ts'
import { ServiceEditor } from './service/ServiceEditor.tsx'
import { ServiceView } from './service/ServiceView.tsx'

/** One service: its working copy for admins, its content for agents. */
export function ServicePage() {
  const t = useT()
  const isAdmin = useIsAdmin()
  const { service: id } = useParams({ from: '/frame/services/$service' })
  const query = useQuery(serviceQuery(id))
  if (query.data) {
    return isAdmin ? (
      <ServiceEditor key={query.data.id} service={query.data} />
    ) : (
      <ServiceView service={query.data} />
    )
  }
  return (
    <Page title={t('service.title')} back={{ to: paths.services(), label: t('services.title') }}>
      {query.isPending ? (
        <LoadingState shape="page" />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Page>
  )
}
