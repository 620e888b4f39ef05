import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { NoticesProvider } from '../ui/Notices.tsx'
import { useApiMutation } from './mutation.ts'

afterEach(cleanup)

function Around({ children }: { children: ReactNode }) {
  return (
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <NoticesProvider>{children}</NoticesProvider>
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
