import { Alert, Anchor } from '@mantine/core'
import { useSharedT } from 'frontend-shared/i18n'

/** Says that text from before came back, and lets go of it. */
export function DraftNotice({ onDiscard }: { onDiscard: () => void }) {
  const t = useSharedT()
  return (
    <Alert color="blue" py="xs">
      {t('draft.restored')}{' '}
      <Anchor component="button" type="button" size="sm" fw={600} onClick={onDiscard}>
        {t('draft.discard')}
      </Anchor>
    </Alert>
  )
}
