import type { Scenario } from './scenarios.ts'
import type { Subject } from './subject.ts'

/** When these versions were reviewed. Update it when one of them changes. */
const LOOKED_AT = '2026-11-24'

/** What each library made of each scenario: `undefined` where nothing went wrong. */
export type Outcomes = ReadonlyMap<Subject, ReadonlyMap<Scenario, string | undefined>>

/** `docs/reports/comparison.md`. */
export function page(outcomes: Outcomes, scenarios: readonly Scenario[]): string {
  const subjects = [...outcomes.keys()]
  const cell = (subject: Subject, scenario: Scenario): string => {
    const reason = subject.leavesOut[scenario.id]
    if (reason !== undefined) return `not its job: ${reason}`
    const defect = outcomes.get(subject)?.get(scenario)
    return defect === undefined ? 'yes' : `**no**: ${defect}`
  }
  return [
    '# Comparison',
    '',
    'Six defects that token libraries are known for, each as one scenario, run on three other libraries and on this one.',
    'It is not a ranking: these libraries were chosen because each shows a defect that the scenarios detect, and each is',
    'good at what it is for. Written by the tests in `bench/rivals`, which fail when it no longer tells what they find;',
    `the versions are the newest for Node 20 as of ${LOOKED_AT}.`,
    '',
    row(['library', 'version', 'what it is for']),
    row(['---', '---', '---']),
    ...subjects.map(({ name, version, purpose }) => row([`\`${name}\``, version, purpose])),
    '',
    row(['what should be', ...subjects.map(({ name }) => `\`${name}\``)]),
    row(['---', ...subjects.map(() => '---')]),
    ...scenarios.map((scenario) => row([scenario.expected, ...subjects.map((subject) => cell(subject, scenario))])),
    '',
  ].join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
