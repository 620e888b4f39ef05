import { Badge } from '@mantine/core'
import type { ArticleStatus, ServiceStatus } from 'frontend-shared/api'
import { useT } from '../i18n/index.ts'

const COLORS = {
  draft: 'gray',
  active: 'green',
  published: 'green',
  retired: 'yellow',
  archived: 'yellow',
} as const

interface ContentBadgesProps {
  status: ArticleStatus | ServiceStatus
  /** The working copy differs from what is live. */
  hasDraft: boolean
}

/** Whether content is live, and whether newer work waits to be published. */
export function ContentBadges({ status, hasDraft }: ContentBadgesProps) {
  const t = useT()
  return (
    <>
      <Badge color={COLORS[status]} tt="none">
        {t(`content.${status}`)}
      </Badge>
      {hasDraft && status !== 'draft' && (
        <Badge color="blue" variant="outline" tt="none">
          {t('content.has_draft')}
        </Badge>
      )}
    </>
  )
}
