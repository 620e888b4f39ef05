import { Alert, Button, Group, Modal } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import type { ApiKey } from '../../api/apiKeys.ts'
import { useT } from '../../i18n/integrations.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'

/** A new key, the only time it can be read: nothing but its button closes it. */
export function MadeKeyDialog({ made, onClose }: { made: ApiKey; onClose: () => void }) {
  const t = useT()
  useReturnFocus()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.made_title', { name: made.name })}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Alert color="yellow" icon={<TriangleAlert size={18} aria-hidden />} mb="md">
        {t('keys.made_detail')}
      </Alert>
      <CopyField label={t('keys.made_label')} value={made.key ?? ''} />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>{t('keys.done')}</Button>
      </Group>
    </Modal>
  )
}
