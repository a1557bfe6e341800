import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type RunningServer, startServer } from '@chaveiro/test-servers'
import { run } from '../run.ts'
import { WORKSPACE } from '../workspace.ts'

const REGISTRY = join(WORKSPACE, 'tests/packages/registry')

/**
 * Starts Verdaccio on loopback, empty. It keeps our packages to itself and never asks for them elsewhere; all others
 * come from the registry that npm is set to on this machine.
 */
export async function startRegistry(folder: string): Promise<RunningServer> {
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { cwd: REGISTRY })
  const elsewhere = await npmSetting('registry', folder)
  // Verdaccio asks elsewhere by itself, so it has to trust whom npm trusts.
  const ca = await npmSetting('cafile', folder)
  const ours = { access: '$all', publish: '$all' }
  const settings = {
    storage: join(folder, 'storage'),
    uplinks: { elsewhere: { url: elsewhere } },
    packages: { '@chaveiro/*': ours, chaveiro: ours, '**': { access: '$all', proxy: 'elsewhere' } },
    log: { type: 'stdout', format: 'json', level: 'http' },
  }
  const file = join(folder, 'verdaccio.json')
  await writeFile(file, JSON.stringify(settings))
  const { resolve } = createRequire(join(REGISTRY, 'package.json'))
  const program = join(resolve('verdaccio/package.json'), '../bin/verdaccio')
  return startServer(
    folder,
    (port) => `http://127.0.0.1:${port}/`,
    (port) => ({
      command: [process.execPath, program, '--config', file, '--listen', `127.0.0.1:${port}`],
      ready: 'http address',
      ...(ca !== 'null' && ca !== '' && { env: { NODE_EXTRA_CA_CERTS: ca } }),
    }),
  )
}

async function npmSetting(name: string, folder: string): Promise<string> {
  return (await run('npm', ['config', 'get', name], { cwd: folder })).trim()
}
