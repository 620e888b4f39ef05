import { GripVertical } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import classes from './reorder.module.css'

/** What a thing in a list is dragged by, or moved by with the arrow keys. */
export function Grip({ label, ...props }: ComponentPropsWithRef<'button'> & { label: string }) {
  return (
    <button type="button" {...props} className={classes.grip} aria-label={label} title={label}>
      <GripVertical size={16} aria-hidden />
    </button>
  )
}
