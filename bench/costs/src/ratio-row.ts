import type { Comparison } from './interleaved.ts'
import type { Row } from './row.ts'

/** What a comparison is about. */
export interface RatioText {
  readonly what: string
  readonly against: string
  /** How to write what one run costs. */
  readonly cost: (value: number) => string
}

export const nanoseconds = (value: number): string => `${value.toFixed(0)} ns`
export const microseconds = (value: number): string => `${value.toFixed(1)} µs`

/** A row for a ratio that has an upper limit. */
export function ratioRow({ what, against, cost }: RatioText, comparison: Comparison, atMost: number): Row {
  const { subject, baseline, ratio, quartiles } = comparison
  return {
    what,
    measured: cost(subject),
    against: `${against}, ${cost(baseline)}`,
    figure: withSpread(ratio, quartiles),
    limit: `at most ${atMost}×`,
    kept: ratio <= atMost,
  }
}

/** A ratio, and between what half of the rounds were. */
export function withSpread(ratio: number, quartiles: readonly [number, number]): string {
  const [lower, upper] = quartiles.map((quartile) => quartile.toFixed(2))
  return `${ratio.toFixed(2)}× (${lower}–${upper})`
}
