import { Link, useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback, type ComponentPropsWithRef } from 'react'
import { parseSearch } from './search.ts'

/*
 * Addresses are made by each portal's path builder as plain text ("/tickets?status=open").
 * The router's own types know a portal's routes; shared parts cannot, hence the casts here
 * and nowhere else.
 */
function target(path: string) {
  const [to = '/', search = ''] = path.split('?', 2)
  return { to, search: parseSearch(search) } as { to: '.'; search: never }
}

interface AppLinkProps extends Omit<ComponentPropsWithRef<'a'>, 'href'> {
  /** From the path builder. */
  to: string
  /** Mark as the current page only on exactly this path; otherwise below it, too. */
  exact?: boolean
  /** For links that differ only in their search parameters: current only with exactly these. */
  withSearch?: boolean
}

/** A link inside the portal. `<Button component={AppLink} to={paths.tickets()}>` works. */
export function AppLink({ to, exact = false, withSearch = false, ...rest }: AppLinkProps) {
  return (
    <Link
      {...target(to)}
      activeOptions={{ exact: exact || withSearch, includeSearch: withSearch }}
      activeProps={{ 'aria-current': 'page' }}
      preload="intent"
      {...rest}
    />
  )
}

/** Goes to a path of the path builder: `const go = useGo(); go(paths.ticket(number))`. */
export function useGo(): (path: string, options?: { replace?: boolean }) => Promise<void> {
  const navigate = useNavigate()
  return useCallback(
    (path, options = {}) => navigate({ ...target(path), replace: options.replace ?? false }),
    [navigate],
  )
}

/**
 * The page's search parameters (already checked by its route) and a setter that merges,
 * keeps the place on the page and makes no new entry in the history.
 * `const [search, setSearch] = useUrlSearch<TicketsSearch>()`.
 */
export function useUrlSearch<S extends object>(): [S, (changes: Partial<S>) => void] {
  const router = useRouter()
  // The last match carries what its route and those above it have checked.
  const found: object = useRouterState({ select: (state): object => state.matches.at(-1)?.search ?? {} })
  const setSearch = useCallback(
    (changes: Partial<S>) => {
      void router.navigate({
        to: '.',
        search: ((before: S) => ({ ...before, ...changes })) as never,
        replace: true,
        resetScroll: false,
      })
    },
    [router],
  )
  return [found as S, setSearch]
}
