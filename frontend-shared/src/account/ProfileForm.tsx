import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useApiMutation } from '../api/mutation.ts'
import type { Me } from '../api/types.ts'
import { useFormDraft } from '../forms/useFormDraft.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { useLocale } from '../i18n/locale.ts'
import { useMe, useSession } from '../session/SessionProvider.tsx'
import { accountApi, type MeChanges } from './api.ts'

/** The languages that dates and numbers can be written in; the texts are English so far. */
const LANGUAGES = ['en-GB', 'en-US', 'en-IE', 'en-AU', 'en-CA', 'en-IN']
const BROWSER = 'browser'

type Values = Pick<Me, 'name' | 'language' | 'time_zone'>

const valuesOf = ({ name, language, time_zone }: Me): Values => ({ name, language, time_zone })

function changesTo(me: Me, values: Values): MeChanges {
  const stored = valuesOf(me)
  return Object.fromEntries(
    Object.entries(values).filter(([field, value]) => stored[field as keyof Values] !== value),
  )
}

/** Name, language and time zone. */
export function ProfileForm() {
  const t = useSharedT()
  const me = useMe()
  const session = useSession()
  const { language: shown } = useLocale()
  const draft = useFormDraft<{ values: Values | null }>('profile', { values: null })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const values = draft.values.values ?? valuesOf(me)
  const changes = changesTo(me, values)
  const dirty = Object.keys(changes).length > 0
  const set = (next: Partial<Values>) => draft.setValues({ values: { ...values, ...next } })

  const languages = useMemo(() => {
    const names = new Intl.DisplayNames([shown], { type: 'language' })
    const known = me.language === null || LANGUAGES.includes(me.language) ? [] : [me.language]
    return [...known, ...LANGUAGES].map((value) => ({ value, label: names.of(value) ?? value }))
  }, [shown, me.language])
  const zones = useMemo(() => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])], [])

  const save = useApiMutation({
    run: (wanted: MeChanges) => accountApi(session).change(wanted),
    form: { setErrors },
    onDone: (saved, sent) => {
      session.setUser(saved)
      setErrors({})
      // What was typed while it was saved is not saved, and stays.
      const later = changesTo({ ...me, ...sent }, draft.latest().values ?? valuesOf(saved))
      draft.clear()
      if (Object.keys(later).length > 0) draft.setValues({ values: { ...valuesOf(saved), ...later } })
    },
    notice: t('profile.saved'),
  })

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (values.name.trim() === '') setErrors({ name: t('field.required') })
        else if (dirty) save.mutate(changes)
      }}
    >
      <Stack>
        <TextInput
          label={t('auth.name')}
          autoComplete="name"
          maxLength={120}
          value={values.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={errors['name']}
        />
        <Select
          label={t('profile.language')}
          description={t('profile.language_help')}
          allowDeselect={false}
          data={[{ value: BROWSER, label: t('profile.browser') }, ...languages]}
          value={values.language ?? BROWSER}
          onChange={(language) => set({ language: language === BROWSER ? null : language })}
          error={errors['language']}
        />
        <Select
          label={t('profile.time_zone')}
          description={t('profile.time_zone_help')}
          allowDeselect={false}
          searchable
          nothingFoundMessage={t('profile.no_zone')}
          limit={60}
          data={[
            { value: BROWSER, label: t('profile.browser') },
            ...zones.map((value) => ({ value, label: value.replaceAll('_', ' ') })),
          ]}
          value={values.time_zone ?? BROWSER}
          onChange={(zone) => set({ time_zone: zone === BROWSER ? null : zone })}
          error={errors['time_zone']}
        />
        <Group justify="flex-end">
          {dirty && (
            <Button
              variant="default"
              onClick={() => {
                draft.clear()
                setErrors({})
              }}
            >
              {t('profile.discard')}
            </Button>
          )}
          <Button type="submit" disabled={!dirty} loading={save.isPending}>
            {t('profile.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
