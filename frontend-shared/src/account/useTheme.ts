import { useEffect } from 'react'
import { errorText, requestIdOf } from '../api/errors.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { useSession, useSessionState } from '../session/SessionProvider.tsx'
import { useColorScheme, type ColorScheme } from '../theme/ThemeProvider.tsx'
import { useNotices } from '../ui/Notices.tsx'
import { accountApi } from './api.ts'

/** Light, dark or like the system: shown at once, and kept with the account for all devices. */
export function useTheme(): [ColorScheme, (scheme: ColorScheme) => void] {
  const t = useSharedT()
  const session = useSession()
  const notices = useNotices()
  const [scheme, show] = useColorScheme()
  const choose = (theme: ColorScheme) => {
    show(theme)
    accountApi(session)
      .change({ theme })
      .then((user) => session.setUser(user))
      .catch((error: unknown) => notices.error(errorText(error, t), requestIdOf(error)))
  }
  return [scheme, choose]
}

/** Shows the account's theme on this device, from the sign-in on and whenever it changes. */
export function ThemeFollower() {
  const state = useSessionState()
  const [, show] = useColorScheme()
  const theme = state.status === 'signed_in' ? state.user.theme : null
  useEffect(() => {
    if (theme !== null) show(theme)
    // Only the account's word counts here; the setter is another one after each change.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [theme])
  return null
}
