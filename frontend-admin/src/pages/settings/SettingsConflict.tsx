import { useSharedT } from 'frontend-shared/i18n'
import type { EditedSettings } from '../../api/settings.ts'
import { useT } from '../../i18n/settings.ts'
import { ConflictDialog } from '../../parts/ConflictDialog.tsx'
import { valuesOf, type SettingsValues } from './values.ts'

const LABELS = {
  registration_open: 'settings.registration',
  auto_close_days: 'settings.auto_close_days',
  rating_window_days: 'settings.rating_window',
  brand_name: 'settings.brand_name',
  accent_colour: 'settings.colour',
} as const

interface SettingsConflictProps {
  conflict: {
    theirs: EditedSettings
    fields: (keyof SettingsValues)[]
    keepTheirs: () => void
    close: () => void
    takeMine: (fields: string[], onDone: () => void) => void
  }
  values: SettingsValues
  busy: boolean
  onSaved: () => void
}

/** Another admin's choice beside one's own. */
export function SettingsConflict({ conflict, values, busy, onSaved }: SettingsConflictProps) {
  const t = useT()
  const shared = useSharedT()
  const word = (field: keyof SettingsValues, from: SettingsValues): string => {
    if (field === 'registration_open') return shared(from.registration_open ? 'common.yes' : 'common.no')
    if (field === 'auto_close_days' && from.auto_close_days === null) return t('settings.never')
    return String(from[field] ?? t('settings.default'))
  }
  return (
    <ConflictDialog
      rows={conflict.fields.map((field) => ({
        name: field,
        field: t(LABELS[field]),
        theirs: word(field, valuesOf(conflict.theirs)),
        mine: word(field, values),
      }))}
      busy={busy}
      onTheirs={conflict.keepTheirs}
      onClose={conflict.close}
      onMine={(mine) => conflict.takeMine(mine, onSaved)}
    />
  )
}
