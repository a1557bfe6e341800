import colors from 'picocolors'
import type { Outcome } from './check.ts'

/** One line on what became of a check, with everything that it printed below if it failed. */
export function describeOutcome(outcome: Outcome): string {
  const { name } = outcome.check
  if (outcome.state === 'not run')
    return `${colors.yellow('–')} ${name}: not run, because ${outcome.because} didn't pass`
  const took = colors.dim(inWords(outcome.wallMs))
  return outcome.state === 'passed'
    ? `${colors.green('✓')} ${name} ${took}`
    : `${colors.red('✗')} ${name} ${took}\n${outcome.output.trimEnd()}\n`
}

/** How many checks passed, which did not, and what they took. */
export function describeAll(outcomes: readonly Outcome[], wallMs: number, ownCpuMs: number): string {
  const without = outcomes.filter(({ state }) => state !== 'passed').map(({ check }) => check.name)
  const result =
    without.length === 0
      ? `${outcomes.length} checks passed`
      : `${without.length} of ${outcomes.length} checks didn't pass (${without.join(', ')})`
  const cpu = cpuOf(outcomes)
  return `${result} in ${inWords(wallMs)}${cpu === undefined ? '' : `, with ${inWords(cpu + ownCpuMs)} of CPU`}.`
}

/** `N passed, N failed`, as the tests have it. A check that failed counts as well, or a CI would read that nothing did. */
export function closingLine(outcomes: readonly Outcome[], ofTests: string | undefined): string {
  const [, passed = '0', failed = '0', rest = ''] = /^(\d+) passed, (\d+) failed(.*)/.exec(ofTests ?? '') ?? []
  const failedChecks = outcomes.filter(
    ({ state, check }) => state === 'failed' && !(check.name === 'tests' && failed !== '0'),
  )
  return `${passed} passed, ${Number(failed) + failedChecks.length} failed${rest}`
}

function cpuOf(outcomes: readonly Outcome[]): number | undefined {
  const known = outcomes.flatMap((outcome) => (outcome.state === 'not run' ? [] : (outcome.cpuMs ?? [])))
  return known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms)
}

/** `0.4 s`, `12 s`, `3 min 5 s`. */
function inWords(ms: number): string {
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
