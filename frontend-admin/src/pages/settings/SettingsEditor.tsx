import { Button, NumberInput, Stack, Switch, TextInput } from '@mantine/core'
import { useSharedT } from 'frontend-shared/i18n'
import { Page, Panel, useNotices, WithAside } from 'frontend-shared/ui'
import { keys } from '../../api/keys.ts'
import { patchSettings, type EditedSettings } from '../../api/settings.ts'
import { useT } from '../../i18n/settings.ts'
import { EditorNotices } from '../../parts/EditorNotices.tsx'
import { useContentEditor } from '../../parts/useContentEditor.ts'
import { BrandPreview } from './BrandPreview.tsx'
import { ColourField } from './ColourField.tsx'
import { LogoField } from './LogoField.tsx'
import { SettingsConflict } from './SettingsConflict.tsx'
import classes from './settings.module.css'
import { AUTO_CLOSE_DEFAULT, valuesOf, wholeColour, type SettingsValues } from './values.ts'

const DAYS = { min: 1, max: 365, clampBehavior: 'none', allowDecimal: false } as const

/** Edits the settings; what is typed is kept on this device until it is saved. */
export function SettingsEditor({ settings }: { settings: EditedSettings }) {
  const t = useT()
  const shared = useSharedT()
  const notices = useNotices()
  const editor = useContentEditor<EditedSettings, SettingsValues>({
    name: 'settings',
    resource: settings,
    initial: valuesOf(settings),
    valuesOf,
    check: (values) => ({
      ...(values.rating_window_days === null && { rating_window_days: shared('field.required') }),
      ...(values.accent_colour !== null &&
        wholeColour(values.accent_colour) === null && { accent_colour: t('settings.colour_form') }),
    }),
    create: () => Promise.resolve(settings),
    // The check has seen that the window is a number.
    patch: (version, changes) => patchSettings(version, changes as Parameters<typeof patchSettings>[1]),
    keyOf: keys.settings,
    listKey: keys.settings(),
  })
  const { values, errors, set } = editor
  const saved = () => notices.success(t('settings.saved'))

  return (
    <Page
      title={t('settings.title')}
      intro={t('settings.intro')}
      actions={
        <>
          {editor.dirty && (
            <Button variant="default" onClick={editor.discard}>
              {t('common.discard')}
            </Button>
          )}
          <Button disabled={!editor.dirty} loading={editor.busy} onClick={() => editor.save(saved)}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <EditorNotices restored={editor.restored} overtaken={editor.overtaken} onDiscard={editor.discard} />
      <WithAside
        aside={
          <BrandPreview
            brandName={values.brand_name}
            colour={wholeColour(values.accent_colour)}
            logo={settings.logo ?? null}
          />
        }
      >
        <Panel title={t('settings.look')}>
          <Stack>
            <TextInput
              label={t('settings.brand_name')}
              description={t('settings.brand_name_help')}
              maxLength={40}
              value={values.brand_name ?? ''}
              onChange={(event) => set({ brand_name: event.currentTarget.value || null })}
              error={errors['brand_name']}
            />
            <ColourField
              value={values.accent_colour}
              onChange={(accent_colour) => set({ accent_colour })}
              error={errors['accent_colour']}
            />
            <LogoField logo={settings.logo ?? null} />
          </Stack>
        </Panel>
        <Panel title={t('settings.tickets')}>
          <Stack>
            <Switch
              label={t('settings.auto_close')}
              description={t('settings.auto_close_help')}
              checked={values.auto_close_days !== null}
              onChange={(event) =>
                set({ auto_close_days: event.currentTarget.checked ? AUTO_CLOSE_DEFAULT : null })
              }
            />
            {values.auto_close_days !== null && (
              <NumberInput
                {...DAYS}
                label={t('settings.auto_close_days')}
                classNames={{ wrapper: classes.days ?? '' }}
                value={values.auto_close_days}
                onChange={(days) => typeof days === 'number' && set({ auto_close_days: days })}
                error={errors['auto_close_days']}
              />
            )}
            <NumberInput
              {...DAYS}
              label={t('settings.rating_window')}
              description={t('settings.rating_window_help')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              classNames={{ wrapper: classes.days ?? '' }}
              value={values.rating_window_days ?? ''}
              onChange={(days) => set({ rating_window_days: typeof days === 'number' ? days : null })}
              error={errors['rating_window_days']}
            />
          </Stack>
        </Panel>
        <Panel title={t('settings.accounts')}>
          <Switch
            label={t('settings.registration')}
            description={t('settings.registration_help')}
            checked={values.registration_open}
            onChange={(event) => set({ registration_open: event.currentTarget.checked })}
          />
        </Panel>
      </WithAside>
      {editor.conflict && (
        <SettingsConflict conflict={editor.conflict} values={values} busy={editor.busy} onSaved={saved} />
      )}
    </Page>
  )
}
