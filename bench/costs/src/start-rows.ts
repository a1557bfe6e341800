import { type CpuComparison, compareCpu, type NodeRun } from './child-cpu.ts'
import { withSpread } from './ratio-row.ts'
import type { Row } from './row.ts'

/** A start of Node to be measured, and the start that it is compared with. */
export interface StartCost {
  readonly what: string
  readonly against: string
  readonly subject: Omit<NodeRun, 'env'>
  readonly baseline: Omit<NodeRun, 'env'>
  /** In the environment of the measuring process. */
  readonly atMost: number
  /** Variables for both. */
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Two rows. The first is in the environment of this process, which has a limit; the second in an empty one. A ratio says little
 * without its baseline: with `NODE_EXTRA_CA_CERTS`, which Node reads at every start, an empty process costs more than twice as
 * much.
 */
export function startRows({ what, against, subject, baseline, atMost, env = {} }: StartCost): readonly Row[] {
  const compare = (variables: NodeJS.ProcessEnv): CpuComparison =>
    compareCpu({ ...subject, env: variables }, { ...baseline, env: variables })
  const here = compare({ ...inherited(), ...env })
  const empty = compare(env)
  return [
    { ...row(what, against, here), limit: `at most ${atMost}×`, kept: here.ratio <= atMost },
    { ...row(`${what}, in an empty environment`, against, empty), limit: '–', kept: true },
  ]
}

function row(what: string, against: string, comparison: CpuComparison): Omit<Row, 'limit' | 'kept'> {
  const { subjectMs, baselineMs, ratio, quartiles } = comparison
  return {
    what: `${what}, CPU time`,
    measured: `${subjectMs.toFixed(1)} ms`,
    against: `${against}, ${baselineMs.toFixed(1)} ms`,
    figure: withSpread(ratio, quartiles),
  }
}

/** This process's variables, except for those that change what the command does. */
function inherited(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(CHAVEIRO_|XDG_|NO_COLOR$|FORCE_COLOR$)/.test(name))
  return Object.fromEntries(entries)
}
