import { Button } from '@mantine/core'
import { RotateCcw, SearchX } from 'lucide-react'
import { useSharedT } from '../i18n/catalogs.ts'
import { AppLink } from '../routing/links.tsx'
import { useDocumentTitle } from '../ui/Page.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'

/** For addresses that lead nowhere; `home` leads on. */
export function NotFoundPage({ home }: { home: string }) {
  const t = useSharedT()
  const title = t('error.not_found_title')
  useDocumentTitle(title)
  return (
    <EmptyState
      icon={SearchX}
      title={title}
      level={1}
      action={
        <Button component={AppLink} to={home} variant="default">
          {t('error.not_found_home')}
        </Button>
      }
    >
      {t('error.not_found')}
    </EmptyState>
  )
}

/** For a page whose code failed: says so and offers to load it again. */
export function FailedPage({ error }: { error: unknown }) {
  const t = useSharedT()
  return (
    <ErrorState
      level={1}
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
