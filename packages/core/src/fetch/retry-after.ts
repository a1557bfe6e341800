/** A header in which a server says when to come back, and how it writes that. */
export interface RetryHint {
  /** The header's name, for example `x-ratelimit-reset-after`. */
  header: string
  /** A time to wait, or a date. */
  as: 'seconds' | 'milliseconds' | 'http-date'
}

/** The wait that a response asks for, in milliseconds: `Retry-After`, else the first of `hints` that can be read. */
export function retryAfterMs(headers: Headers, nowMs: number, hints: readonly RetryHint[] = []): number | undefined {
  const standard = headers.get('retry-after')
  const asked = standard === null ? undefined : parseRetryAfter(standard, serverNow(headers, nowMs))
  if (asked !== undefined) return asked
  for (const { header, as } of hints) {
    const value = headers.get(header)
    if (value === null) continue
    const wait = as === 'http-date' ? parseWaitUntil(value, serverNow(headers, nowMs)) : parseCount(value, as)
    if (wait !== undefined) return wait
  }
  return undefined
}

/**
 * `Retry-After = HTTP-date / delay-seconds` (RFC 9110 §10.2.3), by the letter: what a lenient parser makes of "120junk"
 * or "1.5" is a wait that nobody asked for. Undefined when it is neither.
 */
export function parseRetryAfter(value: string, nowMs: number): number | undefined {
  return parseCount(value, 'seconds') ?? parseWaitUntil(value, nowMs)
}

function parseCount(value: string, unit: 'seconds' | 'milliseconds'): number | undefined {
  const digits = value.trim()
  if (!/^\d+$/.test(digits)) return undefined
  return Math.min(Number(digits) * (unit === 'seconds' ? 1_000 : 1), Number.MAX_SAFE_INTEGER)
}

function parseWaitUntil(value: string, nowMs: number): number | undefined {
  const date = parseHttpDate(value, nowMs)
  return date === undefined ? undefined : Math.max(0, date - nowMs)
}

/** The server's own clock where it tells it (RFC 9110 §6.6.1): its dates are meant by that one, not by ours. */
function serverNow(headers: Headers, nowMs: number): number {
  return parseHttpDate(headers.get('date') ?? '', nowMs) ?? nowMs
}

const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const LONG_DAY = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day'
const MONTH = `(?<month>${MONTHS})`
const TIME = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`

// RFC 9110 §5.6.7: the three forms of HTTP-date, the latter two obsolete but to be accepted.
const HTTP_DATES = [
  String.raw`${DAY}, (?<day>\d\d) ${MONTH} (?<year>\d{4}) ${TIME} GMT`,
  String.raw`${LONG_DAY}, (?<day>\d\d)-${MONTH}-(?<year>\d\d) ${TIME} GMT`,
  String.raw`${DAY} ${MONTH} (?<day>[ \d]\d) ${TIME} (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`))

/** Epoch milliseconds of an HTTP-date; undefined when it is not one, or names a day or time that does not exist. */
function parseHttpDate(value: string, nowMs: number): number | undefined {
  const text = value.trim()
  for (const form of HTTP_DATES) {
    const groups = form.exec(text)?.groups
    if (groups) return toEpochMs(groups, nowMs)
  }
  return undefined
}

function toEpochMs(parts: Record<string, string | undefined>, nowMs: number): number | undefined {
  const { day = '', month = '', year = '', hour = '', minute = '', second = '' } = parts
  const midnight = Date.UTC(fullYear(year, nowMs), MONTHS.indexOf(month) / 4, Number(day))
  // Date.UTC reads 30 February as 2 March. Second 60 is a leap second, which HTTP-date allows.
  const exists = new Date(midnight).getUTCDate() === Number(day) && hour <= '23' && minute <= '59' && second <= '60'
  return exists ? midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1_000 : undefined
}

/** RFC 9110 §5.6.7: a two-digit year more than 50 years ahead is the latest past year with those digits. */
function fullYear(digits: string, nowMs: number): number {
  const year = Number(digits)
  if (digits.length === 4) return year
  const thisYear = new Date(nowMs).getUTCFullYear()
  const inThisCentury = thisYear - (thisYear % 100) + year
  return inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury
}
