import type { MantineColorsTuple } from '@mantine/core'

/*
 * Ten steps a hue on one lightness ladder (OKLCH), so that equal steps weigh the same in
 * every hue: 0 to 2 are grounds, 6 marks, 7 carries white text, 8 is text on 0 to 2.
 * The contrasts that screens rely on are checked in palette.test.ts.
 */

const ramp = (...steps: MantineColorsTuple): MantineColorsTuple => steps

export const palette = {
  pine: ramp(
    '#eefbf8',
    '#daf5ee',
    '#baeade',
    '#8fdac9',
    '#60c4af',
    '#38a994',
    '#058d79',
    '#037161',
    '#005b4d',
    '#024238',
  ),
  indigo: ramp(
    '#f5f8ff',
    '#e7eefe',
    '#d0deff',
    '#b2c8fe',
    '#8eacfe',
    '#6b8df2',
    '#5271d3',
    '#3d59b3',
    '#2f4694',
    '#20326f',
  ),
  blue: ramp(
    '#f2f9ff',
    '#e0f0ff',
    '#c3e2fe',
    '#99cffe',
    '#5eb7ff',
    '#2d9be9',
    '#037fc7',
    '#0466a1',
    '#005182',
    '#013b60',
  ),
  green: ramp(
    '#effcf1',
    '#dbf6e1',
    '#bcecc8',
    '#94dda7',
    '#67c785',
    '#43ac67',
    '#1f8f4d',
    '#01753a',
    '#035d2d',
    '#02441f',
  ),
  yellow: ramp(
    '#fff6ed',
    '#ffead3',
    '#ffd6a8',
    '#f8bc75',
    '#e89e39',
    '#cb8100',
    '#a76902',
    '#875400',
    '#6c4303',
    '#503001',
  ),
  orange: ramp(
    '#fef6f2',
    '#fee9df',
    '#fed4be',
    '#feb691',
    '#fc8f52',
    '#e0702b',
    '#bf5502',
    '#9b4300',
    '#7d3501',
    '#5c2501',
  ),
  red: ramp(
    '#fef5f4',
    '#ffe8e5',
    '#fed2ce',
    '#ffb2ac',
    '#ff8782',
    '#f05a59',
    '#d03b3f',
    '#af222a',
    '#90131d',
    '#6c0912',
  ),
  violet: ramp(
    '#f9f6fe',
    '#f0eaff',
    '#e3d6fe',
    '#d2bbff',
    '#be98ff',
    '#a479e6',
    '#895ec8',
    '#7047a9',
    '#5a368b',
    '#422668',
  ),
  gray: ramp(
    '#f7fafc',
    '#f1f5f7',
    '#e5eaed',
    '#d4dadd',
    '#b8bfc3',
    '#929a9e',
    '#6e767a',
    '#515a5e',
    '#333c41',
    '#1a2328',
  ),
  dark: ramp(
    '#e2e9f0',
    '#c1c8cf',
    '#9ba3a9',
    '#6e767c',
    '#41494f',
    '#30383e',
    '#242b32',
    '#181f26',
    '#0f171d',
    '#080f16',
  ),
} as const satisfies Record<string, MantineColorsTuple>

export type PaletteColor = keyof typeof palette

/** Borders of fields: 3 to 1 on every ground they stand on. */
export const fieldBorder = { light: '#868e93', dark: '#737b82' }

/** The darkest ink and the ground of light pages. */
export const ink = '#14202a'
export const paper = '#ffffff'
