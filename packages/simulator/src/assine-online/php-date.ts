import type { JsonObject } from '../json.ts'

/**
 * The zone in which the server prints dates. PHP has three types of zone: 1 is an offset, 2 an abbreviation, which names no
 * zone for certain, and 3 an identifier. All but UTC stand for three hours less, Brasília's time since 2019.
 */
export type AssineOnlineTimezone = 'UTC' | '-03:00' | 'BRT' | 'America/Sao_Paulo'

const ZONES: Readonly<Record<AssineOnlineTimezone, { readonly type: 1 | 2 | 3; readonly offsetMs: number }>> = {
  UTC: { type: 3, offsetMs: 0 },
  '-03:00': { type: 1, offsetMs: -10_800_000 },
  BRT: { type: 2, offsetMs: -10_800_000 },
  'America/Sao_Paulo': { type: 3, offsetMs: -10_800_000 },
}

/** A date as PHP prints a DateTime: `{ date, timezone_type, timezone }`. */
export const phpDate = (at: number, timezone: AssineOnlineTimezone): JsonObject => {
  const { type, offsetMs } = ZONES[timezone]
  return { date: `${wallClock(at + offsetMs)}.000000`, timezone_type: type, timezone }
}

/** Reads `YYYY-MM-DD HH:mm:ss` in UTC; undefined where that is another text, or no date. */
export const readWallClock = (text: string): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined
  const at = Date.parse(`${text.replace(' ', 'T')}Z`)
  // A date that the calendar does not have would be read as a later one.
  return !Number.isNaN(at) && wallClock(at) === text ? at : undefined
}

/** In UTC, to the second. */
const wallClock = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')
