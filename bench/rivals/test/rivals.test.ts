import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startIssuer } from './issuer.ts'
import { page } from './page.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'
import type { Subject } from './subject.ts'
import { azure } from './subjects/azure.ts'
import { badgateway } from './subjects/badgateway.ts'
import { chaveiro } from './subjects/chaveiro.ts'
import { simpleOauth2 } from './subjects/simple-oauth2.ts'

const RIVALS = [simpleOauth2, badgateway, azure]
const outcomes = new Map<Subject, Map<Scenario, string | undefined>>()

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe.each([chaveiro, ...RIVALS])('$name', (subject) => {
  const found = new Map<Scenario, string | undefined>()
  outcomes.set(subject, found)
  const own = SCENARIOS.filter(({ id }) => subject.leavesOut[id] === undefined)

  test.each(own)('$expected', async (scenario) => {
    // What they and Node say about it is not what is looked at.
    for (const name of ['warn', 'error'] as const) vi.spyOn(console, name).mockImplementation(() => {})
    vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const issuer = await startIssuer()
    const client = subject.open(issuer)
    const defect = await scenario.run(client, issuer)
    await client.close?.()
    found.set(scenario, defect)
    // What the others do is told in docs/reports/comparison.md, and compared with it below.
    expect(subject === chaveiro ? defect : undefined).toBeUndefined()
  })
})

describe('all together', () => {
  test.each(SCENARIOS)('the scenario "$id" finds the defect in one of them', (scenario) => {
    const defects = RIVALS.map((rival) => outcomes.get(rival)?.get(scenario)).filter((defect) => defect !== undefined)
    expect(defects).not.toEqual([])
  })

  // `vitest -u` rewrites it.
  test('docs/reports/comparison.md tells what was found', async () => {
    await expect(page(outcomes, SCENARIOS)).toMatchFileSnapshot('../../../docs/reports/comparison.md')
  })
})

afterAll(() => outcomes.clear())
