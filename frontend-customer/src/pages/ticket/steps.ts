import type { CustomerStatus, CustomerTicket } from 'frontend-shared/api'

export interface Step {
  step: CustomerStatus | 'withdrawn'
  state: 'done' | 'now' | 'ahead'
}

/**
 * The way of a ticket. Waiting for the customer takes the place of "in progress"; a ticket
 * that was closed without ever being resolved was withdrawn, and its way ends there.
 */
export function stepsOf({ status, resolved_at }: Pick<CustomerTicket, 'status' | 'resolved_at'>): Step[] {
  if (status === 'closed' && resolved_at === null) {
    return [
      { step: 'new', state: 'done' },
      { step: 'withdrawn', state: 'now' },
    ]
  }
  const way: CustomerStatus[] = ['new', status === 'pending' ? 'pending' : 'open', 'resolved', 'closed']
  const at = way.indexOf(status)
  return way.map((step, index) => ({
    step,
    state: index < at ? 'done' : index === at ? 'now' : 'ahead',
  }))
}
