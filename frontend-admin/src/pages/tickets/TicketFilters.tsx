import { Button, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { SlidersHorizontal } from 'lucide-react'
import type { Priority, Status, TicketCategory } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { categoryLabel, priorityLabel, SearchField, statusLabel } from 'frontend-shared/ui'
import { Fragment, useId, useState } from 'react'
import { useT } from '../../i18n/tickets.ts'
import { ClearFilters } from '../../parts/ClearFilters.tsx'
import { FilterMenu } from '../../parts/FilterMenu.tsx'
import { CustomerPicker, OrganizationPicker, ServicePicker, StaffPicker } from '../../parts/pickers.tsx'
import type { TicketsSearch } from '../../paths.ts'
import { useMainSearch } from '../../shortcuts/search.ts'
import { DEFAULT_SORT } from '../../api/tickets.ts'
import classes from '../../parts/filters.module.css'

const STATUSES: Status[] = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']
const PRIORITIES: Priority[] = ['urgent', 'high', 'normal', 'low']
const CATEGORIES: TicketCategory[] = ['customer_request', 'service_request', 'incident', 'question']
const SORTS = ['-updated_at', 'updated_at', '-created_at', 'created_at', 'waiting_since'] as const
const TIMES = ['created', 'answered', 'resolved'] as const
const ONLY = ['waiting', 'reopened', 'ordered'] as const

const NO_FILTER = {
  q: undefined,
  status: undefined,
  priority: undefined,
  category: undefined,
  assignee: undefined,
  requester: undefined,
  organization: undefined,
  service: undefined,
  created_from: undefined,
  created_to: undefined,
  answered_from: undefined,
  answered_to: undefined,
  resolved_from: undefined,
  resolved_to: undefined,
  waiting: undefined,
  reopened: undefined,
  ordered: undefined,
} as const satisfies TicketsSearch

interface TicketFiltersProps {
  search: TicketsSearch
  onChange: (changes: Partial<TicketsSearch>) => void
}

/** Search and filters of the ticket list; all of them live in the address. */
export function TicketFilters({ search, onChange }: TicketFiltersProps) {
  const t = useT()
  const shared = useSharedT()
  const main = useMainSearch()
  const id = useId()
  const { requester, organization, service } = search
  const rare = [
    requester,
    organization,
    service,
    ...TIMES.flatMap((time) => [search[`${time}_from`], search[`${time}_to`]]),
    ...ONLY.map((name) => search[name]),
  ].filter(Boolean).length
  const [open, setOpen] = useState(rare > 0)

  return (
    <search>
      <div className={classes.bar}>
        <SearchField
          {...main}
          className={classes.search ?? ''}
          aria-label={t('tickets.search')}
          placeholder={t('tickets.search')}
          value={search.q}
          onSearch={(q) => onChange({ q })}
        />
        <FilterMenu
          label={t('field.status')}
          options={STATUSES.map((value) => ({ value, label: statusLabel(value, shared) }))}
          value={search.status}
          onChange={(status) => onChange({ status })}
        />
        <FilterMenu
          label={t('field.priority')}
          options={PRIORITIES.map((value) => ({ value, label: priorityLabel(value, shared) }))}
          value={search.priority}
          onChange={(priority) => onChange({ priority })}
        />
        <FilterMenu
          label={t('field.category')}
          options={CATEGORIES.map((value) => ({ value, label: categoryLabel(value, shared) }))}
          value={search.category}
          onChange={(category) => onChange({ category })}
        />
        <StaffPicker
          className={classes.select ?? ''}
          aria-label={t('field.assignee')}
          placeholder={t('tickets.any_assignee')}
          before={[
            { value: 'me', label: t('pick.mine') },
            { value: 'none', label: t('pick.nobody') },
          ]}
          value={search.assignee}
          onChange={(assignee) => onChange({ assignee })}
        />
        <Button
          variant="default"
          className={classes.filter ?? ''}
          data-set={rare > 0}
          leftSection={<SlidersHorizontal size={15} aria-hidden />}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {rare > 0 ? t('tickets.more_filters_set', { count: rare }) : t('tickets.more_filters')}
        </Button>
        <ClearFilters search={search} none={NO_FILTER} onChange={onChange} />
        <Select
          className={`${classes.select} ${classes.order}`}
          aria-label={t('tickets.sort')}
          allowDeselect={false}
          data={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
          value={search.sort ?? DEFAULT_SORT}
          onChange={(sort) => onChange({ sort: SORTS.find((item) => item === sort) })}
        />
      </div>
      <div id={id}>
        {open && (
          <div className={classes.more}>
            <CustomerPicker
              label={t('field.requester')}
              placeholder={t('pick.anybody')}
              value={requester}
              onChange={(value) => onChange({ requester: value })}
            />
            <OrganizationPicker
              label={t('field.organization')}
              placeholder={t('pick.any')}
              value={organization}
              onChange={(value) => onChange({ organization: value })}
            />
            <ServicePicker
              label={t('field.service')}
              placeholder={t('pick.any')}
              value={service}
              onChange={(value) => onChange({ service: value })}
            />
            {TIMES.map((time) => (
              <Fragment key={time}>
                <TextInput
                  type="date"
                  label={t(`tickets.${time}_from`)}
                  max={search[`${time}_to`]}
                  value={search[`${time}_from`] ?? ''}
                  onChange={(event) => onChange({ [`${time}_from`]: event.currentTarget.value || undefined })}
                />
                <TextInput
                  type="date"
                  label={t(`tickets.${time}_to`)}
                  min={search[`${time}_from`]}
                  value={search[`${time}_to`] ?? ''}
                  onChange={(event) => onChange({ [`${time}_to`]: event.currentTarget.value || undefined })}
                />
              </Fragment>
            ))}
            <Stack gap="xs" role="group" aria-label={t('tickets.only')}>
              {ONLY.map((name) => (
                <Checkbox
                  key={name}
                  label={t(`tickets.${name}`)}
                  checked={search[name] === 'true'}
                  onChange={(event) =>
                    onChange({ [name]: event.currentTarget.checked ? ('true' as const) : undefined })
                  }
                />
              ))}
            </Stack>
          </div>
        )}
      </div>
    </search>
  )
}
