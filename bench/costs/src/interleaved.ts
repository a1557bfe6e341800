import { median, quartiles } from './quantiles.ts'

/** One way of doing something. */
export interface Contestant {
  readonly name: string
  /** Does it `times` times. */
  run(times: number): Promise<void>
}

/** What a round costs: wall time where only this thread works, the process's CPU time where the kernel does too. */
export type Cost = () => number

export const wallNanoseconds: Cost = () => Number(process.hrtime.bigint())

export const cpuMicroseconds: Cost = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Medians per run, and of the ratios round by round. */
export interface Comparison {
  readonly subject: number
  readonly baseline: number
  readonly ratio: number
  /** Half of the rounds have a ratio between these. */
  readonly quartiles: readonly [number, number]
}

/**
 * Measures two contestants in turn, A B B A …, so that a machine whose speed drifts is unfair to neither, and takes
 * medians, so that a garbage collection decides nothing.
 */
export async function compare(
  subject: Contestant,
  baseline: Contestant,
  options: { cost: Cost; rounds: number; times: number },
): Promise<Comparison> {
  const { cost, rounds, times } = options
  const measure = async (contestant: Contestant): Promise<number> => {
    const before = cost()
    await contestant.run(times)
    return (cost() - before) / times
  }
  // Warm up, so that both are optimised before the first round counts.
  for (const contestant of [subject, baseline, subject, baseline]) await contestant.run(times)
  const samples: { subject: number; baseline: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const first = await measure(subject)
      samples.push({ subject: first, baseline: await measure(baseline) })
    } else {
      const first = await measure(baseline)
      samples.push({ baseline: first, subject: await measure(subject) })
    }
  }
  const ratios = samples.map((sample) => sample.subject / sample.baseline)
  return {
    subject: median(samples.map((sample) => sample.subject)),
    baseline: median(samples.map((sample) => sample.baseline)),
    ratio: median(ratios),
    quartiles: quartiles(ratios),
  }
}
