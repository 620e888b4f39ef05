import { Button, Select, TextInput } from '@mantine/core'
import { SlidersHorizontal, X } from 'lucide-react'
import type { Priority, Status, TicketCategory } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { categoryLabel, priorityLabel, SearchField, statusLabel } from 'frontend-shared/ui'
import { useId, useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { FilterMenu } from '../../parts/FilterMenu.tsx'
import { CustomerPicker, OrganizationPicker, ServicePicker, StaffPicker } from '../../parts/pickers.tsx'
import type { TicketsSearch } from '../../paths.ts'
import { useMainSearch } from '../../shortcuts/search.ts'
import { DEFAULT_SORT } from '../../api/tickets.ts'
import classes from '../../parts/filters.module.css'

const STATUSES: Status[] = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']
const PRIORITIES: Priority[] = ['urgent', 'high', 'normal', 'low']
const CATEGORIES: TicketCategory[] = ['customer_request', 'service_request', 'incident', 'question']
const SORTS = ['-updated_at', 'updated_at', '-created_at', 'created_at'] as const

const NOTHING: Partial<TicketsSearch> = {
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
}

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
  const { requester, organization, service, created_from, created_to } = search
  const rare = [requester, organization, service, created_from, created_to].filter(Boolean).length
  const [open, setOpen] = useState(rare > 0)
  const any = Object.keys(NOTHING).some((name) => search[name as keyof TicketsSearch] !== undefined)

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
        {any && (
          <Button
            variant="subtle"
            leftSection={<X size={15} aria-hidden />}
            onClick={() => onChange(NOTHING)}
          >
            {t('common.clear_filters')}
          </Button>
        )}
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
            <TextInput
              type="date"
              label={t('tickets.created_from')}
              max={created_to}
              value={created_from ?? ''}
              onChange={(event) => onChange({ created_from: event.currentTarget.value || undefined })}
            />
            <TextInput
              type="date"
              label={t('tickets.created_to')}
              min={created_from}
              value={created_to ?? ''}
              onChange={(event) => onChange({ created_to: event.currentTarget.value || undefined })}
            />
          </div>
        )}
      </div>
    </search>
  )
}
