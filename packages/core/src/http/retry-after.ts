/** A header in which a provider documents how long to wait before the next call, and how it writes that. */
export interface RetryAfterFact {
  /** Its name. */
  readonly header: string
  /** What its value is: a number of seconds, or a date (RFC 9110 §5.6.7). */
  readonly as: 'seconds' | 'http-date'
}

/** A header in which a server says when to come back, and how it writes that. */
export interface RetryHint {
  /** The header's name, for example `x-ratelimit-reset-after`. */
  header: string
  /** A time to wait, or a date. */
  as: 'seconds' | 'milliseconds' | 'http-date'
}

/** `Retry-After = HTTP-date / delay-seconds` (RFC 9110 §10.2.3): the one header that may be either. */
const STANDARD = { header: 'retry-after', as: 'either' } as const

/** The wait that a response asks for, in milliseconds: `Retry-After`, else the first of `hints` that can be read. */
export function retryAfterMs(headers: Headers, nowMs: number, hints: readonly RetryHint[] = []): number | undefined {
  // The server's own clock where it tells it (RFC 9110 §6.6.1): its dates are meant by that one, not by ours.
  const serverNow = parseHttpDate(headers.get('date') ?? '', nowMs) ?? nowMs
  for (const { header, as } of [STANDARD, ...hints]) {
    const wait = parseWait(headers.get(header) ?? '', as, serverNow)
    if (wait !== undefined) return wait
  }
  return undefined
}

/**
 * Reads a hint by the letter: what a lenient parser makes of "120junk" or "1.5" is a wait that no server asked for.
 * Undefined when it cannot be read.
 */
export function parseWait(value: string, as: RetryHint['as'] | 'either', nowMs: number): number | undefined {
  if (as !== 'http-date' && /^\d+$/.test(value.trim())) {
    return Math.min(Number(value) * (as === 'milliseconds' ? 1 : 1_000), Number.MAX_SAFE_INTEGER)
  }
  const date = as === 'either' || as === 'http-date' ? parseHttpDate(value, nowMs) : undefined
  return date === undefined ? undefined : Math.max(0, date - nowMs)
}

/**
 * Epoch milliseconds of an HTTP-date (RFC 9110 §5.6.7); undefined when it is not one, or names a day or time that does
 * not exist. The name of the weekday is not compared: it says nothing that the date does not.
 */
function parseHttpDate(value: string, nowMs: number): number | undefined {
  const text = inTodaysForm(value.trim(), nowMs)
  // Second 60 is a leap second, which HTTP-date allows and `Date` does not know.
  const known = text.replace(':60 GMT', ':59 GMT')
  const ms = Date.parse(known)
  // What is read counts only if it would be written the same: `Date.parse` takes much else, and 30 February for 2
  // March.
  if (!WEEKDAY.test(known) || new Date(ms).toUTCString().slice(5) !== known.slice(5)) return undefined
  return known === text ? ms : ms + 1_000
}

const WEEKDAY = /^[A-Z][a-z]{2}, /
const RFC_850 = /^([A-Z][a-z]{2})[a-z]*day, (\d\d)-([A-Z][a-z]{2})-(\d\d) /
const ASCTIME = /^([A-Z][a-z]{2}) ([A-Z][a-z]{2}) ([ \d]\d) (\S{8}) (\d{4})$/

/** The two obsolete forms, which still are to be accepted, as `Thu, 01 Jan 2026 00:00:00 GMT`. */
function inTodaysForm(text: string, nowMs: number): string {
  return text
    .replace(
      RFC_850,
      (_, weekday: string, day: string, month: string, year: string) =>
        `${weekday}, ${day} ${month} ${fullYear(Number(year), nowMs)} `,
    )
    .replace(
      ASCTIME,
      (_, weekday: string, month: string, day: string, time: string, year: string) =>
        `${weekday}, ${day.replace(' ', '0')} ${month} ${year} ${time} GMT`,
    )
}

/** A two-digit year more than 50 years ahead is the latest past year with those digits. */
function fullYear(year: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear()
  const inThisCentury = thisYear - (thisYear % 100) + year
  return inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury
}
