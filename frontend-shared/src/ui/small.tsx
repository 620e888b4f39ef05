import type { Price, Seg } from '../api/types.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { useFormats } from '../i18n/formats.ts'

/** A text with its search hits marked; `fallback` when there are no segments. */
export function Highlight({ segments, fallback }: { segments: Seg[] | undefined; fallback: string }) {
  if (!segments || segments.length === 0) return fallback
  let offset = 0
  return segments.map((segment) => {
    const key = offset
    offset += segment.text.length + 1
    return segment.hit ? <mark key={key}>{segment.text}</mark> : <span key={key}>{segment.text}</span>
  })
}

/** A price in words or in its currency. */
export function Money({ price }: { price: Price }) {
  const t = useSharedT()
  const formats = useFormats()
  if (price.price_kind === 'free') return t('price.free')
  if (price.price_kind === 'fixed' && price.price_minor !== null && price.currency !== null) {
    return <span className="bsm-figures">{formats.money(price.price_minor, price.currency)}</span>
  }
  return t('price.on_request')
}
