import { Alert, Button, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect, useState } from 'react'
import { errorText, fieldErrors, requestIdOf } from '../api/errors.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { resetPassword } from '../session/auth.ts'
import { RequestId } from '../ui/RequestId.tsx'

export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128

function tokenInAddress(): string {
  return new URLSearchParams(location.hash.slice(1)).get('token') ?? ''
}

/** Sets a password with the token of a link (`…/set-password#token=…`). */
export function SetPasswordForm({ onDone }: { onDone: () => void }) {
  const t = useSharedT()
  const [token] = useState(tokenInAddress)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const form = useForm({
    initialValues: { password: '' },
    validate: {
      password: (value) => {
        const length = Array.from(value).length
        if (length < PASSWORD_MIN) return t('field.too_short_by', { count: PASSWORD_MIN })
        return length > PASSWORD_MAX ? t('field.too_long_by', { count: PASSWORD_MAX }) : null
      },
    },
  })

  // The token leaves the address bar and the history as soon as it is read.
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname + location.search)
  }, [])

  if (!token) return <Alert color="yellow">{t('auth.link_missing')}</Alert>

  const submit = form.onSubmit(async ({ password }) => {
    setFailure(null)
    setBusy(true)
    try {
      await resetPassword({ token, password })
      onDone()
    } catch (error) {
      const errors = fieldErrors(error, t)
      if (errors['password']) form.setErrors(errors)
      else setFailure(error)
    } finally {
      setBusy(false)
    }
  })

  return (
    <form onSubmit={submit} noValidate>
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
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={busy}>
          {t('auth.set_password')}
        </Button>
      </Stack>
    </form>
  )
}
