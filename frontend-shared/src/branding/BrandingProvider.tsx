import { useQuery } from '@tanstack/react-query'
import { createContext, use, useEffect, useLayoutEffect, useMemo, type ReactNode } from 'react'
import { dress, fetchBranding, plainBranding, type Branding } from './store.ts'

/** The query of how the desk looks; `settings.updated` makes it stale. */
export const brandingKey = ['branding']

interface Dressed extends Branding {
  portalName: string
}

const BrandingContext = createContext<Dressed>({ ...plainBranding, portalName: '' })

interface BrandingProviderProps {
  portalName: string
  /** What is known at the start. */
  initial: Branding
  children: ReactNode
}

/** Keeps the page dressed as the settings say, from the first moment on and without a reload. */
export function BrandingProvider({ portalName, initial, children }: BrandingProviderProps) {
  const { data: branding, refetch } = useQuery({
    queryKey: brandingKey,
    queryFn: ({ signal }) => fetchBranding(signal),
    initialData: initial,
    initialDataUpdatedAt: 0,
  })
  useLayoutEffect(() => dress(branding, portalName), [branding, portalName])
  useEffect(() => {
    // Before the sign-in there is no stream; whoever comes back to the page looks anew.
    const look = () => {
      if (document.visibilityState === 'visible') void refetch()
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [refetch])
  const dressed = useMemo(() => ({ ...branding, portalName }), [branding, portalName])
  return <BrandingContext value={dressed}>{children}</BrandingContext>
}

export function useBranding(): Dressed {
  return use(BrandingContext)
}
