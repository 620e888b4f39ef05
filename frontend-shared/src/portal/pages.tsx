import { Button } from '@mantine/core'
import { RotateCcw, SearchX } from 'lucide-react'
import { useSharedT } from '../i18n/catalogs.ts'
import { EmptyState, ErrorState } from '../ui/states.tsx'

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  const t = useSharedT()
  return (
    <EmptyState icon={SearchX} title={t('error.not_found_title')} order={1}>
      {t('error.not_found')}
    </EmptyState>
  )
}

/** For a page whose code failed: says so and offers to load it again. */
export function FailedPage({ error }: { error: unknown }) {
  const t = useSharedT()
  return (
    <ErrorState
      error={error}
      action={
        <Button
          variant="default"
          leftSection={<RotateCcw size={16} aria-hidden />}
          onClick={() => location.reload()}
        >
          {t('app.reload')}
        </Button>
      }
    />
  )
}
