import { useT } from '../i18n/index.ts'

/** What stands beside the forms before the sign-in. */
export function usePitch(): { title: string; points: string[] } {
  const t = useT()
  return { title: t('pitch.title'), points: [t('pitch.point_1'), t('pitch.point_2'), t('pitch.point_3')] }
}
