import { Anchor } from '@mantine/core'
import type { Answer } from '../api/types.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { useFormats } from '../i18n/formats.ts'

/**
 * An answer as its reader writes such things: days, numbers, yes and no in the reader's language;
 * an address as a way to write to it. The API tells all readers the same.
 */
export function AnswerText({ answer }: { answer: Answer }) {
  const t = useSharedT()
  const formats = useFormats()
  const { kind, value, raw } = answer
  if (kind === 'date') return formats.day(value)
  if (kind === 'number' && typeof raw === 'number') return formats.given(raw)
  if (kind === 'yes_no' && typeof raw === 'boolean') return t(raw ? 'common.yes' : 'common.no')
  if (kind === 'email') return <Anchor href={`mailto:${encodeURIComponent(value)}`}>{value}</Anchor>
  return value
}
