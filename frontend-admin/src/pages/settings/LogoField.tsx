import { Button, Group, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { apiUrl, errorText, hasCode, useApiMutation } from 'frontend-shared/api'
import { brandingKey } from 'frontend-shared/branding'
import { useSharedT } from 'frontend-shared/i18n'
import { ImageUp, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { keys } from '../../api/keys.ts'
import { putLogo, removeLogo, type EditedSettings } from '../../api/settings.ts'
import { useT } from '../../i18n/settings.ts'
import classes from './settings.module.css'

const LARGEST = 256 * 1024
const KINDS = ['image/png', 'image/jpeg', 'image/webp']

/** The bytes of a file in base64. */
async function base64(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result)))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')))
    reader.readAsDataURL(file)
  })
  return url.slice(url.indexOf(',') + 1)
}

/** The logo; another one is shown to everybody at once. */
export function LogoField({ logo }: { logo: { url: string; width: number; height: number } | null }) {
  const t = useT()
  const shared = useSharedT()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<string | null>(null)

  const keep = (saved: EditedSettings) => {
    client.setQueryData(keys.settings(), saved)
    void client.invalidateQueries({ queryKey: brandingKey })
  }
  const put = useApiMutation({
    run: putLogo,
    onDone: keep,
    notice: t('settings.logo_saved'),
    onFailed: (failure) => {
      const bad = hasCode(failure, 'invalid_body')
      setError(bad ? t('settings.logo_refused') : errorText(failure, shared))
      return true
    },
  })
  const remove = useApiMutation({ run: removeLogo, onDone: keep, notice: t('settings.logo_removed') })

  const take = async (file: File | undefined) => {
    if (!file) return
    setError(null)
    if (!KINDS.includes(file.type) || file.size > LARGEST) setError(t('settings.logo_refused'))
    else put.mutate(await base64(file))
  }

  return (
    <div role="group" aria-labelledby="logo-label">
      <Text id="logo-label" className={classes.label}>
        {t('settings.logo')}
      </Text>
      <Group>
        {logo && (
          <span className={classes.plate}>
            <img
              className={classes.logo}
              src={apiUrl(logo.url)}
              width={logo.width}
              height={logo.height}
              alt={t('settings.logo_now')}
            />
          </span>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept={KINDS.join(',')}
          aria-label={t('settings.logo_file')}
          onChange={(event) => {
            void take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
        <Button
          variant="default"
          leftSection={<ImageUp size={16} aria-hidden />}
          loading={put.isPending}
          aria-describedby="logo-help"
          onClick={() => input.current?.click()}
        >
          {t(logo ? 'settings.logo_replace' : 'settings.logo_choose')}
        </Button>
        {logo && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<Trash2 size={16} aria-hidden />}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t('settings.logo_remove')}
          </Button>
        )}
      </Group>
      <p id="logo-help" className={classes.help} data-bad={error !== null} role="status">
        {error ?? t('settings.logo_help')}
      </p>
    </div>
  )
}
