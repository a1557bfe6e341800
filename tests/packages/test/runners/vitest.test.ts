import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { MEASURED } from '../../../../tools/conventions/test/condition-sets.ts'
import { run } from '../../src/index.ts'
import { PROJECT } from '../installed.ts'
import { PROBE_PROGRAM, writeProbePackage } from '../probe-package.ts'
import { RUNNERS } from './folder.ts'
import { IN_JSDOM, importedConditionsTest, MATCHERS_IN_VITEST, PAGE_TEST, SERVER_TEST } from './programs.ts'

const STUB = `vi.mock('@chaveiro/genpag/card', () => import('@chaveiro/genpag/card/testing'))\n`

function conditionsOf(tool: string): readonly string[] {
  return MEASURED.find((set) => set.tool === tool)?.conditions ?? []
}

it('vitest runs tests of servers and pages without any setting, with jsdom and without', async () => {
  const folder = join(PROJECT, 'vitest')
  await mkdir(folder)
  await writeProbePackage(PROJECT)
  const files: Readonly<Record<string, string>> = {
    'probe.mjs': PROBE_PROGRAM,
    'server.test.mjs': SERVER_TEST,
    'matchers.test.mjs': MATCHERS_IN_VITEST,
    'jsdom.test.mjs': IN_JSDOM + SERVER_TEST,
    'page.test.mjs': IN_JSDOM + STUB + PAGE_TEST,
    'node-set.test.mjs': importedConditionsTest(conditionsOf('vitest'), './probe.mjs'),
    'jsdom-set.test.mjs': IN_JSDOM + importedConditionsTest(conditionsOf('vitest with jsdom'), './probe.mjs'),
    'vitest.config.mjs': 'export default { test: { globals: true } }',
  }
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  const vitest = join(RUNNERS, 'node_modules/vitest/vitest.mjs')
  // Of the vitest around this test, the inner one has to know nothing.
  const env = Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => name.startsWith('VITEST'))
      .map((name) => [name, undefined]),
  )
  const printed = await run(process.execPath, [vitest, 'run', '--reporter', 'json'], { cwd: folder, env })
  expect(JSON.parse(printed)).toMatchObject({ numPassedTests: 6, numFailedTests: 0 })
})
