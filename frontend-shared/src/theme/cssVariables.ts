import {
  convertCssVariables,
  defaultCssVariablesResolver,
  mergeMantineTheme,
  DEFAULT_THEME,
  type ConvertCSSVariablesInput,
  type MantineThemeOverride,
} from '@mantine/core'
import { fieldBorder, palette } from './palette.ts'
import { ACCENT } from './theme.ts'

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
      '--bsm-border-strong': fieldBorder.light,
      '--bsm-accent-fill': `var(--bsm-brand-fill, ${color(primary, 7)})`,
      '--bsm-accent-fill-hover': `var(--bsm-brand-hover, ${color(primary, 8)})`,
      '--bsm-on-accent': 'var(--bsm-brand-text, var(--mantine-color-white))',
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
      '--mantine-color-default-border': color('gray', 3),
      '--mantine-color-error': color('red', 7),
      '--mantine-color-success': color('green', 7),
    },
    dark: {
      '--bsm-ground': color('dark', 8),
      '--bsm-surface': color('dark', 7),
      '--bsm-surface-sunken': color('dark', 8),
      '--bsm-surface-hover': color('dark', 6),
      '--bsm-border': color('dark', 5),
      '--bsm-border-strong': fieldBorder.dark,
      '--bsm-accent-fill': `var(--bsm-brand-fill-dark, ${color(primary, 7)})`,
      '--bsm-accent-fill-hover': `var(--bsm-brand-hover-dark, ${color(primary, 8)})`,
      '--bsm-on-accent': 'var(--bsm-brand-text-dark, var(--mantine-color-white))',
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
      '--mantine-color-default-border': color('dark', 4),
      '--mantine-color-error': color('red', 4),
      '--mantine-color-success': color('green', 4),
      '--mantine-color-anchor': color(primary, 3),
    },
  }
}

/**
 * The quiet variant of a colour (badges, alerts, light buttons): text at a contrast that the
 * library's own choice misses, on a ground that is no glaring patch on dark pages.
 */
function lightVariants(scheme: 'light' | 'dark'): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const name of [ACCENT, ...Object.keys(palette)]) {
    if (name === 'dark') continue
    const mixed = (percent: number) =>
      `color-mix(in srgb, ${color(name, 6)} ${percent}%, ${color('dark', 7)})`
    const [ground, hover, text] =
      scheme === 'light'
        ? [color(name, 1), color(name, 2), color(name, 8)]
        : [mixed(22), mixed(32), color(name, 3)]
    variables[`--mantine-color-${name}-light`] = ground
    variables[`--mantine-color-${name}-light-hover`] = hover
    variables[`--mantine-color-${name}-light-color`] = text
  }
  return variables
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
