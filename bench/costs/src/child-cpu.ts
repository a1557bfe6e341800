import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, quartiles } from './quantiles.ts'

const PAIRS = 41
const MICROSECONDS_PER_MS = 1_000
const HOOK = fileURLToPath(new URL('./report-cpu.cjs', import.meta.url))

/** A run of Node in a process of its own. */
export interface NodeRun {
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** What two runs cost: milliseconds of CPU time, user and system, and their ratio pair by pair. */
export interface CpuComparison {
  readonly subjectMs: number
  readonly baselineMs: number
  readonly ratio: number
  /** Half of the pairs have a ratio between these. */
  readonly quartiles: readonly [number, number]
}

/**
 * Compares two runs by medians of interleaved pairs, A B B A …. CPU time, because the time on the clock depends on what
 * else the machine does. The first pair fills the caches and doesn't count.
 */
export function compareCpu(subject: NodeRun, baseline: NodeRun): CpuComparison {
  const pairs = Array.from({ length: PAIRS + 1 }, (_, pair) => {
    if (pair % 2 === 0) {
      const first = cpuMs(subject)
      return { subject: first, baseline: cpuMs(baseline) }
    }
    const first = cpuMs(baseline)
    return { baseline: first, subject: cpuMs(subject) }
  }).slice(1)
  const ratios = pairs.map((pair) => pair.subject / pair.baseline)
  return {
    subjectMs: median(pairs.map((pair) => pair.subject)),
    baselineMs: median(pairs.map((pair) => pair.baseline)),
    ratio: median(ratios),
    quartiles: quartiles(ratios),
  }
}

function cpuMs({ args, cwd, env }: NodeRun): number {
  const { status, stderr, output } = spawnSync(process.execPath, ['--require', HOOK, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`)
  return Number(output[3]) / MICROSECONDS_PER_MS
}
