import { Button } from '@mantine/core'
import { Unplug } from 'lucide-react'
import { useSharedT } from '../i18n/catalogs.ts'
import { EmptyState } from '../ui/states.tsx'

/** The whole page when the configuration cannot be read. */
export function FailedStart() {
  const t = useSharedT()
  return (
    <main>
      <EmptyState
        icon={Unplug}
        level={1}
        title={t('app.failed_start')}
        action={<Button onClick={() => location.reload()}>{t('app.reload')}</Button>}
      >
        {t('app.failed_start_detail')}
      </EmptyState>
    </main>
  )
}
