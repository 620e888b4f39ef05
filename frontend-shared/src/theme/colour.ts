import type { MantineColorsTuple } from '@mantine/core'
import { ink, palette, paper } from './palette.ts'

/*
 * One colour of the desk's own becomes the ten steps that the screens are drawn with. Steps lie
 * on the ladder of the palette, so that text keeps its contrast whatever hue was chosen; the
 * colour itself, as it was chosen, fills the main buttons.
 */

type Lch = readonly [lightness: number, chroma: number, hue: number]

/** WCAG AA, text. */
const ENOUGH = 4.5

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const gamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)

function channels(hex: string): [number, number, number] {
  const at = (from: number) => linear(Number.parseInt(hex.slice(from, from + 2), 16) / 255)
  return [at(1), at(3), at(5)]
}

export function luminance(hex: string): number {
  const [r, g, b] = channels(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The contrast of two colours, 1 to 21. */
export function contrast(left: string, right: string): number {
  const [light = 0, dark = 0] = [luminance(left), luminance(right)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function toLch(hex: string): Lch {
  const [r, g, b] = channels(hex)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return [lightness, Math.hypot(x, y), Math.atan2(y, x)]
}

function toRgb([lightness, chroma, hue]: Lch): number[] {
  const x = chroma * Math.cos(hue)
  const y = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * x + 0.2158037573 * y) ** 3
  const m = (lightness - 0.1055613458 * x - 0.0638541728 * y) ** 3
  const s = (lightness - 0.0894841775 * x - 1.291485548 * y) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** The nearest colour that a screen can show: as much of the chroma as there is room for. */
function toHex([lightness, chroma, hue]: Lch): string {
  let rgb = toRgb([lightness, chroma, hue])
  for (let part = 0.98; part > 0 && rgb.some((v) => v < -0.0005 || v > 1.0005); part -= 0.02) {
    rgb = toRgb([lightness, chroma * part, hue])
  }
  const digits = rgb.map((value) => {
    const byte = Math.round(gamma(Math.min(1, Math.max(0, value))) * 255)
    return byte.toString(16).padStart(2, '0')
  })
  return `#${digits.join('')}`
}

/** Moves a colour's lightness until the condition holds, or there is no lightness left. */
function until(colour: Lch, step: number, holds: (hex: string) => boolean): string {
  let [lightness, chroma, hue] = colour
  let hex = toHex(colour)
  while (!holds(hex) && lightness >= 0 && lightness <= 1) {
    lightness += step
    hex = toHex([lightness, chroma, hue])
  }
  return hex
}

/** The ten steps of a colour. */
export function rampOf(colour: string): MantineColorsTuple {
  const [, chroma, hue] = toLch(colour)
  const ladder = palette.indigo.map(toLch)
  const widest = ladder[7]?.[1] ?? 0.14
  const steps = ladder.map(([l, c]) => toHex([l, (c * Math.min(chroma, 0.2)) / widest, hue]))
  const [, ground = paper, mark = paper] = steps
  const at = (n: number): Lch => toLch(steps[n] ?? colour)
  steps[7] = until(at(7), -0.004, (hex) => contrast(hex, paper) >= ENOUGH)
  steps[8] = until(at(8), -0.004, (hex) => contrast(hex, ground) >= ENOUGH && contrast(hex, mark) >= ENOUGH)
  steps[3] = until(at(3), 0.004, (hex) => contrast(hex, palette.dark[6]) >= ENOUGH)
  return steps as unknown as MantineColorsTuple
}

export interface Fill {
  ground: string
  hover: string
  /** Of text on both. */
  text: string
}

/** The colour as a ground, with the text that can be read on it: white, or ink. */
export function fillOf(colour: string): Fill {
  const [lightness, chroma, hue] = toLch(colour)
  const white = contrast(colour, paper) >= ENOUGH
  if (!white && contrast(colour, ink) >= ENOUGH) {
    return { ground: colour, hover: toHex([Math.min(1, lightness + 0.04), chroma, hue]), text: ink }
  }
  // Between the two neither is enough: a little darker, and white is.
  const ground = white
    ? colour
    : until([lightness, chroma, hue], -0.004, (hex) => contrast(hex, paper) >= ENOUGH)
  const [from, kept, turn] = toLch(ground)
  return { ground, hover: toHex([Math.max(0, from - 0.05), kept, turn]), text: paper }
}

/** The same on dark pages, where a colour near black would not be seen. */
export function darkFillOf(colour: string): Fill {
  if (contrast(colour, palette.dark[7]) >= 1.8) return fillOf(colour)
  const seen = until(toLch(colour), 0.01, (hex) => contrast(hex, palette.dark[7]) >= 1.8)
  return fillOf(seen)
}

/** What the style sheet of the theme leaves open, for one colour. */
export function accentVariables(colour: string): Record<string, string> {
  const light = fillOf(colour)
  const dark = darkFillOf(colour)
  const steps = rampOf(colour).map((step, n) => [`--mantine-color-accent-${n}`, step])
  return {
    ...(Object.fromEntries(steps) as Record<string, string>),
    '--bsm-brand-fill': light.ground,
    '--bsm-brand-hover': light.hover,
    '--bsm-brand-text': light.text,
    '--bsm-brand-fill-dark': dark.ground,
    '--bsm-brand-hover-dark': dark.hover,
    '--bsm-brand-text-dark': dark.text,
  }
}
