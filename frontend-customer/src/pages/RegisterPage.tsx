import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { hasCode, useApiMutation } from 'frontend-shared/api'
import { AuthLayout, passwordError, register } from 'frontend-shared/auth'
import { useBranding } from 'frontend-shared/branding'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink, useGo } from 'frontend-shared/routing'
import { useSession } from 'frontend-shared/session'
import { useT } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { usePitch } from './pitch.ts'

export function RegisterPage() {
  const t = useT()
  const shared = useSharedT()
  const { registration_open: open } = useBranding()
  return (
    <AuthLayout
      portalName={t('portal.name')}
      title={t('register.title')}
      intro={open && t('register.intro')}
      pitch={usePitch()}
    >
      {open ? <RegisterForm /> : <Alert color="gray">{t('register.closed')}</Alert>}
      <Text size="sm" c="dimmed" ta="center">
        {t('register.have_account')}{' '}
        <Anchor component={AppLink} to={paths.signIn()} inherit fw={600}>
          {shared('auth.sign_in')}
        </Anchor>
      </Text>
    </AuthLayout>
  )
}

function RegisterForm() {
  const t = useT()
  const shared = useSharedT()
  const go = useGo()
  const session = useSession()
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: (value) => (value.trim() ? null : shared('field.required')),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : shared('field.email')),
      password: (value) => passwordError(value, shared),
    },
  })
  const create = useApiMutation({
    run: register,
    form,
    onDone: async (_, { email, password }) => {
      try {
        await session.signIn(email, password)
        await go(paths.dashboard(), { replace: true })
      } catch {
        // The account exists; signing in by hand tells what is wrong.
        await go(paths.signIn({ notice: 'registered' }), { replace: true })
      }
    },
    onFailed: (error) => {
      if (!hasCode(error, 'email_taken')) return false
      form.setFieldError('email', shared('auth.email_taken'))
      return true
    },
  })
  const submit = form.onSubmit((values) =>
    create.mutate({ ...values, name: values.name.trim(), email: values.email.trim() }),
  )

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={shared('auth.name')}
          autoComplete="name"
          size="md"
          maxLength={120}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={shared('auth.email')}
          type="email"
          autoComplete="username"
          size="md"
          maxLength={254}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={shared('auth.password')}
          description={shared('auth.password_help')}
          autoComplete="new-password"
          size="md"
          visibilityToggleButtonProps={{ 'aria-label': shared('auth.show_password') }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={create.isPending}>
          {t('register.submit')}
        </Button>
      </Stack>
    </form>
  )
}
