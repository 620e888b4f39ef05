/*
 * The formats of text answers, as the server reads them (its `form` module has the written
 * rules). They differ from what the language offers: `trim` cuts other characters, and `Date`
 * takes days that do not exist.
 */

const WHITE_SPACE = /\p{White_Space}/u
const CONTROL = /\p{Cc}/u
const KEPT_CONTROLS = /[\t\n\r]/g
const LINE_BREAK = /[\n\r\u2028\u2029]/
const LOCAL_PART = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/
const DOMAIN_LABEL = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The text without white space at its ends, in linear time. */
export function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && WHITE_SPACE.test(text.charAt(start))) start++
  while (end > start && WHITE_SPACE.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** Whether the text holds a control character other than tab and line ends. */
export function hasControl(text: string): boolean {
  return CONTROL.test(text.replace(KEPT_CONTROLS, ''))
}

export function hasLineBreak(text: string): boolean {
  return LINE_BREAK.test(text)
}

/** Whether this is a real day of the years 0001 to 9999, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  const match = DAY.exec(text)
  if (!match) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
  return year >= 1 && day >= 1 && day <= days
}

/** Whether browsers take this as an e-mail address, and its domain has a dot. */
export function isEmail(text: string): boolean {
  const at = text.indexOf('@')
  const labels = text.slice(at + 1).split('.')
  return (
    at > 0 &&
    LOCAL_PART.test(text.slice(0, at)) &&
    labels.length > 1 &&
    labels.every((label) => DOMAIN_LABEL.test(label))
  )
}

/** Whether this has 3 to 20 digits, an optional leading `+`, and besides only separators. */
export function isPhone(text: string): boolean {
  const digits = text.replace(/[^0-9]/g, '').length
  return /^\+?[0-9 ()./-]*$/.test(text) && digits >= 3 && digits <= 20
}

/** Whether the whole text matches a field's pattern; `null` if the pattern is none. */
export function matchesPattern(text: string, pattern: string): boolean | null {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text)
  } catch {
    return null
  }
}
