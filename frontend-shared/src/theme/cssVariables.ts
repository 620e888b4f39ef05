import {
  convertCssVariables,
  defaultCssVariablesResolver,
  mergeMantineTheme,
  DEFAULT_THEME,
  type ConvertCSSVariablesInput,
  type MantineThemeOverride,
} from '@mantine/core'
import { palette } from './palette.ts'

const color = (name: string, step: number) => `var(--mantine-color-${name}-${step})`

/** Our own tokens, by scheme. `--bsm-ground` is the page, `--bsm-surface` lies on it. */
function tokens(primary: string): ConvertCSSVariablesInput {
  return {
    variables: {
      '--bsm-accent': color(primary, 7),
      '--bsm-header-height': '3.75rem',
      '--bsm-nav-width': '14.5rem',
      '--bsm-page-width': '74rem',
      '--bsm-prose-width': '44rem',
    },
    light: {
      '--bsm-ground': color('gray', 0),
      '--bsm-surface': 'var(--mantine-color-white)',
      '--bsm-surface-sunken': color('gray', 1),
      '--bsm-surface-hover': color('gray', 1),
      '--bsm-border': color('gray', 2),
      '--bsm-border-strong': color('gray', 5),
      '--bsm-accent-text': color(primary, 8),
      '--bsm-accent-ground': color(primary, 1),
      '--bsm-accent-faint': color(primary, 0),
      '--bsm-mark': color('yellow', 2),
      '--bsm-note-ground': color('yellow', 0),
      '--bsm-note-border': color('yellow', 3),
      '--bsm-note-text': color('yellow', 8),
      '--bsm-star': color('yellow', 5),
      '--mantine-color-body': 'var(--mantine-color-white)',
      '--mantine-color-dimmed': color('gray', 7),
      '--mantine-color-placeholder': color('gray', 6),
      '--mantine-color-default-border': color('gray', 5),
      '--mantine-color-error': color('red', 7),
      '--mantine-color-success': color('green', 7),
    },
    dark: {
      '--bsm-ground': color('dark', 8),
      '--bsm-surface': color('dark', 7),
      '--bsm-surface-sunken': color('dark', 8),
      '--bsm-surface-hover': color('dark', 6),
      '--bsm-border': color('dark', 5),
      '--bsm-border-strong': color('dark', 3),
      '--bsm-accent-text': color(primary, 3),
      '--bsm-accent-ground': `color-mix(in srgb, ${color(primary, 6)} 22%, ${color('dark', 7)})`,
      '--bsm-accent-faint': `color-mix(in srgb, ${color(primary, 6)} 10%, ${color('dark', 7)})`,
      '--bsm-mark': color('yellow', 8),
      '--bsm-note-ground': `color-mix(in srgb, ${color('yellow', 6)} 14%, ${color('dark', 7)})`,
      '--bsm-note-border': color('yellow', 8),
      '--bsm-note-text': color('yellow', 3),
      '--bsm-star': color('yellow', 4),
      '--mantine-color-dimmed': color('dark', 2),
      '--mantine-color-placeholder': color('dark', 2),
      '--mantine-color-default': color('dark', 7),
      '--mantine-color-default-hover': color('dark', 6),
      '--mantine-color-default-border': color('dark', 3),
      '--mantine-color-error': color('red', 4),
      '--mantine-color-success': color('green', 4),
      '--mantine-color-anchor': color(primary, 3),
    },
  }
}

/** Text on a light ground (badges, light buttons) at a contrast that the library misses. */
function lightVariants(scheme: 'light' | 'dark'): Record<string, string> {
  const entries = Object.keys(palette)
    .filter((name) => name !== 'dark')
    .map((name) => [
      `--mantine-color-${name}-light-color`,
      `var(--mantine-color-${name}-${scheme === 'light' ? 8 : 3})`,
    ])
  return Object.fromEntries(entries) as Record<string, string>
}

const isUnusedColor = (variable: string) => {
  const name = /^--mantine-color-([a-z]+)-/.exec(variable)?.[1]
  return name !== undefined && name in DEFAULT_THEME.colors && !(name in palette)
}

function kept(variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !isUnusedColor(name)))
}

/**
 * The whole theme as one static style sheet. Made at build time, because the library's own
 * way (a `<style>` element at run time) is refused by `style-src 'self'`.
 */
export function themeCss(override: MantineThemeOverride): string {
  const theme = mergeMantineTheme(DEFAULT_THEME, override)
  const library = defaultCssVariablesResolver(theme)
  const own = tokens(theme.primaryColor)
  return convertCssVariables(
    {
      variables: kept({ ...library.variables, ...own.variables }),
      light: kept({ ...library.light, ...lightVariants('light'), ...own.light }),
      dark: kept({ ...library.dark, ...lightVariants('dark'), ...own.dark }),
    },
    ':root',
  )
}
