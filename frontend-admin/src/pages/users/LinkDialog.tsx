import { Button, Group, Modal, Text } from '@mantine/core'
import type { PasswordLink } from 'frontend-shared/api'
import { ExactTime } from 'frontend-shared/ui'
import type { RefObject } from 'react'
import { useT } from '../../i18n/people.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'

/** The link with which a person sets their password; shown once, to be handed out. */
export function LinkDialog({
  link,
  name,
  opener,
  onClose,
}: {
  link: PasswordLink
  name: string
  /** Gets the focus back; the button that asked for the link lost it while that was made. */
  opener?: RefObject<HTMLElement | null>
  onClose: () => void
}) {
  const t = useT()
  useReturnFocus(opener)
  return (
    <Modal opened onClose={onClose} title={t('link.title')} size="lg" closeOnClickOutside={false}>
      <Text size="sm" mb="md">
        {t('link.detail', { name })}
      </Text>
      <CopyField label={t('link.label')} value={link.url} />
      <Text size="xs" c="dimmed" mt="sm">
        {t('link.expires')} <ExactTime time={link.expires_at} />
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>{t('common.done')}</Button>
      </Group>
    </Modal>
  )
}
