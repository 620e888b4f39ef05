import { Button } from '@mantine/core'
import { X } from 'lucide-react'
import { AUDIT_ACTIONS } from '../../api/auditActions.ts'
import { useT } from '../../i18n/people.ts'
import { ClearFilters } from '../../parts/ClearFilters.tsx'
import { DayInputs } from '../../parts/DayInputs.tsx'
import { FilterMenu } from '../../parts/FilterMenu.tsx'
import { StaffPicker } from '../../parts/pickers.tsx'
import type { AuditSearch } from '../../paths.ts'
import classes from '../../parts/filters.module.css'

export const NO_FILTER = {
  action: undefined,
  actor: undefined,
  subject: undefined,
  from: undefined,
  to: undefined,
} as const satisfies AuditSearch

interface AuditFiltersProps {
  search: AuditSearch
  onChange: (changes: Partial<AuditSearch>) => void
}

/** Which rows of the audit are listed; kept in the address. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const t = useT()
  return (
    <search className={classes.bar}>
      <FilterMenu
        label={t('audit.what')}
        options={AUDIT_ACTIONS.map((value) => ({
          value: value as string,
          label: t(`audit.action.${value}`),
        }))}
        value={search.action}
        onChange={(action) => onChange({ action })}
      />
      <StaffPicker
        className={classes.select ?? ''}
        aria-label={t('audit.who')}
        placeholder={t('audit.any_actor')}
        value={search.actor}
        onChange={(actor) => onChange({ actor })}
      />
      <DayInputs from={search.from} to={search.to} onChange={onChange} />
      {search.subject !== undefined && (
        <Button
          variant="light"
          rightSection={<X size={15} aria-hidden />}
          onClick={() => onChange({ subject: undefined })}
        >
          {t('audit.of_subject')}
        </Button>
      )}
      <ClearFilters search={search} none={NO_FILTER} onChange={onChange} />
    </search>
  )
}
