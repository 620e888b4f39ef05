import { Button, TextInput } from '@mantine/core'
import { X } from 'lucide-react'
import { AUDIT_ACTIONS } from '../../api/auditActions.ts'
import { useT } from '../../i18n/people.ts'
import { FilterMenu } from '../../parts/FilterMenu.tsx'
import { StaffPicker } from '../../parts/pickers.tsx'
import type { AuditSearch } from '../../paths.ts'
import classes from '../../parts/filters.module.css'

interface AuditFiltersProps {
  search: AuditSearch
  onChange: (changes: Partial<AuditSearch>) => void
}

/** Which rows of the audit are listed; kept in the address. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const t = useT()
  const any = Object.values(search).some((value) => value !== undefined)
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
      <label className={classes.day}>
        {t('feedback.from')}
        <TextInput
          type="date"
          max={search.to}
          value={search.from ?? ''}
          onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
        />
      </label>
      <label className={classes.day}>
        {t('feedback.to')}
        <TextInput
          type="date"
          min={search.from}
          value={search.to ?? ''}
          onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
        />
      </label>
      {search.subject !== undefined && (
        <Button
          variant="light"
          rightSection={<X size={15} aria-hidden />}
          onClick={() => onChange({ subject: undefined })}
        >
          {t('audit.of_subject')}
        </Button>
      )}
      {any && (
        <Button
          variant="subtle"
          leftSection={<X size={15} aria-hidden />}
          onClick={() =>
            onChange({
              action: undefined,
              actor: undefined,
              subject: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          {t('common.clear_filters')}
        </Button>
      )}
    </search>
  )
}
