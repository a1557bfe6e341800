import { type Random, systemRandom } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import type { ProviderIo } from '../provider/provider-io.ts'
import { type ZonelessFormat, zoned } from '../token/expiry.ts'

/** The formats in which an end can be sent. */
export type RequestedExpiryFormat = Extract<ZonelessFormat, 'YYYY-MM-DD HH:mm:ss'>

const HOUR_MS = 3_600_000
// More is a unit mistaken for another, and soon no date at all.
const LONGEST_LIFE_MS = 100 * 365.25 * 24 * HOUR_MS

/**
 * The end to ask for, where the client chooses when a token ends, as the provider wants it written: `lifetimeMs` from
 * now, less a random part of up to an hour and at most 5% of the life. Because of that part no other token has the same
 * end: `io.noteRequestedExpiry` gets it before anything is sent, and a token whose answer is lost is found by it.
 * @throws {ChaveiroError} `misconfigured` if the life is not a time ahead, or the zone is unknown.
 */
export async function requestExpiry(
  io: Pick<ProviderIo, 'now' | 'noteRequestedExpiry'>,
  lifetimeMs: number,
  format: RequestedExpiryFormat,
  zone: string,
  random: Random = systemRandom,
): Promise<string> {
  if (!(lifetimeMs >= 1000 && lifetimeMs <= LONGEST_LIFE_MS)) {
    throw new ChaveiroError('misconfigured', 'The requested lifetime must be a number of milliseconds, at least 1000.')
  }
  const at = io.now + lifetimeMs - random() * Math.min(HOUR_MS, lifetimeMs * 0.05)
  const text = wallClock(at, zone)
  // The provider will list this text, so what it reads as is noted: to the second, in that zone.
  const reading = zoned(text, format, zone)
  if (reading.kind !== 'server') throw unknownZone(zone)
  await io.noteRequestedExpiry(reading.at)
  return text
}

/** `YYYY-MM-DD HH:mm:ss` as a clock in that zone shows it. */
function wallClock(at: number, zone: string): string {
  const parts = new Map(
    formatter(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  } catch {
    throw unknownZone(timeZone) // a RangeError
  }
}

function unknownZone(zone: string): ChaveiroError {
  return new ChaveiroError('misconfigured', `${JSON.stringify(zone)} is not a time zone that this platform knows.`)
}
