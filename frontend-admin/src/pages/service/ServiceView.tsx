import { Text } from '@mantine/core'
import type { AdminService } from 'frontend-shared/api'
import { Page, Panel, Prose, ServiceIcon, WithAside } from 'frontend-shared/ui'
import { useT } from '../../i18n/services.ts'
import { ContentBadges } from '../../parts/ContentBadges.tsx'
import { paths } from '../../paths.ts'
import { FormPreview } from '../form-builder/FormPreview.tsx'
import { ServiceFacts } from './ServiceFacts.tsx'

/** A service as agents see it: to read. */
export function ServiceView({ service }: { service: AdminService }) {
  const t = useT()
  return (
    <Page
      title={service.name}
      intro={service.summary}
      back={{ to: paths.services(), label: t('services.title') }}
      marks={<ContentBadges status={service.status} hasDraft={service.has_draft} />}
    >
      <WithAside
        aside={
          <>
            <ServiceFacts service={service} />
            <FormPreview form={service.form} />
          </>
        }
      >
        <Panel>
          <ServiceIcon name={service.icon} />
          <Text size="sm" c="dimmed" my="sm">
            {service.category}
          </Text>
          <Prose html={service.description_html} />
        </Panel>
      </WithAside>
    </Page>
  )
}
