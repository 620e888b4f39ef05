import { Button, Group, Modal, Text } from '@mantine/core'
import { diffLines } from 'diff'
import type { AdminService, ServiceContent } from 'frontend-shared/api'
import { useFormats, useSharedT } from 'frontend-shared/i18n'
import { Money } from 'frontend-shared/ui'
import type { ReactNode } from 'react'
import { useT } from '../../../i18n/services.ts'
import { useReturnFocus } from '../../../parts/useReturnFocus.ts'
import type { ServiceValues } from '../values.ts'
import { FormChanges } from './FormChanges.tsx'
import { formDiff } from './formDiff.ts'
import classes from './review.module.css'

interface ReviewDialogProps {
  service: AdminService
  /** What customers see now. */
  live: ServiceContent
  values: ServiceValues
  busy: boolean
  onPublish: () => void
  onClose: () => void
}

interface Row {
  label: string
  from: ReactNode
  to: ReactNode
}

/** What publishing changes for customers, in words, before it does. */
export function ReviewDialog({ service, live, values, busy, onPublish, onClose }: ReviewDialogProps) {
  const t = useT()
  const shared = useSharedT()
  const formats = useFormats()
  useReturnFocus()

  const rows: Row[] = []
  const row = (label: string, from: string, to: string) => {
    if (from !== to) rows.push({ label, from: from || '–', to: to || '–' })
  }
  row(t('field.name'), live.name, values.name.trim())
  row(t('service.summary'), live.summary, values.summary.trim())
  row(t('field.category'), live.category, values.category.trim())
  row(t('service.icon'), t(`icon.${live.icon}`), t(`icon.${values.icon}`))
  if (
    live.price_kind !== values.price_kind ||
    live.price_minor !== values.price_minor ||
    live.currency !== values.currency
  ) {
    rows.push({
      label: t('service.price'),
      from: <Money price={live} />,
      to: <Money price={values} />,
    })
  }
  const days = (count: number | null) => (count === null ? '' : formats.days(count))
  row(t('service.delivery'), days(live.delivery_days), days(values.delivery_days))
  if ((live.owner?.id ?? null) !== values.owner_id) {
    const chosen = service.owner?.id === values.owner_id ? service.owner?.name : t('service.chosen_owner')
    row(t('service.owner'), live.owner?.name ?? '', values.owner_id === null ? '' : (chosen ?? ''))
  }
  const fields = formDiff(live.form, values.form)
  const lines = live.description === values.description ? [] : diffLines(live.description, values.description)
  const nothing = rows.length === 0 && fields.length === 0 && lines.length === 0

  return (
    <Modal opened onClose={onClose} size="lg" title={t('review.title')}>
      {nothing && (
        <Text size="sm" c="dimmed">
          {t(service.status === 'retired' ? 'review.back' : 'review.nothing')}
        </Text>
      )}
      {rows.length > 0 && (
        <table className={classes.table} aria-label={t('review.content')}>
          <thead>
            <tr>
              <th scope="col">{t('conflict.field')}</th>
              <th scope="col">{t('review.now')}</th>
              <th scope="col">{t('review.then')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, from, to }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td className={classes.from}>{from}</td>
                <td>{to}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {lines.length > 0 && (
        <section className={classes.part} aria-label={t('field.description')}>
          <h3 className={classes.heading}>{t('field.description')}</h3>
          <div className={classes.lines}>
            {lines
              .filter(({ added, removed }) => added || removed)
              .map(({ added, value }, at) => (
                // Parts of one text, which is never put in another order.
                // oxlint-disable-next-line react/no-array-index-key
                <p key={at} className={classes.line} data-added={added}>
                  <span className={classes.sign}>{t(added ? 'review.added' : 'review.removed')}</span>
                  {value.trimEnd()}
                </p>
              ))}
          </div>
        </section>
      )}
      {fields.length > 0 && (
        <section className={classes.part} aria-label={t('service.form')}>
          <h3 className={classes.heading}>{t('service.form')}</h3>
          <FormChanges changes={fields} before={live.form} after={values.form} />
          <Text size="xs" c="dimmed" mt="xs">
            {t('review.answers_stay')}
          </Text>
        </section>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {shared('common.cancel')}
        </Button>
        <Button loading={busy} onClick={onPublish} data-autofocus>
          {t('editor.publish')}
        </Button>
      </Group>
    </Modal>
  )
}
