import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { AppLink } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Page } from 'frontend-shared/ui'
import { serviceQuery } from '../api/services.ts'
import { useT } from '../i18n/index.ts'
import { isTemporary } from '../parts/errors.ts'
import { paths } from '../paths.ts'
import { ServiceView } from './service/ServiceView.tsx'

export function ServicePage() {
  const t = useT()
  const { service: id } = useParams({ from: '/frame/services/$service' })
  const query = useQuery(serviceQuery(id))
  // What an earlier visit left behind may be an old version: the page waits for the present one.
  const settled = query.isFetchedAfterMount || !query.isStale
  const gone = query.isError && !isTemporary(query.error)

  if (query.data && settled) return <ServiceView key={id} current={query.data} gone={gone} />
  return (
    <Page title={t('service.title')} back={{ to: paths.services(), label: t('service.back') }}>
      {query.isError ? (
        <ErrorState
          error={query.error}
          onRetry={() => void query.refetch()}
          action={
            <Button variant="default" component={AppLink} to={paths.services()}>
              {t('service.back')}
            </Button>
          }
        />
      ) : (
        <LoadingState shape="page" />
      )}
    </Page>
  )
}
