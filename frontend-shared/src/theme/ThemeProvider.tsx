import {
  MantineProvider,
  localStorageColorSchemeManager,
  useMantineColorScheme,
  type MantineThemeOverride,
} from '@mantine/core'
import type { ReactNode } from 'react'

export type ColorScheme = 'light' | 'dark' | 'auto'

const manager = localStorageColorSchemeManager({ key: 'bsm-color-scheme' })

/**
 * The theme for everything below. Writes no `<style>` element: variables come from the
 * style sheet made at build time, responsive helpers of the library are switched off.
 */
export function ThemeProvider(props: { theme: MantineThemeOverride; children: ReactNode }) {
  return (
    <MantineProvider
      theme={props.theme}
      colorSchemeManager={manager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {props.children}
    </MantineProvider>
  )
}

/** The chosen scheme (`auto` follows the system) and its setter; kept on this device. */
export function useColorScheme(): [ColorScheme, (scheme: ColorScheme) => void] {
  // Holding transitions back would write a <style> element, which the content security policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  return [colorScheme, setColorScheme]
}
