import { useT } from '../i18n/index.ts'

/** When an ordered service is there. */
export function Delivery({ days }: { days: number | null }) {
  const t = useT()
  return days === null ? t('services.delivery_agreed') : t('services.delivery', { count: days })
}
