// Ends as the vocabulary's formats write them (docs/write-a-spec.md).

import type { Json } from '../json.ts'
import type { JsonSchema } from '../openapi-document.ts'
import { typeOf } from './sample.ts'

/** An end in the format that a field of an answer has; undefined where the document doesn't know the format. */
export const writtenEnd = (
  end: number,
  { now, format, zone, schema }: { now: number; format: string; zone: string; schema: JsonSchema | undefined },
): Json | undefined => {
  const number = (value: number): Json => (typeOf(schema) === 'string' ? String(value) : value)
  switch (format) {
    case 'seconds':
      return number(Math.floor((end - now) / 1000))
    case 'epoch-seconds':
      return number(Math.floor(end / 1000))
    case 'epoch-millis':
      return number(end)
    case 'rfc3339':
      return new Date(end).toISOString()
    case 'YYYY-MM-DD HH:mm:ss':
      return wallTime(end, zone)
    case 'YYYY-MM-DD HH:mm:ss.ffffff':
      return `${wallTime(end, zone)}.000000`
    case 'YYYY-MM-DDTHH:mm:ss':
      return wallTime(end, zone).replace(' ', 'T')
    default:
      return undefined
  }
}

/** The end that a client chose, in epoch milliseconds; NaN where that isn't one. */
export const readEnd = (text: string, zone: string): number => {
  const asUtc = Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`)
  if (Number.isNaN(asUtc)) return Number.NaN
  // How far the zone's clocks are from those of UTC at that time.
  const shown = Date.parse(`${wallTime(asUtc, zone).replace(' ', 'T')}Z`)
  return asUtc - (shown - asUtc)
}

/** Milliseconds of an ISO 8601 duration, in days and shorter: `P30D`, `PT15M`. */
export const durationMs = (text: string): number => {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text)?.slice(1) ?? []
  const [weeks, days, hours, minutes, seconds] = parts.map((part) => Number(part ?? 0))
  return ((((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000
}

/** `2026-01-31 23:59:59` on the clocks of a zone. An undocumented one is read as UTC. */
const wallTime = (at: number, zone: string): string => {
  const timeZone = zone === 'undocumented' ? 'UTC' : zone
  // The locale writes dates in this order.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
}
