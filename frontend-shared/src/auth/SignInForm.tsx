import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useEffect, useState, type FormEvent, type ReactNode } from 'react'
import { config } from '../api/config.ts'
import { errorText, requestIdOf } from '../api/errors.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { AppLink, useGo } from '../routing/links.tsx'
import { useSession, useSessionState } from '../session/SessionProvider.tsx'
import { RequestId } from '../ui/RequestId.tsx'
import classes from './SignInForm.module.css'

interface SignInFormProps {
  /** Where to go once signed in. */
  next: string
  /** Said above the form, for instance after setting a password. */
  notice?: string | undefined
  /** Where to go without the password. */
  forgot: string
  /** Under the form: the way to an account. */
  children?: ReactNode
}

/** E-mail and password, and every way in which signing in can end. */
export function SignInForm({ next, notice, forgot, children }: SignInFormProps) {
  const t = useSharedT()
  const go = useGo()
  const session = useSession()
  const state = useSessionState()
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<{ email?: string; password?: string }>({})

  useEffect(() => {
    if (state.status === 'signed_in') void go(next, { replace: true })
  }, [state.status, go, next])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setErrors({
      ...(email.includes('@') ? {} : { email: t('field.email') }),
      ...(password ? {} : { password: t('field.required') }),
    })
    setFailure(null)
    if (!email.includes('@') || !password) return
    setBusy(true)
    try {
      await session.signIn(email.trim(), password)
    } catch (error) {
      setFailure(error)
      setPassword('')
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <SignInNotice failure={failure} notice={notice} />
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          autoFocus
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={errors.email}
        />
        <PasswordInput
          label={t('auth.password')}
          autoComplete="current-password"
          size="md"
          visibilityToggleButtonProps={{ 'aria-label': t('auth.show_password') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={errors.password}
        />
        <Anchor component={AppLink} to={forgot} size="sm" className={classes.forgot}>
          {t('forgot.link')}
        </Anchor>
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t('auth.sign_in')}
        </Button>
        {children}
      </Stack>
    </form>
  )
}

function SignInNotice({ failure, notice }: { failure: unknown; notice: string | undefined }) {
  const t = useSharedT()
  const state = useSessionState()
  if (failure) {
    return (
      <Alert color="red" role="alert">
        {errorText(failure, t)}
        <RequestId id={requestIdOf(failure)} />
      </Alert>
    )
  }
  if (state.status === 'wrong_portal') {
    const staff = state.user.role !== 'customer'
    const { admin_url = '/admin/', customer_url = '/customer/' } = config()
    return (
      <Alert color="yellow" role="alert">
        {t(staff ? 'auth.staff_here' : 'auth.customer_here')}{' '}
        <Anchor href={staff ? admin_url : customer_url} inherit fw={600} underline="always">
          {t(staff ? 'auth.open_admin' : 'auth.open_customer')}
        </Anchor>
      </Alert>
    )
  }
  if (state.status === 'signed_out' && state.reason === 'foreign_site') {
    return (
      <Alert color="red" role="alert">
        {t('auth.foreign_site')}
      </Alert>
    )
  }
  if (state.status === 'signed_out' && state.reason === 'expired') {
    return <Alert color="yellow">{t('auth.expired')}</Alert>
  }
  if (notice) return <Alert color="green">{notice}</Alert>
  if (state.status === 'signed_out' && state.reason === 'signed_out') {
    return <Alert color="gray">{t('auth.signed_out')}</Alert>
  }
  return null
}
