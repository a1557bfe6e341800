import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningServer } from '@chaveiro/test-servers'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { providerIds } from '../../../tools/conventions/test/repository.ts'
import { run, type TemporaryFolder, temporaryFolder } from '../src/index.ts'
import { startRegistry } from '../src/rehearsal/local-registry.ts'
import { type Environment, usersMachine } from '../src/rehearsal/users-machine.ts'
import { COMMANDS } from './installed.ts'
import { type ReadmeCommand, readmeCommands } from './readmes/commands.ts'
import { importFirstExample } from './readmes/example-imports.ts'

// Each takes seconds, and CI has minutes.
const COMMANDS_AT_MOST = 13
const TIMEOUT_MS = 120_000

/** What is run elsewhere, because it needs a clone: after `npx --yes pnpm@<version> `, or as it is. */
const IN_A_CLONE: readonly string[] = [
  // `.ci/run` is this one, and it runs the demo, from the tarball of the command.
  'test',
  'demo',
  // In examples/test/proof, with fewer sellers.
  'proof',
  'proof --lang pt-BR',
  // With keys of a real account, which no test has.
  'demo bitize --server test',
  // It stays up until Ctrl-C; the command's own tests start it.
  'serve --demo',
  // In from-a-clone.test.ts.
  'build',
  '--filter "./packages/*" pack --pack-destination tarballs',
  'npm install ../chaveiro/tarballs/*.tgz',
]

const commands = readmeCommands()
const elsewhere = commands.filter(({ command }) => IN_A_CLONE.includes(inClone(command)))
const rest = commands.filter((command) => !elsewhere.includes(command))
// The command of each provider's own READMEs is the same but for a name, so what they name is installed at once.
const ofOneProvider = rest.filter(isOfOneProvider)
const installs = [...rest.filter((command) => !isOfOneProvider(command)), together(ofOneProvider)]

/** `npm install @chaveiro/<id>`, which no README but those of that provider has. */
function isOfOneProvider({ command, places }: ReadmeCommand): boolean {
  return providerIds().some(
    (id) =>
      command === `npm install @chaveiro/${id}` && places.every(({ readme }) => readme.startsWith(`packages/${id}/`)),
  )
}

function together(found: readonly ReadmeCommand[]): ReadmeCommand {
  const packages = found.flatMap((one) => one.packages)
  return { command: `npm install ${packages.join(' ')}`, packages, places: found.flatMap(({ places }) => places) }
}

function inClone(command: string): string {
  return command.replace(/^npx --yes pnpm@[\d.]+ /, '')
}

describe('the commands in the READMEs', () => {
  it('are few enough to be run, and the list of others has no more than they', () => {
    expect(installs.length).toBeGreaterThan(0)
    expect(ofOneProvider.length).toBeGreaterThan(0)
    expect(installs.length).toBeLessThanOrEqual(COMMANDS_AT_MOST)
    expect(elsewhere.map(({ command }) => inClone(command)).sort()).toEqual([...IN_A_CLONE].sort())
  })
})

describe('on a machine without settings, with a registry that has the packages', () => {
  let folder: TemporaryFolder
  let registry: RunningServer

  beforeAll(async () => {
    folder = await temporaryFolder('readmes')
    await mkdir(join(folder.path, 'registry'))
    registry = await startRegistry(join(folder.path, 'registry'))
    const env = { ...(await usersMachine(join(folder.path, 'publisher'), registry)), pnpm_config_provenance: 'false' }
    for (const tarball of inject('tarballs')) await run('pnpm', ['publish', tarball], { cwd: folder.path, env })
  }, TIMEOUT_MS)

  afterAll(async () => {
    await registry[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  it.each(installs)(
    '$command works',
    async (install) => {
      await using home = await temporaryFolder('reader')
      const env = await usersMachine(join(home.path, 'home'), registry)
      const project = join(home.path, 'project')
      await mkdir(project)
      const failures = await failuresOf(install, project, env)
      expect(failures).toEqual([])
    },
    TIMEOUT_MS,
  )
})

/** A sentence for each README in which the command does not lead to what the README then uses. */
async function failuresOf(install: ReadmeCommand, project: string, env: Environment): Promise<readonly string[]> {
  const { command, places } = install
  try {
    await run('sh', ['-c', command], { cwd: project, env, timeoutMs: TIMEOUT_MS })
    if (isGlobal(command)) await useGlobally(install, env)
  } catch (error) {
    return places.map(({ readme, line }) => `${readme}:${line}: "${command}" does not work. ${String(error)}`)
  }
  if (isGlobal(command)) return []
  const failures = places.map(async ({ readme, line }) =>
    importFirstExample(readme, project).then(
      () => [],
      (error: unknown) => [
        `${readme}:${line}: after "${command}", the first example can't be imported. ${String(error)}`,
      ],
    ),
  )
  return (await Promise.all(failures)).flat()
}

function isGlobal(command: string): boolean {
  return /\s(?:-g|--global)\b/.test(command)
}

/** Runs each command that was installed for the whole machine; a package without one only has to be there. */
async function useGlobally({ packages }: ReadmeCommand, env: Environment): Promise<void> {
  const prefix = env['npm_config_prefix'] ?? ''
  for (const name of packages) {
    const { version } = JSON.parse(await readFile(join(prefix, 'lib/node_modules', name, 'package.json'), 'utf8'))
    const ours = COMMANDS.find((each) => each.name === name)
    for (const program of Object.keys(ours?.manifest.bin ?? {})) {
      const printed = await run(join(prefix, 'bin', program), ['--version'], { cwd: prefix, env })
      if (printed.trim() !== version) throw new Error(`${program} --version printed ${printed}`)
    }
  }
}
