import { Button, CloseButton } from '@mantine/core'
import { Undo2 } from 'lucide-react'
import type { FormField } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useT } from '../../i18n/services.ts'
import classes from './FormBuilder.module.css'

interface RemovedFieldProps {
  field: FormField
  onUndo: () => void
  onDismiss: () => void
}

/** Says that a field is gone, and brings it back. It takes the focus, which went with the field. */
export function RemovedField({ field, onUndo, onDismiss }: RemovedFieldProps) {
  const t = useT()
  const shared = useSharedT()
  return (
    <div className={classes.removed} role="status">
      <span className={classes.removedText}>
        {t('form.removed', { name: field.label.trim() || t('form.unnamed') })}
      </span>
      <Button
        size="xs"
        variant="light"
        autoFocus
        leftSection={<Undo2 size={15} aria-hidden />}
        onClick={onUndo}
      >
        {t('form.undo')}
      </Button>
      <CloseButton aria-label={shared('common.dismiss')} onClick={onDismiss} />
    </div>
  )
}
