import { useFormats } from 'frontend-shared/i18n'
import { useT } from '../i18n/index.ts'

/** Writes a length in words; less than a minute is no zero. */
export function useDuration(): (seconds: number) => string {
  const t = useT()
  const formats = useFormats()
  return (seconds) => (seconds < 60 ? t('common.under_a_minute') : formats.duration(seconds))
}
