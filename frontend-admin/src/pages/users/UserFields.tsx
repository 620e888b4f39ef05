import { SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import type { OrganizationRole, OrgRef, Role } from 'frontend-shared/api'
import { useT } from '../../i18n/people.ts'
import { OrganizationPicker } from '../../parts/pickers.tsx'

export interface UserValues {
  name: string
  role: Role
  organization_id: string | null
  organization_role: OrganizationRole | null
}

const ROLES: Role[] = ['customer', 'agent', 'admin']

interface UserFieldsProps<V extends UserValues> {
  values: V
  onChange: (changes: Partial<UserValues>) => void
  errors: Record<string, string>
  organization?: OrgRef | null
  readOnly?: boolean
  /** One's own role cannot be taken away by oneself. */
  fixedRole?: boolean
}

/** Name, role and place of a person. Staff belong to no organization of customers. */
export function UserFields<V extends UserValues>(props: UserFieldsProps<V>) {
  const { values, onChange, errors, organization, readOnly = false, fixedRole = false } = props
  const t = useT()
  return (
    <Stack>
      <TextInput
        label={t('field.name')}
        withAsterisk={!readOnly}
        maxLength={120}
        autoComplete="off"
        readOnly={readOnly}
        value={values.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={errors['name']}
      />
      <Select
        label={t('field.role')}
        description={t(`role.${values.role}_detail`)}
        allowDeselect={false}
        readOnly={readOnly}
        disabled={fixedRole}
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        value={values.role}
        onChange={(value) => {
          const role = ROLES.find((item) => item === value)
          if (!role) return
          onChange(role === 'customer' ? { role } : { role, organization_id: null, organization_role: null })
        }}
        error={errors['role']}
      />
      {values.role === 'customer' && (
        <OrganizationPicker
          label={t('field.organization')}
          placeholder={t('users.no_organization')}
          readOnly={readOnly}
          clearable={!readOnly}
          known={organization ?? null}
          value={values.organization_id ?? undefined}
          onChange={(id) =>
            onChange({
              organization_id: id ?? null,
              organization_role: id ? (values.organization_role ?? 'member') : null,
            })
          }
          error={errors['organization_id']}
        />
      )}
      {values.organization_id !== null && (
        <div>
          <Text size="sm" fw={500} mb={4} id="organization-role">
            {t('users.organization_role')}
          </Text>
          <SegmentedControl
            aria-labelledby="organization-role"
            readOnly={readOnly}
            data={[
              { value: 'member', label: t('org_role.member') },
              { value: 'manager', label: t('org_role.manager') },
            ]}
            value={values.organization_role ?? 'member'}
            onChange={(value) => onChange({ organization_role: value === 'manager' ? 'manager' : 'member' })}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t(`org_role.${values.organization_role ?? 'member'}_detail`)}
          </Text>
        </div>
      )}
    </Stack>
  )
}
