import { EXIT } from './exit-code.ts'
import { Failure } from './failure.ts'
import type { Session } from './session.ts'

const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Reads `500ms`, `30s`, `10m`, `2h` or `30d` as milliseconds; refuses zero. */
export function parseDuration(option: string, text: string, { texts }: Session): number {
  const [, digits, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? []
  const ms = digits !== undefined && isUnit(unit) ? Number(digits) * UNITS_MS[unit] : 0
  if (ms > 0) return ms
  throw new Failure(EXIT.usage, 'usage', texts.messages.badDuration(option, text))
}

const SHORTEST_LIFETIME_MS = 1_000
// A hundred years: dates far beyond it cannot be written.
const LONGEST_LIFETIME_MS = 36_500 * UNITS_MS.d

/** Reads how long a token is asked to live, within what any provider can be asked for. */
export function parseLifetime(option: string, text: string, session: Session): number {
  const ms = parseDuration(option, text, session)
  if (ms >= SHORTEST_LIFETIME_MS && ms <= LONGEST_LIFETIME_MS) return ms
  throw new Failure(EXIT.usage, 'usage', session.texts.messages.badLifetime(option, text))
}

/**
 * A message with its lengths in the unit of `asked`: the core counts in seconds, and a person who wrote `2d` thinks in days.
 */
export function inUnitOf(asked: string, message: string): string {
  const unit = /[a-z]+$/.exec(asked)?.[0]
  if (!isUnit(unit)) return message
  const wanted = Number.parseInt(asked, 10)
  return message.replace(/\b(\d+) (ms|s)\b/g, (whole, digits: string, theirs: string) => {
    const amount = isUnit(theirs) ? (Number(digits) * UNITS_MS[theirs]) / UNITS_MS[unit] : 0
    const rounded = Math.round(amount * 100) / 100
    // Two lengths that differ must not read the same.
    const shown = rounded === wanted && amount < wanted ? Math.floor(amount * 100) / 100 : rounded
    return shown > 0 ? `${shown} ${unit}` : whole
  })
}

/** The two largest units, which is exact enough for a person: `6 d 3 h`, `12 min 5 s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  if (first < 0) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

function isUnit(unit: string | undefined): unit is keyof typeof UNITS_MS {
  return unit !== undefined && Object.hasOwn(UNITS_MS, unit)
}

/** An instant for programs. Where it is unknown `null`, so that the field is there. */
export function isoDate(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : new Date(epochMs).toISOString()
}
