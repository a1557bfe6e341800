const PATTERN = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

const UNITS = [
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/**
 * Milliseconds of an ISO 8601 duration. Months and years are not taken: their length depends on the date.
 *
 * @throws RangeError when it is not such a duration.
 */
export function durationMs(duration: string): number {
  const match = PATTERN.exec(duration)
  if (match === null)
    throw new RangeError(`${duration} is not an ISO 8601 duration of weeks, days, hours, minutes, seconds`)
  return UNITS.reduce((sum, [, unitMs], index) => sum + Number(match[index + 1] ?? 0) * unitMs, 0)
}

export type DurationUnit = (typeof UNITS)[number][0]

/** `P1DT2H` as 1 day and 2 hours; nothing that is not a duration. */
export function durationParts(duration: string): readonly { readonly count: number; readonly unit: DurationUnit }[] {
  const match = PATTERN.exec(duration)
  return UNITS.map(([unit], index) => ({ count: Number(match?.[index + 1] ?? 0), unit })).filter(
    ({ count }) => count > 0,
  )
}

/** `P7D` in words: `7 days`. */
export function durationInWords(duration: string): string {
  return durationParts(duration)
    .map(({ count, unit }) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ')
}
