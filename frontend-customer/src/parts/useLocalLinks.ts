import { useGo } from 'frontend-shared/routing'
import { useEffect } from 'react'

const BASE = import.meta.env.BASE_URL

/**
 * Follows links of articles and messages that lead into this portal without loading it
 * anew. The rest of the page uses `AppLink`, which has handled its clicks already.
 */
export function useLocalLinks(): void {
  const go = useGo()
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || link.target === '_blank' || link.hash || link.origin !== location.origin) return
      if (!link.pathname.startsWith(BASE)) return
      event.preventDefault()
      void go(`/${link.pathname.slice(BASE.length)}${link.search}`)
    }
    document.addEventListener('click', follow)
    return () => document.removeEventListener('click', follow)
  }, [go])
}
