import { describe, expect, it } from 'vitest'
import { contrast } from './colour.ts'
import { themeCss } from './cssVariables.ts'
import { fieldBorder, ink, palette, paper } from './palette.ts'
import { adminTheme, customerTheme } from './theme.ts'

const hues = ['pine', 'indigo', 'blue', 'green', 'yellow', 'orange', 'red', 'violet', 'gray'] as const
const { dark, gray } = palette

describe('contrast (WCAG AA)', () => {
  it.each(hues)('%s carries white text, and is text on its own light grounds', (hue) => {
    expect(contrast(palette[hue][7], paper)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette[hue][8], palette[hue][1])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette[hue][8], palette[hue][2])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette[hue][3], dark[6])).toBeGreaterThanOrEqual(4.5)
  })

  it('text and dimmed text stand out on every ground', () => {
    for (const ground of [paper, gray[0], gray[1]]) {
      expect(contrast(ink, ground)).toBeGreaterThanOrEqual(7)
      expect(contrast(gray[7], ground)).toBeGreaterThanOrEqual(4.5)
    }
    for (const ground of [dark[6], dark[7], dark[8]]) {
      expect(contrast(dark[0], ground)).toBeGreaterThanOrEqual(7)
      expect(contrast(dark[2], ground)).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('errors, and the borders of inputs, can be seen', () => {
    expect(contrast(palette.red[7], paper)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(palette.red[4], dark[7])).toBeGreaterThanOrEqual(4.5)
    for (const ground of [paper, gray[0]]) {
      expect(contrast(fieldBorder.light, ground)).toBeGreaterThanOrEqual(3)
    }
    for (const ground of [dark[6], dark[7], dark[8]]) {
      expect(contrast(fieldBorder.dark, ground)).toBeGreaterThanOrEqual(3)
    }
  })
})

describe('the theme as a style sheet', () => {
  it.each([
    ['customer', customerTheme, 'pine'],
    ['admin', adminTheme, 'indigo'],
  ] as const)('has both schemes of the %s portal and only our colours', (_, theme, hue) => {
    const css = themeCss(theme)
    expect(css).toContain(':root[data-mantine-color-scheme="dark"]')
    expect(css).toContain('--bsm-accent: var(--mantine-color-accent-7)')
    expect(css).toContain(`--mantine-color-accent-7: ${palette[hue][7]}`)
    expect(css).not.toContain('--mantine-color-grape-5')
  })
})
