/** How many decimals a currency has: 2 for EUR, 0 for JPY. */
export function decimalsOf(currency: string): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    )
  } catch {
    return 2
  }
}

/** An amount as people write it, in whole minor units. */
export function toMinor(amount: number, currency: string): number {
  return Math.round(amount * 10 ** decimalsOf(currency))
}

export function fromMinor(minor: number, currency: string): number {
  return minor / 10 ** decimalsOf(currency)
}

/** ISO 4217 codes the browser knows, those seen most first. */
export function currencies(): string[] {
  const common = ['EUR', 'USD', 'GBP', 'CHF', 'JPY']
  return [...new Set([...common, ...Intl.supportedValuesOf('currency')])]
}
