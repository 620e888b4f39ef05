import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router'
import { act, cleanup, renderHook, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { NoticesProvider } from '../ui/Notices.tsx'
import type { Once } from './callKeys.ts'
import { useApiMutation } from './mutation.ts'
import { ProblemError } from '@bsm-platform/client'

afterEach(cleanup)

const client = new QueryClient()
const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() })

function Around({ children }: { children: ReactNode }) {
  return (
    <MantineProvider>
      <QueryClientProvider client={client}>
        <RouterContextProvider router={router}>
          <NoticesProvider>{children}</NoticesProvider>
        </RouterContextProvider>
      </QueryClientProvider>
    </MantineProvider>
  )
}

it('sends a double click once, different input as well, and the same again afterwards', async () => {
  const run = vi.fn((text: string) => Promise.resolve(text))
  const { result } = renderHook(() => useApiMutation({ run }), { wrapper: Around })
  await act(async () => {
    result.current.mutate('reply')
    result.current.mutate('reply')
    result.current.mutate('note')
  })
  expect(run.mock.calls.map(([text]) => text)).toEqual(['reply', 'note'])
  await act(async () => result.current.mutate('reply'))
  expect(run).toHaveBeenCalledTimes(3)
})

it('lets the same be tried again after it failed', async () => {
  const run = vi.fn(() => Promise.reject(new Error('no network')))
  const { result } = renderHook(() => useApiMutation({ run }), { wrapper: Around })
  await act(async () => result.current.mutate())
  await act(async () => result.current.mutate())
  expect(run).toHaveBeenCalledTimes(2)
})

it('keeps the key of an open form until it is done, and makes another for the next', async () => {
  const keys: string[] = []
  const answers = [Promise.reject(new Error('no network')), Promise.resolve('a'), Promise.resolve('b')]
  const run = (_: string, once: Once) => {
    keys.push(once['Idempotency-Key'])
    return answers.shift() as Promise<string>
  }
  const { result } = renderHook(() => useApiMutation({ run }), { wrapper: Around })
  for (const text of ['a', 'a', 'b']) await act(async () => result.current.mutate(text))
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

it('shows what the first call made, where something else was sent after it', async () => {
  const reused = new ProblemError({
    type: '',
    title: '',
    status: 422,
    detail: '',
    code: 'key_reused',
    request_id: 'r',
  })
  const answers = [new Error('no network'), reused, { number: 'TKT-7' }]
  const run = () => {
    const answer = answers.shift()
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as { number: string })
  }
  const made = ({ number }: { number: string }) => ({ name: number, to: `/tickets/${number}` })
  const { result } = renderHook(() => useApiMutation<string, { number: string }>({ run, made }), {
    wrapper: Around,
  })
  await act(async () => result.current.mutate('first'))
  await act(async () => result.current.mutate('second'))
  expect(screen.getByRole('link', { name: 'Open TKT-7' }).getAttribute('href')).toBe('/tickets/TKT-7')
})
