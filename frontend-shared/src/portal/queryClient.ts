import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from '@bsm-platform/client'

const RETRIES = 2

/**
 * The one place that holds server data. Events keep it fresh, so data counts as fresh for
 * long; only failures that may pass by themselves are tried again.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (failures, error) =>
          failures < RETRIES && error instanceof ProblemError && error.isTemporary && error.status !== 429,
        retryDelay: (attempt) => 400 * 2 ** attempt,
      },
      mutations: { networkMode: 'always' },
    },
  })
}
