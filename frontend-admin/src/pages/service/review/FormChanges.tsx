import { Badge } from '@mantine/core'
import type { Form, FormField } from 'frontend-shared/api'
import { useFormats, useSharedT } from 'frontend-shared/i18n'
import { useT } from '../../../i18n/services.ts'
import { nameOf, ruleInWords, valueInWords, type Speaker } from '../../form-builder/words.ts'
import type { FieldDiff, FieldPart } from './formDiff.ts'
import classes from './review.module.css'

interface FormChangesProps {
  changes: FieldDiff[]
  before: Form
  after: Form
}

const COLORS = { added: 'green', removed: 'red', changed: 'blue' } as const

/** The fields that were added, removed, changed and moved, in words. */
export function FormChanges({ changes, before, after }: FormChangesProps) {
  const t = useT()
  const speaker: Speaker = { t, shared: useSharedT(), formats: useFormats() }
  return (
    <ul className={classes.changes}>
      {changes.map((change) => (
        <li key={`${change.what} ${change.field.id}`}>
          <Badge color={COLORS[change.what]} tt="none">
            {t(`review.${change.what === 'changed' && change.parts.length === 0 ? 'moved' : change.what}`)}
          </Badge>
          <span className={classes.field}>
            <strong>{nameOf(change.field, speaker)}</strong>
            {change.what === 'changed' ? (
              <ul className={classes.parts}>
                {change.parts.map((part) => (
                  <li key={part}>
                    {t('review.part', {
                      part: t(`review.part_${part}`),
                      from: partInWords(before, change.before, part, speaker),
                      to: partInWords(after, change.field, part, speaker),
                    })}
                  </li>
                ))}
                {change.moved && <li>{t('review.is_moved')}</li>}
              </ul>
            ) : (
              <span className={classes.kind}>{t(`kind.${change.field.kind}`)}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What a field says in one part, in a few words. */
function partInWords(form: Form, field: FormField, part: FieldPart, speaker: Speaker): string {
  const { t, shared, formats } = speaker
  const none = t('review.none')
  switch (part) {
    case 'kind':
      return t(`kind.${field.kind}`)
    case 'required':
      return shared(field.required ? 'common.yes' : 'common.no')
    case 'options':
      return field.options?.map(({ label }) => label).join(', ') || none
    case 'min':
    case 'max':
      return typeof field[part] === 'number' ? formats.given(field[part]) : none
    case 'default':
      return field.default === undefined ? none : valueInWords(field, field.default, speaker)
    case 'visible_if':
      return ruleInWords(form, field.visible_if, speaker) ?? t('review.always')
    default:
      return field[part] || none
  }
}
