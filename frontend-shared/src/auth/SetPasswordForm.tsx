import { Alert, Button, PasswordInput, Stack } from '@mantine/core'
import { useEffect, useState, type FormEvent } from 'react'
import { errorText, fieldErrors, requestIdOf } from '../api/errors.ts'
import { useSharedT, type SharedTranslate } from '../i18n/catalogs.ts'
import { resetPassword } from '../session/auth.ts'
import { RequestId } from '../ui/RequestId.tsx'

const PASSWORD_MIN = 10
const PASSWORD_MAX = 128

/** What is wrong with a new password before the server has seen it; null for nothing. */
export function passwordError(password: string, t: SharedTranslate): string | null {
  const length = Array.from(password).length
  if (length < PASSWORD_MIN) return t('field.too_short_by', { count: PASSWORD_MIN })
  return length > PASSWORD_MAX ? t('field.too_long_by', { count: PASSWORD_MAX }) : null
}

function tokenInAddress(): string {
  return new URLSearchParams(location.hash.slice(1)).get('token') ?? ''
}

/** Sets a password with the token of a link (`…/set-password#token=…`). */
export function SetPasswordForm({ onDone }: { onDone: () => void }) {
  const t = useSharedT()
  const [token] = useState(tokenInAddress)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [password, setPassword] = useState('')
  const [badField, setBadField] = useState<string | null>(null)

  // The token leaves the address bar and the history as soon as it is read.
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname + location.search)
  }, [])

  if (!token) return <Alert color="yellow">{t('auth.link_missing')}</Alert>

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const bad = passwordError(password, t)
    setBadField(bad)
    setFailure(null)
    if (bad) return
    setBusy(true)
    try {
      await resetPassword({ token, password })
      onDone()
    } catch (error) {
      const refused = fieldErrors(error, t)['password']
      if (refused) setBadField(refused)
      else setFailure(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {failure !== null && (
          <Alert color="red" role="alert">
            {errorText(failure, t)}
            <RequestId id={requestIdOf(failure)} />
          </Alert>
        )}
        <PasswordInput
          label={t('auth.new_password')}
          description={t('auth.password_help')}
          autoComplete="new-password"
          autoFocus
          size="md"
          visibilityToggleButtonProps={{ 'aria-label': t('auth.show_password') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={badField}
        />
        <Button type="submit" size="md" loading={busy}>
          {t('auth.set_password')}
        </Button>
      </Stack>
    </form>
  )
}
