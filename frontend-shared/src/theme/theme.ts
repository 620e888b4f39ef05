import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineThemeOverride,
  type VariantColorsResolver,
} from '@mantine/core'
import { ink, palette, paper, type PaletteColor } from './palette.ts'

/** The name of the accent among the theme's colours. */
export const ACCENT = 'accent'

const fontFamily = "'Figtree Variable', ui-sans-serif, system-ui, 'Segoe UI', Roboto, sans-serif"
const fontFamilyMonospace = "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', monospace"

/*
 * Dialogs lock the page's scroll by a rule in base.css instead of the library's own way,
 * which writes a <style> element that a strict content security policy refuses.
 */
const overlay = {
  lockScroll: false,
  overlayProps: { backgroundOpacity: 0.45, blur: 2 },
  closeButtonProps: { 'aria-label': 'Close' },
}

/** Main buttons are filled with the desk's own colour, which may need dark text. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  if (input.variant !== 'filled' || (input.color ?? ACCENT) !== ACCENT) return colors
  return {
    ...colors,
    background: 'var(--bsm-accent-fill)',
    hover: 'var(--bsm-accent-fill-hover)',
    color: 'var(--bsm-on-accent)',
  }
}

const base: MantineThemeOverride = {
  variantColorResolver,
  primaryShade: 7,
  black: ink,
  white: paper,
  fontFamily,
  fontFamilyMonospace,
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  autoContrast: false,
  defaultRadius: 'md',
  radius: {
    xs: '0.25rem',
    sm: '0.375rem',
    md: '0.5625rem',
    lg: '0.875rem',
    xl: '1.375rem',
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.25rem' },
  shadows: {
    xs: '0 1px 2px rgb(20 32 42 / 0.06)',
    sm: '0 1px 3px rgb(20 32 42 / 0.08), 0 2px 8px -2px rgb(20 32 42 / 0.06)',
    md: '0 2px 6px rgb(20 32 42 / 0.07), 0 10px 24px -8px rgb(20 32 42 / 0.14)',
    lg: '0 4px 10px rgb(20 32 42 / 0.08), 0 20px 40px -12px rgb(20 32 42 / 0.2)',
    xl: '0 8px 16px rgb(20 32 42 / 0.1), 0 32px 64px -16px rgb(20 32 42 / 0.26)',
  },
  headings: {
    fontFamily,
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.2' },
      h2: { fontSize: '1.3125rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h4: { fontSize: '0.9375rem', lineHeight: '1.45' },
      h5: { fontSize: '0.875rem', lineHeight: '1.5' },
      h6: { fontSize: '0.8125rem', lineHeight: '1.5' },
    },
  },
  components: {
    Modal: { defaultProps: { ...overlay, centered: true, radius: 'lg' } },
    Drawer: { defaultProps: overlay },
    Avatar: {
      defaultProps: {
        color: 'initials',
        allowedInitialsColors: ['pine', 'indigo', 'blue', 'green', 'yellow', 'orange', 'red', 'violet'],
      },
    },
    // Said, so that the resolver above is asked: the library's own default is plain CSS.
    Button: { defaultProps: { variant: 'filled' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm' } },
    Paper: { defaultProps: { radius: 'lg' } },
    // Half of the world writes 90,50. A comma that is passed over makes it 9,050.
    NumberInput: { defaultProps: { allowedDecimalSeparators: ['.', ','] } },
    // The placeholder that else gets the focus first is no child a menu may have.
    Menu: { defaultProps: { shadow: 'md', radius: 'md', withInitialFocusPlaceholder: false } },
    Select: { defaultProps: { checkIconPosition: 'right', comboboxProps: { shadow: 'md' } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    ActionIcon: { defaultProps: { variant: 'subtle' } },
  },
}

/**
 * One family, two temperaments: customers get room and pine green, staff get density and
 * indigo. Everything else is shared. The accent is a colour of its own, so that a desk can have
 * another one (`branding`) while the colours that mean something stay.
 */
function portalTheme(accent: PaletteColor, sizes: Pick<MantineThemeOverride, 'fontSizes' | 'lineHeights'>) {
  const colors = { ...palette, [ACCENT]: palette[accent] }
  return createTheme({ ...base, ...sizes, colors, primaryColor: ACCENT })
}

export const customerTheme = portalTheme('pine', {
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.3125rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.5' },
})

export const adminTheme = portalTheme('indigo', {
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.55', xl: '1.45' },
})
