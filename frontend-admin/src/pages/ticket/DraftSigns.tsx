import { Button, Group, Text } from '@mantine/core'
import { useT } from '../../i18n/tickets.ts'
import type { Elsewhere } from './draftMerge.ts'
import type { DraftState } from './useReplyDraft.ts'
import classes from './Composer.module.css'

/** Says quietly where the draft is. */
export function DraftWord({ state }: { state: DraftState }) {
  const t = useT()
  return <span role="status">{state !== 'clean' && t(`composer.${state}`)}</span>
}

interface WrittenElsewhereProps {
  one: Elsewhere
  onUse: () => void
  onDrop: () => void
}

/** A text that the same person wrote elsewhere at the same time: nothing of it goes unseen. */
export function WrittenElsewhere({ one, onUse, onDrop }: WrittenElsewhereProps) {
  const t = useT()
  return (
    <section className={classes.elsewhere} aria-label={t(`composer.elsewhere_${one.field}`)}>
      <Text size="sm" fw={600}>
        {t(`composer.elsewhere_${one.field}`)}
      </Text>
      <Text size="sm" className={classes.elsewhereText}>
        {one.text}
      </Text>
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="light" onClick={onUse}>
          {t('composer.elsewhere_use')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onDrop}>
          {t('composer.elsewhere_drop')}
        </Button>
      </Group>
    </section>
  )
}
