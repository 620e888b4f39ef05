import { Button, Tabs } from '@mantine/core'
import { ifMatch, unwrap, type AdminService } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useGo, useUrlSearch } from 'frontend-shared/routing'
import { Page, Panel, useNotices, WithAside } from 'frontend-shared/ui'
import { lazy, Suspense, useState } from 'react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/services.ts'
import { ContentBadges } from '../../parts/ContentBadges.tsx'
import { EditorNotices } from '../../parts/EditorNotices.tsx'
import { useContentEditor } from '../../parts/useContentEditor.ts'
import { paths, type ServiceSearch } from '../../paths.ts'
import { api } from '../../portal.ts'
import { FormBuilder } from '../form-builder/FormBuilder.tsx'
import { FormPreview } from '../form-builder/FormPreview.tsx'
import { ServiceActs } from './ServiceActs.tsx'
import { ServiceConflict } from './ServiceConflict.tsx'
import { ServiceContentFields } from './ServiceContentFields.tsx'
import { ServiceFacts } from './ServiceFacts.tsx'
import { ServiceTerms } from './ServiceTerms.tsx'
import { checkService, EMPTY_SERVICE, valuesOf } from './values.ts'

const ReviewDialog = lazy(async () => ({
  default: (await import('./review/ReviewDialog.tsx')).ReviewDialog,
}))

/** Edits a service. Saving keeps a draft; publishing shows it to customers, whole. */
export function ServiceEditor({ service }: { service: AdminService | null }) {
  const t = useT()
  const shared = useSharedT()
  const go = useGo()
  const notices = useNotices()
  const [{ tab = 'content' }, setSearch] = useUrlSearch<ServiceSearch>()
  const editor = useContentEditor({
    name: service ? `service:${service.id}` : 'new-service',
    resource: service,
    initial: EMPTY_SERVICE,
    valuesOf,
    check: (values) => checkService(values, shared, t),
    create: (body, once) => unwrap(api.POST('/api/admin/services', { params: { header: once }, body })),
    made: ({ id, name }) => ({ name, to: paths.service(id) }),
    patch: (version, body) =>
      unwrap(
        api.PATCH('/api/admin/services/{id}', {
          params: { path: { id: service?.id ?? '' }, header: ifMatch(version) },
          body,
        }),
      ),
    keyOf: keys.service,
    listKey: keys.services(),
  })
  const { values, errors, set } = editor
  const [reviewing, setReviewing] = useState(false)
  const formErrors = Object.keys(errors).filter((path) => path.startsWith('form.')).length

  const settle = (notice: string) => (saved: AdminService) => {
    notices.success(notice)
    if (!service) void go(paths.service(saved.id), { replace: true })
  }
  const publishNow = () => {
    setReviewing(false)
    editor.save(settle(t('service.published')), publish)
  }
  // What is live changes only after a look at what changes; what never was live has nothing to compare.
  const askOrPublish = () => {
    const wrong = Object.keys(checkService(values, shared, t)).length > 0
    if (service?.published && !wrong) setReviewing(true)
    else publishNow()
  }
  const canPublish = editor.dirty || (service !== null && (service.status !== 'active' || service.has_draft))

  return (
    <Page
      title={values.name.trim() || t(service ? 'service.untitled' : 'new_service.title')}
      width="wide"
      back={{ to: paths.services(), label: t('services.title') }}
      marks={
        service && <ContentBadges status={service.status} hasDraft={service.has_draft || editor.dirty} />
      }
      actions={
        <>
          <Button
            variant="default"
            disabled={!editor.dirty}
            loading={editor.busy}
            onClick={() => editor.save(settle(t('editor.draft_saved')))}
          >
            {t('editor.save_draft')}
          </Button>
          <Button disabled={!canPublish} loading={editor.busy} onClick={askOrPublish}>
            {t('editor.publish')}
          </Button>
          {service && <ServiceActs service={service} />}
        </>
      }
    >
      <EditorNotices restored={editor.restored} overtaken={editor.overtaken} onDiscard={editor.discard} />
      <Tabs
        value={tab}
        onChange={(next) => setSearch({ tab: next === 'form' ? 'form' : undefined })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="content">{t('service.content')}</Tabs.Tab>
          <Tabs.Tab value="form" color={formErrors > 0 ? 'red' : undefined}>
            {formErrors > 0
              ? t('service.form_errors', { count: formErrors })
              : t('service.form_count', { count: values.form.fields.length })}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="content">
          <WithAside
            aside={
              <>
                <ServiceTerms values={values} errors={errors} owner={service?.owner ?? null} onChange={set} />
                {service && <ServiceFacts service={service} />}
              </>
            }
          >
            <Panel>
              <ServiceContentFields values={values} errors={errors} onChange={set} />
            </Panel>
          </WithAside>
        </Tabs.Panel>
        <Tabs.Panel value="form">
          <WithAside aside={<FormPreview form={values.form} />}>
            <FormBuilder form={values.form} errors={errors} onChange={(form) => set({ form })} />
          </WithAside>
        </Tabs.Panel>
      </Tabs>
      {reviewing && service?.published && (
        <Suspense>
          <ReviewDialog
            service={service}
            live={service.published}
            values={values}
            busy={editor.busy}
            onPublish={publishNow}
            onClose={() => setReviewing(false)}
          />
        </Suspense>
      )}
      {editor.conflict && (
        <ServiceConflict
          conflict={editor.conflict}
          values={values}
          busy={editor.busy}
          onSaved={settle(t('editor.draft_saved'))}
        />
      )}
    </Page>
  )
}

const publish = (saved: AdminService) =>
  unwrap(api.POST('/api/admin/services/{id}/publish', { params: { path: { id: saved.id } } }))
