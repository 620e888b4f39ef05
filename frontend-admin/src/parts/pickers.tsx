import { Select, Text, type SelectProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { rowsOf, type Person, type User } from 'frontend-shared/api'
import { useMe } from 'frontend-shared/session'
import { useState } from 'react'
import { organizationsQuery, staffQuery, userQuery, usersQuery } from '../api/people.ts'
import { serviceQuery, servicesQuery } from '../api/services.ts'
import { useT } from '../i18n/index.ts'

type PickerProps = Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchable'> & {
  value: string | undefined
  onChange: (id: string | undefined) => void
}

const PAUSE_MS = 250
const SHOWN = 20

interface Choice {
  value: string
  label: string
  detail?: string
}

/** A list that is searched on the server while typing; the chosen one is always among it. */
function RemoteSelect(
  props: PickerProps & {
    choices: Choice[]
    chosen: Choice | undefined
    busy: boolean
    onTerm: (term: string) => void
  },
) {
  const { choices, chosen, busy, onTerm, value, onChange, ...rest } = props
  const t = useT()
  const all = chosen && !choices.some((item) => item.value === chosen.value) ? [chosen, ...choices] : choices
  const details = new Map(all.map((item) => [item.value, item.detail]))
  return (
    <Select
      clearable
      {...rest}
      searchable
      data={all.map((item) => ({ value: item.value, label: item.label }))}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      onSearchChange={onTerm}
      filter={({ options }) => options}
      nothingFoundMessage={t(busy ? 'pick.searching' : 'pick.nothing')}
      clearButtonProps={{ 'aria-label': t('pick.clear') }}
      renderOption={({ option }) => (
        <span>
          {option.label}
          {details.get(option.value) && (
            <Text span size="xs" c="dimmed" display="block">
              {details.get(option.value)}
            </Text>
          )}
        </span>
      )}
    />
  )
}

/** The term to search for: what was typed, unless it is the chosen one's own label. */
function useTerm(chosen: string | undefined): [string | undefined, (term: string) => void] {
  const [typed, setTyped] = useState('')
  const [term] = useDebouncedValue(typed.trim(), PAUSE_MS)
  return [term === '' || term === chosen ? undefined : term, setTyped]
}

function choiceOf({ id, name, email, organization }: User): Choice {
  return { value: id, label: name, detail: organization ? `${email} · ${organization.name}` : email }
}

/** A customer by name or address, searched on the server. */
export function CustomerPicker(props: PickerProps) {
  const { value } = props
  const { data: one } = useQuery({ ...userQuery(value ?? ''), enabled: value !== undefined })
  const [q, setTerm] = useTerm(one?.name)
  const found = useInfiniteQuery({
    ...usersQuery({ q, role: ['customer'], active: 'true' }, SHOWN),
    placeholderData: keepPreviousData,
  })
  return (
    <RemoteSelect
      {...props}
      choices={rowsOf(found.data).map(choiceOf)}
      chosen={one && choiceOf(one)}
      busy={found.isFetching}
      onTerm={setTerm}
    />
  )
}

export function OrganizationPicker(props: PickerProps & { known?: { id: string; name: string } | null }) {
  const { known, ...rest } = props
  const first = useInfiniteQuery(organizationsQuery(undefined, 100))
  const chosen = rowsOf(first.data).find((item) => item.id === props.value) ?? known ?? undefined
  const [q, setTerm] = useTerm(chosen?.name)
  const found = useInfiniteQuery({ ...organizationsQuery(q, SHOWN), placeholderData: keepPreviousData })
  return (
    <RemoteSelect
      {...rest}
      choices={rowsOf(found.data).map((item) => ({ value: item.id, label: item.name }))}
      chosen={chosen && chosen.id === props.value ? { value: chosen.id, label: chosen.name } : undefined}
      busy={found.isFetching}
      onTerm={setTerm}
    />
  )
}

export function ServicePicker(props: PickerProps) {
  const { value } = props
  const { data: one } = useQuery({ ...serviceQuery(value ?? ''), enabled: value !== undefined })
  const [q, setTerm] = useTerm(one?.name)
  const found = useInfiniteQuery({ ...servicesQuery({ q }, SHOWN), placeholderData: keepPreviousData })
  return (
    <RemoteSelect
      {...props}
      choices={rowsOf(found.data).map((item) => ({
        value: item.id,
        label: item.name,
        detail: item.category,
      }))}
      chosen={one && { value: one.id, label: one.name }}
      busy={found.isFetching}
      onTerm={setTerm}
    />
  )
}

interface StaffPickerProps extends PickerProps {
  /** Shown even when no longer among the active staff. */
  known?: Person | null
  /** Choices of a filter before the people: "me", "nobody". */
  before?: { value: string; label: string }[]
}

/** A member of staff; oneself comes first. */
export function StaffPicker({ known, before, value, onChange, ...rest }: StaffPickerProps) {
  const t = useT()
  const me = useMe()
  const { data } = useInfiniteQuery(staffQuery())
  const staff = rowsOf(data)
  const people = staff.map((user) => ({
    value: user.id,
    label: user.id === me.id ? t('pick.me', { name: user.name }) : user.name,
  }))
  people.sort(
    (a, b) => Number(b.value === me.id) - Number(a.value === me.id) || a.label.localeCompare(b.label),
  )
  if (known && !staff.some((user) => user.id === known.id))
    people.push({ value: known.id, label: known.name })
  return (
    <Select
      clearable
      searchable
      nothingFoundMessage={t('pick.nothing')}
      clearButtonProps={{ 'aria-label': t('pick.clear') }}
      {...rest}
      data={[...(before ?? []), ...people]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}
