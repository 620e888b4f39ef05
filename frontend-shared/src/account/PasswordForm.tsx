import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useApiMutation } from '../api/mutation.ts'
import { ProblemError } from '@bsm-platform/client'
import { passwordError } from '../auth/SetPasswordForm.tsx'
import { useSharedT } from '../i18n/catalogs.ts'
import { useMe, useSession } from '../session/SessionProvider.tsx'
import { accountApi, sessionsKey } from './api.ts'

/** Another password: the old one is asked for, and all other sign-ins end. */
export function PasswordForm() {
  const t = useSharedT()
  const me = useMe()
  const session = useSession()
  const client = useQueryClient()
  const form = useForm({
    initialValues: { current_password: '', password: '' },
    validate: {
      current_password: (value) => (value ? null : t('field.required')),
      password: (value) => passwordError(value, t),
    },
  })
  const change = useApiMutation({
    run: (values: typeof form.values) => accountApi(session).changePassword(values),
    form,
    onDone: () => {
      form.reset()
      void client.invalidateQueries({ queryKey: sessionsKey })
    },
    notice: t('profile.password_changed'),
    onFailed: (error) => {
      const wrong =
        error instanceof ProblemError && error.problem.errors?.some(({ code }) => code === 'wrong_password')
      if (wrong) form.setFieldError('current_password', t('profile.wrong_password'))
      return wrong === true
    },
  })
  const eye = { 'aria-label': t('auth.show_password') }
  return (
    <form noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack>
        {/* Password managers need to know whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={me.email} readOnly hidden />
        <PasswordInput
          label={t('profile.current_password')}
          autoComplete="current-password"
          maxLength={128}
          visibilityToggleButtonProps={eye}
          {...form.getInputProps('current_password')}
        />
        <PasswordInput
          label={t('auth.new_password')}
          description={t('auth.password_help')}
          autoComplete="new-password"
          visibilityToggleButtonProps={eye}
          {...form.getInputProps('password')}
        />
        <Text size="xs" c="dimmed">
          {t('profile.password_ends')}
        </Text>
        <Button type="submit" variant="default" loading={change.isPending}>
          {t('profile.change_password')}
        </Button>
      </Stack>
    </form>
  )
}
