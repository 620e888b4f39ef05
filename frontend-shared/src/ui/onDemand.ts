import { useCallback, useState } from 'react'
import { networkError } from '@bsm-platform/client'
import { errorText } from '../api/errors.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { useNotices } from './Notices.tsx'

/**
 * Code that is fetched when first wanted: `[null, fetchIt]`, later `[part, …]`. A failure
 * (offline, or a deploy in between) becomes a notice, and the page stays as it is.
 */
export function useOnDemand<T extends object>(load: () => Promise<T>): [T | null, () => void] {
  const t = useSharedT()
  const notices = useNotices()
  const [part, setPart] = useState<T | null>(null)
  const fetchIt = useCallback(() => {
    load().then(setPart, (cause: unknown) => notices.error(errorText(networkError(cause), t)))
  }, [load, notices, t])
  return [part, fetchIt]
}
