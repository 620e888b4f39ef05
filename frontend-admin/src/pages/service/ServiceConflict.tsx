import type { AdminService } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useT } from '../../i18n/services.ts'
import { ConflictDialog } from '../../parts/ConflictDialog.tsx'
import { valuesOf, type ServiceValues } from './values.ts'

const LABELS = {
  name: 'field.name',
  summary: 'service.summary',
  description: 'field.description',
  icon: 'service.icon',
  category: 'field.category',
  price_kind: 'service.price',
  price_minor: 'service.amount',
  currency: 'service.currency',
  delivery_days: 'service.delivery',
  owner_id: 'service.owner',
  form: 'service.form',
} as const

interface ServiceConflictProps {
  conflict: {
    theirs: AdminService
    fields: (keyof ServiceValues)[]
    keepTheirs: () => void
    close: () => void
    takeMine: (fields: string[], onDone: (saved: AdminService) => void) => void
  }
  values: ServiceValues
  busy: boolean
  onSaved: (saved: AdminService) => void
}

/** Lets the admin choose between a colleague's change of a service and their own. */
export function ServiceConflict({ conflict, values, busy, onSaved }: ServiceConflictProps) {
  const t = useT()
  const shared = useSharedT()
  const { theirs, fields } = conflict
  const word = (field: keyof ServiceValues, from: ServiceValues) => {
    switch (field) {
      case 'form':
        return from.form.fields.map((item) => item.label).join('\n')
      case 'icon':
        return t(`icon.${from.icon}`)
      case 'price_kind':
        return from.price_kind === 'fixed' ? t('service.fixed') : shared(`price.${from.price_kind}`)
      default:
        return String(from[field] ?? '–')
    }
  }
  return (
    <ConflictDialog
      rows={fields.map((field) => ({
        name: field,
        field: t(LABELS[field]),
        theirs: field === 'owner_id' ? (theirs.owner?.name ?? '–') : word(field, valuesOf(theirs)),
        mine: field === 'owner_id' ? t('service.chosen_owner') : word(field, values),
      }))}
      busy={busy}
      onTheirs={conflict.keepTheirs}
      onClose={conflict.close}
      onMine={(mine) => conflict.takeMine(mine, onSaved)}
    />
  )
}
