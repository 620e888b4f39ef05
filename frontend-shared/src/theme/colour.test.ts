import { describe, expect, it } from 'vitest'
import { accentVariables, contrast, darkFillOf, fillOf, rampOf } from './colour.ts'
import { palette, paper } from './palette.ts'

/** Every hue at every lightness, the greys, and the colours people call by name. */
function colours(): string[] {
  const found = ['#000000', '#ffffff', '#777777', '#767676', '#ffd400', '#ff6600', '#0000ff', '#00ff00']
  for (let r = 0; r < 256; r += 51) {
    for (let g = 0; g < 256; g += 51) {
      for (let b = 0; b < 256; b += 51) {
        found.push(`#${[r, g, b].map((v) => v.toString(16).padStart(2, '0')).join('')}`)
      }
    }
  }
  return found
}

describe('a colour of the desk', () => {
  it.each(colours())('%s can be read wherever it is text or lies under text', (colour) => {
    for (const { ground, hover, text } of [fillOf(colour), darkFillOf(colour)]) {
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(text, hover)).toBeGreaterThanOrEqual(4.5)
    }
    const ramp = rampOf(colour)
    expect(ramp).toHaveLength(10)
    expect(contrast(ramp[7], paper)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(ramp[8], ramp[1])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(ramp[8], ramp[2])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(ramp[9], paper)).toBeGreaterThanOrEqual(7)
    expect(contrast(ramp[3], palette.dark[6])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(darkFillOf(colour).ground, palette.dark[7])).toBeGreaterThanOrEqual(1.5)
  })

  it('is the very colour that was chosen where that can carry text', () => {
    expect(fillOf('#1a7f5a')).toMatchObject({ ground: '#1a7f5a', text: '#ffffff' })
    expect(fillOf('#ffd400')).toMatchObject({ ground: '#ffd400', text: '#14202a' })
  })

  it('sets every variable that the theme leaves open', () => {
    const names = Object.keys(accentVariables('#1a7f5a'))
    expect(names).toContain('--mantine-color-accent-0')
    expect(names).toContain('--mantine-color-accent-9')
    expect(names).toContain('--bsm-brand-fill-dark')
  })
})
