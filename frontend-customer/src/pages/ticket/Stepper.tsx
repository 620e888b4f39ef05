import type { CustomerTicket } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { Check, CircleDot } from 'lucide-react'
import { useT } from '../../i18n/index.ts'
import { stepsOf } from './steps.ts'
import classes from './Stepper.module.css'

/** How far a ticket is, in plain words. */
export function Stepper({ ticket }: { ticket: CustomerTicket }) {
  const t = useT()
  const words = useSharedT()
  const steps = stepsOf(ticket)
  return (
    <ol className={classes.steps} aria-label={t('ticket.progress')}>
      {steps.map(({ step, state }) => (
        <li
          key={step}
          className={classes.step}
          data-state={state}
          data-tone={step === 'pending' ? 'attention' : undefined}
          aria-current={state === 'now' ? 'step' : undefined}
        >
          <span className={classes.word}>
            {state === 'done' && <Check size={15} strokeWidth={2.4} aria-hidden />}
            {state === 'now' && <CircleDot size={15} strokeWidth={2.4} aria-hidden />}
            {step === 'withdrawn' ? t('ticket.withdrawn') : words(`status.customer_${step}`)}
          </span>
        </li>
      ))}
    </ol>
  )
}
