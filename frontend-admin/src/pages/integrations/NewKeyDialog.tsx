import { Button, Checkbox, Fieldset, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { unwrap, useApiMutation } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useState, type FormEvent } from 'react'
import {
  isForOneOrganization,
  SCOPE_GROUPS,
  SCOPES,
  type ApiKey,
  type NewApiKey,
  type Scope,
  type ScopeGroup,
} from '../../api/apiKeys.ts'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/integrations.ts'
import { OrganizationPicker } from '../../parts/pickers.tsx'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'
import { api } from '../../portal.ts'

interface NewKeyDialogProps {
  onClose: () => void
  onMade: (key: ApiKey) => void
}

const DAY_MS = 86_400_000
const NEVER = 'never'
const DAYS = ['30', '90', '365'] as const

/** What a new key is called, what it opens, to whose things, and until when. */
export function NewKeyDialog({ onClose, onMade }: NewKeyDialogProps) {
  const t = useT()
  const shared = useSharedT()
  useReturnFocus()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>([])
  const [organization, setOrganization] = useState<string>()
  const [days, setDays] = useState<string>(NEVER)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const create = useApiMutation({
    run: (body: NewApiKey, once) =>
      unwrap(api.POST('/api/admin/api-keys', { params: { header: once }, body })),
    invalidates: () => [keys.apiKeys()],
    onDone: (made) => onMade(made),
    form: { setErrors },
  })
  const opens = (group: ScopeGroup) => organization === undefined || isForOneOrganization(group)
  const chosen = SCOPE_GROUPS.filter(opens).flatMap((group) =>
    SCOPES[group].filter((scope: Scope) => scopes.includes(scope)),
  )

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found: Record<string, string> = {}
    if (name.trim() === '') found['name'] = shared('field.required')
    if (chosen.length === 0) found['scopes'] = t('keys.scopes_none')
    setErrors(found)
    if (Object.keys(found).length > 0) return
    create.mutate({
      name: name.trim(),
      scopes: chosen,
      organization_id: organization ?? null,
      expires_at: days === NEVER ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
    })
  }
  const label = (choice: string) =>
    choice === '365' ? t('keys.expires_year') : t('keys.expires_days', { count: Number(choice) })

  return (
    <Modal opened onClose={onClose} title={t('keys.new')} size="lg">
      <form noValidate onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('keys.name')}
            description={t('keys.name_help')}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={errors['name']}
            data-autofocus
          />
          <OrganizationPicker
            label={t('keys.organization')}
            description={t('keys.organization_help')}
            placeholder={t('keys.organization_all')}
            value={organization}
            onChange={setOrganization}
            error={errors['organization_id']}
          />
          <Checkbox.Group
            label={t('keys.scopes')}
            description={t('keys.scopes_help')}
            value={chosen}
            onChange={(values) => setScopes(values as Scope[])}
            error={errors['scopes']}
          >
            <Stack gap="sm" mt="xs">
              {SCOPE_GROUPS.map((group) => (
                <Fieldset key={group} legend={t(`scopes.${group}`)} disabled={!opens(group)}>
                  <Stack gap="xs">
                    {!opens(group) && (
                      <Text size="xs" c="dimmed">
                        {t('scopes.not_by_organization')}
                      </Text>
                    )}
                    {SCOPES[group].map((scope) => (
                      <Checkbox
                        key={scope}
                        value={scope}
                        label={scope}
                        description={t(`scope.${scope}`)}
                        disabled={!opens(group)}
                      />
                    ))}
                  </Stack>
                </Fieldset>
              ))}
            </Stack>
          </Checkbox.Group>
          <Select
            label={t('keys.expires')}
            data={[
              { value: NEVER, label: t('keys.expires_never') },
              ...DAYS.map((choice) => ({ value: choice, label: label(choice) })),
            ]}
            value={days}
            allowDeselect={false}
            onChange={(value) => setDays(value ?? NEVER)}
            error={errors['expires_at']}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('common.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('keys.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
