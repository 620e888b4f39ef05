import type { TicketCategory } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { categoryLabel } from 'frontend-shared/ui'
import { CircleHelp, ClipboardList, TriangleAlert } from 'lucide-react'
import { useId } from 'react'
import { useT } from '../../i18n/index.ts'
import classes from './NewTicketForm.module.css'

export type Kind = Exclude<TicketCategory, 'service_request'>

const KINDS = [
  { kind: 'question', icon: CircleHelp },
  { kind: 'incident', icon: TriangleAlert },
  { kind: 'customer_request', icon: ClipboardList },
] as const

/** What kind of ticket it is, each choice with what it means. */
export function KindChoice({ value, onChange }: { value: Kind; onChange: (kind: Kind) => void }) {
  const t = useT()
  const words = useSharedT()
  const id = useId()
  return (
    <fieldset className={classes.kindsGroup}>
      <legend className={classes.legend}>{t('new_ticket.category')}</legend>
      <div className={classes.kinds}>
        {KINDS.map(({ kind, icon: Icon }) => (
          <label key={kind} className={classes.kind}>
            <input
              type="radio"
              name={id}
              checked={value === kind}
              onChange={() => onChange(kind)}
              aria-describedby={`${id}-${kind}`}
            />
            <Icon size={19} strokeWidth={1.8} aria-hidden />
            <span className={classes.kindName}>{categoryLabel(kind, words)}</span>
            <span className={classes.kindHelp} id={`${id}-${kind}`}>
              {t(`new_ticket.category_${kind}`)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
