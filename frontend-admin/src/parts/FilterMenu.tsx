import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { ChevronDown } from 'lucide-react'
import classes from './filters.module.css'

interface FilterMenuProps<T extends string> {
  label: string
  options: { value: T; label: string }[]
  value: T[] | undefined
  onChange: (value: T[] | undefined) => void
}

/** One filter of a list with several choices at once, behind a button that says what is chosen. */
export function FilterMenu<T extends string>({ label, options, value, onChange }: FilterMenuProps<T>) {
  const chosen = options.filter((option) => value?.includes(option.value))
  const [first] = chosen
  const text = first === undefined ? label : `${label}: ${chosen.length === 1 ? first.label : chosen.length}`
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          className={classes.filter}
          data-set={chosen.length > 0}
          rightSection={<ChevronDown size={15} aria-hidden />}
        >
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Checkbox.Group
          value={value ?? []}
          onChange={(next) => onChange(next.length > 0 ? (next as T[]) : undefined)}
          label={label}
          classNames={{ label: classes.legend ?? '' }}
        >
          <Stack gap="xs" mt="xs">
            {options.map((option) => (
              <Checkbox key={option.value} value={option.value} label={option.label} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
