const BROWSERS: [RegExp, string][] = [
  [/Edg(A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Version\/[\d.]+.* Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/(iPhone|iPad|iPod)/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
]

const first = (names: [RegExp, string][], text: string) => names.find(([sign]) => sign.test(text))?.[1]

/** What a user agent says it is, as people call it; null where it says nothing known. */
export function deviceOf(userAgent: string): { browser: string; system: string | null } | null {
  const browser = first(BROWSERS, userAgent)
  return browser === undefined ? null : { browser, system: first(SYSTEMS, userAgent) ?? null }
}
