import { expect, it } from 'vitest'
import { read, typescriptFiles } from './repository.ts'

interface Scenario {
  readonly id: string
  readonly group: string
  readonly given: string
  readonly when: string
  readonly then: string
}

const SCENARIOS: readonly Scenario[] = JSON.parse(read('tools/conventions/scenarios/scenarios.json'))
/** Why a scenario has no test, by its id. */
const NOT_PROVEN: Readonly<Record<string, string>> = JSON.parse(read('tools/conventions/scenarios/not-proven.json'))

/** The test files whose titles name an id in brackets: `one call for all [FL01]`, `[FL01, FL02]`. */
const PROOFS: ReadonlyMap<string, readonly string[]> = proofs()

it('every scenario has a test named by its id, or a reason why not, and not both', () => {
  const neither = SCENARIOS.filter(({ id }) => !PROOFS.has(id) && NOT_PROVEN[id] === undefined)
  expect(neither.map(({ id }) => id)).toEqual([])
  expect(Object.keys(NOT_PROVEN).filter((id) => PROOFS.has(id))).toEqual([])
})

it('no test names a scenario that does not exist', () => {
  const known = new Set(SCENARIOS.map(({ id }) => id))
  expect([...PROOFS.keys(), ...Object.keys(NOT_PROVEN)].filter((id) => !known.has(id))).toEqual([])
})

// `vitest -u` rewrites it.
it('docs/reports/scenarios.md is up to date', async () => {
  await expect(page()).toMatchFileSnapshot('../../../docs/reports/scenarios.md')
})

function proofs(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>()
  const files = ['packages', 'tools', 'tests', 'bench', 'examples']
    .flatMap((folder) => typescriptFiles(folder))
    // Those of `test/scenarios` are descriptions that test files run, on a store in memory and on real ones.
    .filter((file) => file.endsWith('.test.ts') || file.includes('/test/scenarios/'))
    .filter((file) => !file.endsWith('/scenarios.test.ts'))
  for (const file of files) {
    for (const [, ids = ''] of read(file).matchAll(/\[((?:[A-Z]{2}\d{2}(?:, )?)+)\]/g)) {
      for (const id of ids.split(', ')) found.set(id, (found.get(id) ?? new Set()).add(file))
    }
  }
  return new Map([...found].map(([id, inFiles]) => [id, [...inFiles].sort()]))
}

function page(): string {
  const groups = [...new Set(SCENARIOS.map(({ group }) => group))]
  const proven = SCENARIOS.filter(({ id }) => PROOFS.has(id)).length
  const sections = groups.map((group) => {
    const rows = SCENARIOS.filter((scenario) => scenario.group === group).map(row)
    return [
      `## ${group}`,
      '',
      '| id | given | when | then | proof |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n')
  })
  return [
    '# Scenarios',
    '',
    `What the token engine promises, one line each: ${proven} of ${SCENARIOS.length} have a test that names them. Written`,
    'by the tests in `tools/conventions`; do not edit.',
    '',
    ...sections,
  ].join('\n')
}

function row({ id, given, when, then: expected }: Scenario): string {
  const links = PROOFS.get(id)?.map((file) => `[${file.split('/').at(-1)}](../../${file})`)
  const proof = links?.join(', ') ?? `not proven here: ${NOT_PROVEN[id] ?? ''}`
  return `| ${[id, given, when, expected, proof].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
