const PARTS = 4

/** Round marks of an axis of whole numbers, from nothing to at least the largest value. */
export function steps(largest: number): number[] {
  const rough = Math.max(1, largest / PARTS)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough
  const count = Math.max(1, Math.ceil(largest / step))
  return Array.from({ length: count + 1 }, (_, at) => at * step)
}
