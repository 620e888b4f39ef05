import { Anchor, Text } from '@mantine/core'
import { useSharedT } from 'frontend-shared/i18n'

/** Says that typed text came back, and offers to drop it. */
export function DraftNotice({ shown, onDiscard }: { shown: boolean; onDiscard: () => void }) {
  const t = useSharedT()
  if (!shown) return null
  return (
    <Text size="sm" c="dimmed" role="status">
      {t('draft.restored')}{' '}
      <Anchor component="button" type="button" inherit fw={600} onClick={onDiscard}>
        {t('draft.discard')}
      </Anchor>
    </Text>
  )
}
