import { cleanup, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, it } from 'vitest'
import { LocaleContext, localeOf, useZone } from './locale.ts'

afterEach(cleanup)

function zoneWith(chosen: string | null): string {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <LocaleContext value={localeOf('en', chosen)}>{children}</LocaleContext>
  )
  return renderHook(() => useZone(), { wrapper }).result.current
}

it("counts days in the zone that was chosen, else in the browser's", () => {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
  expect(zoneWith('Asia/Kolkata')).toBe('Asia/Kolkata')
  expect(zoneWith(null)).toBe(own)
  expect(zoneWith('Mars/Olympus')).toBe(own)
})
