import { Alert, Stack } from '@mantine/core'
import { useT } from '../i18n/index.ts'
import { DraftNotice } from './DraftNotice.tsx'

interface EditorNoticesProps {
  restored: boolean
  overtaken: boolean
  onDiscard: () => void
}

/** What an author should know before going on: text that came back, a newer version. */
export function EditorNotices({ restored, overtaken, onDiscard }: EditorNoticesProps) {
  const t = useT()
  if (!restored && !overtaken) return null
  return (
    <Stack gap="xs" mb="md">
      {restored && <DraftNotice onDiscard={onDiscard} />}
      {overtaken && (
        <Alert color="yellow" py="xs" role="status">
          {t('editor.overtaken')}
        </Alert>
      )}
    </Stack>
  )
}
