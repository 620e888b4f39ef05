import { Avatar } from '@mantine/core'
import classes from './PersonName.module.css'

/** A person with their initials; `name` alone is read aloud. */
export function PersonName({ name, size = 24 }: { name: string; size?: number }) {
  return (
    <span className={classes.person}>
      <Avatar size={size} radius="xl" name={name} alt="" aria-hidden />
      <span className={classes.name}>{name}</span>
    </span>
  )
}
