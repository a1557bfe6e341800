// The tests of packages/opentelemetry, on the newest SDK, which Node 20 cannot load: `pnpm test` has the last one that it can.
import { readFile } from 'node:fs/promises'
import { run } from '@chaveiro/test-packages'
import { describe, expect, inject, it } from 'vitest'
import { bundleFromTarballs, suiteFiles } from './bundle-from-tarballs.ts'
import type { TestReport } from './inside/run-suite.ts'
import { program } from './programs.ts'
import { COMMANDS } from './runtimes.ts'
import { OPENTELEMETRY } from './tested-packages.ts'

interface Report {
  readonly node: string
  readonly tests: readonly TestReport[]
}

// Next to the SDK, so that all of it, ours included, finds one copy of OpenTelemetry's API, as in a user's project.
const suite = bundleFromTarballs({
  project: inject('project'),
  file: program('.chaveiro/opentelemetry.mjs'),
  packages: 'bundled',
  tested: OPENTELEMETRY,
  external: ['@opentelemetry/*'],
  program: `
    import { runSuite } from './run-suite.ts'
    const report = { node: process.versions.node, tests: await runSuite(${suiteFiles(OPENTELEMETRY)}) }
    process.stdout.write(JSON.stringify(report) + '\\n', () => process.exit())`,
})

async function reportOn(name: string): Promise<Report> {
  const [command = '', ...args] = COMMANDS[name] ?? []
  const printed = await run(command, [...args, await suite], { cwd: inject('project') })
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '')
}

async function versionOf(name: string): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(program(`${name}/package.json`), 'utf8'))
  return version
}

describe('the tests of @chaveiro/opentelemetry, from its tarball, on the newest SDK', () => {
  it('is a newer SDK than the one that Node 20 loads', async () => {
    for (const name of ['sdk-trace', 'sdk-metrics', 'context-async-hooks']) {
      expect(Number.parseInt(await versionOf(`@opentelemetry/${name}`), 10)).toBeGreaterThanOrEqual(3)
    }
  })

  it.concurrent.each(['Node 22', 'Node 24', 'Node 26'])('pass on %s', async (name) => {
    const { node, tests } = await reportOn(name)
    const [sdk, passed] = [await versionOf('@opentelemetry/sdk-trace'), tests.filter((test) => test.passed)]
    process.stderr.write(`${name} (${node}), OpenTelemetry SDK ${sdk}: ${passed.length} of ${tests.length} passed\n`)
    expect(tests.filter((test) => !test.passed)).toEqual([])
    expect(new Set(tests.map((test) => test.name.split(' > ')[0]))).toEqual(new Set(OPENTELEMETRY.files))
  })
})
