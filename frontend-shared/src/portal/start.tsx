import type { MantineThemeOverride } from '@mantine/core'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { RouterContextProvider, RouterProvider, type AnyRouter } from '@tanstack/react-router'
import { StrictMode, useEffect, useMemo, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { ThemeFollower } from '../account/useTheme.ts'
import { loadConfig } from '../api/config.ts'
import {
  BrandingProvider,
  dress,
  fetchBranding,
  keptBranding,
  plainBranding,
  type Branding,
} from '../branding/index.ts'
import { forgetDrafts } from '../forms/useFormDraft.ts'
import { LocaleContext, localeOf } from '../i18n/locale.ts'
import type { Session } from '../session/session.ts'
import { SessionProvider, useSessionState } from '../session/SessionProvider.tsx'
import { ThemeProvider } from '../theme/ThemeProvider.tsx'
import { NoticesProvider } from '../ui/Notices.tsx'
import { FailedStart } from './FailedStart.tsx'

interface PortalParts {
  /** Shown in the browser's tab: "Help Center". */
  name: string
  basePath: string
  theme: MantineThemeOverride
  session: Session
  queryClient: QueryClient
  router: AnyRouter
}

/** Reads the configuration, takes up the session and shows the portal in `#root`. */
export async function startPortal(parts: PortalParts): Promise<void> {
  const element = document.getElementById('root')
  if (!element) throw new Error('no #root element')
  document.title = parts.name
  const kept = keptBranding()
  dress(kept ?? plainBranding, parts.name)
  const root = createRoot(element)
  try {
    await loadConfig(parts.basePath)
  } catch {
    root.render(
      <ThemeProvider theme={parts.theme}>
        <FailedStart />
      </ThemeProvider>,
    )
    return
  }
  void parts.session.start()
  const branding = kept ?? (await firstBranding())
  forgetDataOfOthers(parts.session, parts.queryClient)
  root.render(
    <StrictMode>
      <ThemeProvider theme={parts.theme}>
        <QueryClientProvider client={parts.queryClient}>
          <SessionProvider session={parts.session}>
            <LocaleProvider>
              <BrandingProvider portalName={parts.name} initial={branding}>
                <ThemeFollower />
                <RouterContextProvider router={parts.router}>
                  <NoticesProvider>
                    <RouterProvider router={parts.router} />
                  </NoticesProvider>
                </RouterContextProvider>
              </BrandingProvider>
            </LocaleProvider>
          </SessionProvider>
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>,
  )
}

/** How long a first visit waits to learn how the desk looks. */
const PATIENCE_MS = 800

/** How the desk looks, for a browser that never saw it; plain where that takes too long. */
async function firstBranding(): Promise<Branding> {
  try {
    return await fetchBranding(AbortSignal.timeout(PATIENCE_MS))
  } catch {
    return plainBranding
  }
}

/** How long forms need to leave the screen, and to write down what is typed in them. */
const FORMS_GONE_MS = 100

/**
 * Empties the cache when the person changes, so that nobody sees another's data. Whoever signs
 * out leaves nothing on the device; of a session that ended by itself the unsent texts stay.
 */
function forgetDataOfOthers(session: Session, client: QueryClient): void {
  let last: string | null = null
  session.subscribe(() => {
    const state = session.getState()
    if (state.status === 'starting' || state.status === 'unreachable') return
    const user = state.status === 'signed_in' ? state.user.id : null
    if (last !== null && user !== last) client.clear()
    const left = state.status === 'signed_out' && state.reason === 'signed_out' ? last : null
    if (left !== null) setTimeout(() => forgetDrafts(left), FORMS_GONE_MS)
    last = user
  })
}

function LocaleProvider({ children }: { children: ReactNode }) {
  const state = useSessionState()
  const user = state.status === 'signed_in' ? state.user : null
  const language = user?.language ?? browserEnglish()
  const timeZone = user?.time_zone
  const locale = useMemo(() => localeOf(language, timeZone), [language, timeZone])
  useEffect(() => {
    document.documentElement.lang = locale.language
    document.documentElement.dir = locale.direction
  }, [locale])
  return <LocaleContext value={locale}>{children}</LocaleContext>
}

/** The reader's own English, so that dates have the order they know. */
function browserEnglish(): string {
  return navigator.languages.find((language) => language.startsWith('en')) ?? 'en'
}
