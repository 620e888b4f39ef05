import { Text } from '@mantine/core'
import { useSharedT } from '../i18n/catalogs.ts'

/** The number to quote when asking for help about an error. */
export function RequestId({ id }: { id: string | null }) {
  const t = useSharedT()
  if (id === null) return null
  return (
    <Text size="xs" c="dimmed" ff="monospace">
      {t('common.request_id', { id })}
    </Text>
  )
}
