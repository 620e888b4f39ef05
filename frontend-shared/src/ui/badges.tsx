import { Badge, type MantineColor } from '@mantine/core'
import { ChevronsDown, ChevronsUp, ChevronUp, Minus } from 'lucide-react'
import type { CustomerStatus, Priority, Status, TicketCategory } from '../api/types.ts'
import { useSharedT, type SharedTranslate } from '../i18n/catalogs.ts'
import classes from './badges.module.css'

const STATUS_COLORS: Record<Status, MantineColor> = {
  new: 'blue',
  open: 'indigo',
  pending: 'yellow',
  on_hold: 'violet',
  resolved: 'green',
  closed: 'gray',
}

const PRIORITIES: Record<Priority, { color: string; icon: typeof Minus }> = {
  low: { color: 'var(--mantine-color-dimmed)', icon: ChevronsDown },
  normal: { color: 'var(--mantine-color-dimmed)', icon: Minus },
  high: { color: 'var(--mantine-color-orange-light-color)', icon: ChevronUp },
  urgent: { color: 'var(--mantine-color-red-light-color)', icon: ChevronsUp },
}

/** Staff's word for a status. */
export function statusLabel(status: Status, t: SharedTranslate): string {
  return t(`status.${status}`)
}

/** Customers' plain word for a status: "Received", "Waiting for you". */
export function customerStatusLabel(status: CustomerStatus, t: SharedTranslate): string {
  return t(`status.customer_${status}`)
}

export function priorityLabel(priority: Priority, t: SharedTranslate): string {
  return t(`priority.${priority}`)
}

export function categoryLabel(category: TicketCategory, t: SharedTranslate): string {
  return t(`category.${category}`)
}

type StatusBadgeProps =
  { audience: 'customer'; status: CustomerStatus } | { audience: 'staff'; status: Status }

/** A ticket's status in the words of its reader. */
export function StatusBadge(props: StatusBadgeProps) {
  const t = useSharedT()
  const label =
    props.audience === 'customer' ? customerStatusLabel(props.status, t) : statusLabel(props.status, t)
  return (
    <Badge color={STATUS_COLORS[props.status]} className={classes.badge}>
      {label}
    </Badge>
  )
}

/** A ticket's priority: a sign and a word, never colour alone. */
export function PriorityBadge({ priority }: { priority: Priority }) {
  const t = useSharedT()
  const { color, icon: Icon } = PRIORITIES[priority]
  return (
    <span className={classes.priority} style={{ color }}>
      <Icon size={15} strokeWidth={2.4} aria-hidden />
      {priorityLabel(priority, t)}
    </span>
  )
}
