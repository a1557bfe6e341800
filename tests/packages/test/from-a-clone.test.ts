import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { read } from '../../../tools/conventions/test/repository.ts'
import { run, temporaryFolder, WORKSPACE } from '../src/index.ts'
import { COMMANDS } from './installed.ts'
import { importFirstExample } from './readmes/example-imports.ts'

const MINUTES = 300_000
const IN_ENGLISH = shellBlocks('README.md', 'From a clone')

/** The commands in the blocks of a README's section. */
function shellBlocks(readme: string, title: string): readonly string[] {
  const section =
    read(readme)
      .split(/^## /m)
      .find((text) => text.startsWith(`${title}\n`)) ?? ''
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, commands = '']) => commands)
}

it('the READMEs in both languages say the same about a clone', () => {
  expect(IN_ENGLISH).toHaveLength(2)
  expect(shellBlocks('README.pt-BR.md', 'A partir de um clone')).toEqual(IN_ENGLISH)
})

it(
  'a project next to a clone can use the packages, as the README says',
  async () => {
    await using folder = await temporaryFolder('clone')
    const tarballs = join(WORKSPACE, 'tarballs')
    const removed = { recursive: true, force: true } as const
    await rm(tarballs, removed)
    onTestFinished(() => rm(tarballs, removed))
    // This repository, built already, as what was cloned.
    await symlink(WORKSPACE, join(folder.path, 'chaveiro'))
    const project = join(folder.path, 'project')
    await mkdir(project)

    const [inClone = '', inProject = ''] = IN_ENGLISH
    await run('sh', ['-e', '-c', inClone], { cwd: WORKSPACE, timeoutMs: MINUTES })
    await run('sh', ['-e', '-c', inProject], { cwd: project, timeoutMs: MINUTES })
    await importFirstExample('README.md', project)
    const printed = await run('node', ['../chaveiro/packages/cli/dist/main.js', '--version'], { cwd: project })
    expect(printed).toBe(`${COMMANDS[0]?.manifest.version}\n`)
  },
  MINUTES,
)
