import { Button, Group, Modal, Text } from '@mantine/core'
import { useT } from '../../i18n/webhooks.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'

/** A secret that was just made; shown once. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useT()
  useReturnFocus()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('secret.title')}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Text size="sm" mb="md">
        {t('secret.detail')}
      </Text>
      <CopyField label={t('secret.label')} value={secret} />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>{t('secret.done')}</Button>
      </Group>
    </Modal>
  )
}
