import { Alert, Button, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { errorText, requestIdOf } from '../api/errors.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { forgotPassword } from '../session/auth.ts'
import { RequestId } from '../ui/RequestId.tsx'

/** Asks the desk for a new password. What it answers tells nothing about who has an account. */
export function ForgotPasswordForm() {
  const t = useSharedT()
  const [email, setEmail] = useState('')
  const [bad, setBad] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState(false)

  if (asked) {
    return (
      <Alert color="green" role="status" title={t('forgot.heard')}>
        {t('forgot.heard_detail')}
      </Alert>
    )
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const address = email.trim()
    const wrong = /^\S+@\S+\.\S+$/.test(address) ? null : t('field.email')
    setBad(wrong)
    setFailure(null)
    if (wrong !== null) return
    setBusy(true)
    try {
      await forgotPassword(address)
      setAsked(true)
    } catch (error) {
      setFailure(error)
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
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          autoFocus
          size="md"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={bad}
        />
        <Button type="submit" size="md" loading={busy}>
          {t('forgot.submit')}
        </Button>
      </Stack>
    </form>
  )
}
