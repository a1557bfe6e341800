import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../../src/index.ts'
import { PROJECT } from '../installed.ts'
import { ASSERTIONS_IN_NODE } from './programs.ts'

it('node:test runs the assertions of the simulator, with its own fake timers', async () => {
  const folder = join(PROJECT, 'node-test')
  await mkdir(folder)
  const file = join(folder, 'simulator.test.mjs')
  await writeFile(file, ASSERTIONS_IN_NODE)
  const printed = await run(process.execPath, ['--test', '--test-reporter=tap', file], { cwd: folder })
  expect(printed).toMatch(/# pass 1\n# fail 0/)
})
