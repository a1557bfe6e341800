import { isObject } from '../brands.ts'

/**
 * What an answer says about a token's expiry, before any assumptions. `server` is a time on the server's clock,
 * `lasting` a duration from now; an answer that says nothing is different from one that can't be read.
 */
export type Reading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'server'; readonly at: number }
  | { readonly kind: 'lasting'; readonly ms: number }

const ABSENT: Reading = { kind: 'absent' }
const UNREADABLE: Reading = { kind: 'unreadable' }

// A life of more than a century is a unit mistaken for another, not a life.
const LONGEST_LIFE_MS = 100 * 365.25 * 86_400_000

/** A lifetime that the provider's documents state, for example one week. */
export function afterDuration(durationMs: number): Reading {
  return { kind: 'lasting', ms: durationMs }
}

/** A lifetime in seconds, as a number or a numeric string (RFC 6749 §5.1 says number; servers send both). */
export function seconds(value: unknown): Reading {
  if (value === undefined || value === null) return ABSENT
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !/^\d+(\.\d+)?$/.test(text)) return UNREADABLE
  const ms = Math.floor(Number(text) * 1000)
  return ms <= LONGEST_LIFE_MS ? { kind: 'lasting', ms } : UNREADABLE
}

// The last instant that RFC 3339 can write. What lies beyond is a unit mistaken for another, not an end.
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/**
 * A time counted since 1970, as a number or a numeric string. The unit is stated, never guessed from the size.
 */
export function epoch(value: unknown, unit: 'seconds' | 'milliseconds'): Reading {
  if (value === undefined || value === null) return ABSENT
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !/^\d+(\.\d+)?$/.test(text)) return UNREADABLE
  const at = Math.floor(Number(text) * (unit === 'seconds' ? 1000 : 1))
  return at <= LATEST_MS ? { kind: 'server', at } : UNREADABLE
}

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2}(?:\.\d+)?)([Zz]|[+-]\d{2}:\d{2})$/

/** A date and time with its offset (RFC 3339 §5.6). One without an offset is unreadable, never guessed. */
export function rfc3339(value: unknown): Reading {
  if (value === undefined || value === null) return ABSENT
  const parts = typeof value === 'string' ? RFC3339.exec(value) : null
  if (!parts) return UNREADABLE
  const [, date = '', time = '', offset = ''] = parts
  if (!isCalendarDay(date) || !isTimeOfDay(time) || !isOffset(offset)) return UNREADABLE
  // Beyond milliseconds Date.parse is implementation-defined, so cut there.
  const at = Date.parse(`${date}T${time.slice(0, 12)}${offset.toUpperCase()}`)
  return Number.isNaN(at) ? UNREADABLE : { kind: 'server', at }
}

/** The `exp` of a JWT (RFC 7519 §4.1.4), read without checking its signature, because it only says when to renew. */
export function jwtExp(token: unknown): Reading {
  if (token === undefined || token === null) return ABSENT
  const [, payload] = typeof token === 'string' ? token.split('.') : []
  try {
    const text = atob((payload ?? '').replaceAll('-', '+').replaceAll('_', '/'))
    const claims: unknown = JSON.parse(text)
    if (!isObject(claims)) return UNREADABLE
    const { exp }: { exp?: unknown } = claims
    return typeof exp === 'number' || exp === undefined ? epoch(exp, 'seconds') : UNREADABLE
  } catch {
    return UNREADABLE // not base64, or not JSON
  }
}

/** The formats that may come without a zone of their own. */
export type ZonelessFormat = 'YYYY-MM-DD HH:mm:ss' | 'YYYY-MM-DD HH:mm:ss.ffffff' | 'YYYY-MM-DDTHH:mm:ss'

const ZONELESS: Readonly<Record<ZonelessFormat, RegExp>> = {
  'YYYY-MM-DD HH:mm:ss': /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/,
  'YYYY-MM-DD HH:mm:ss.ffffff': /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}\.\d{1,6})$/,
  'YYYY-MM-DDTHH:mm:ss': /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d+)?)$/,
}

/**
 * A wall-clock time in a stated zone: `UTC`, an offset such as `-03:00`, or an IANA name. Abbreviations such as `BRT`
 * are ambiguous and therefore unreadable. An offset in a value of `YYYY-MM-DDTHH:mm:ss` wins over the zone. If a zone
 * repeats an hour, the first one counts, because the earlier expiry is the safe one.
 */
export function zoned(value: unknown, format: ZonelessFormat, zone: unknown): Reading {
  if (value === undefined || value === null) return ABSENT
  const stated = format === 'YYYY-MM-DDTHH:mm:ss' ? rfc3339(value) : UNREADABLE
  if (stated.kind === 'server') return stated
  const parts = typeof value === 'string' ? ZONELESS[format].exec(value) : null
  if (!parts || typeof zone !== 'string') return UNREADABLE
  const [, date = '', time = ''] = parts
  const asUtc = isCalendarDay(date) && isTimeOfDay(time) ? Date.parse(`${date}T${time.slice(0, 12)}Z`) : Number.NaN
  const offset = Number.isNaN(asUtc) ? undefined : zoneOffsetMs(zone, asUtc)
  return offset === undefined ? UNREADABLE : { kind: 'server', at: asUtc - offset }
}

function zoneOffsetMs(zone: string, wallAsUtc: number): number | undefined {
  if (zone === 'UTC' || zone === 'Z') return 0
  const fixed = /^([+-])(\d{2}):(\d{2})$/.exec(zone)
  if (fixed && !isOffset(zone)) return undefined
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000
  // IANA names have a slash; what has none (BRT, EST) is an abbreviation that means several zones.
  if (!zone.includes('/')) return undefined
  const day = 86_400_000
  const around = [ianaOffsetMs(zone, wallAsUtc - day), ianaOffsetMs(zone, wallAsUtc + day)]
  const fitting = around.filter((offset) => offset !== undefined && ianaOffsetMs(zone, wallAsUtc - offset) === offset)
  const offsets = (fitting.length > 0 ? fitting : around).filter((offset) => offset !== undefined)
  return offsets.length > 0 ? Math.max(...offsets) : undefined
}

function ianaOffsetMs(zone: string, at: number): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? ''
    const parts = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name)
    if (!parts) return undefined
    return (parts[1] === '-' ? -1 : 1) * (Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)) * 60_000
  } catch {
    return undefined // an unknown zone is a RangeError
  }
}

// Date.parse accepts 30 February in some engines and shifts it to March.
function isCalendarDay(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date)
}

// It takes 24:00:00 for the next midnight too; RFC 3339 §5.6 has no such hour.
function isTimeOfDay(time: string): boolean {
  return time < '24'
}

/** RFC 3339 §5.6: `Z`, or hours and minutes that a clock shows. */
function isOffset(zone: string): boolean {
  return /^(z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i.test(zone)
}

/** The result of a reading: a time on the local clock, unknown, or a reason why it can't be used. */
export type ExpiryOutcome = { at: number | undefined } | { problem: 'unreadable' | 'past' }

/** Converts a reading to the local clock. Pure; the caller makes any assumptions. */
export function localExpiry(reading: Reading, now: number, clockOffsetMs: number): ExpiryOutcome {
  if (reading.kind === 'absent') return { at: undefined }
  if (reading.kind === 'unreadable') return { problem: 'unreadable' }
  const at = reading.kind === 'lasting' ? now + reading.ms : reading.at - clockOffsetMs
  return at > now ? { at } : { problem: 'past' }
}
