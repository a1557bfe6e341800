import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeWith, redisForTests } from '@chaveiro/test-servers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Home, newHome } from './support/home.ts'
import { newScene } from './support/scene.ts'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
const MINUTES = 120_000
const PACKED = mkdtempSync(join(tmpdir(), 'chaveiro-packed-'))

beforeAll(() => {
  const quiet = ['--silent', '--pack-destination', PACKED, '--cache', join(PACKED, 'cache')]
  execFileSync('npm', ['pack', '--ignore-scripts', ...quiet], { cwd: PACKAGE })
}, MINUTES)

afterAll(() => rmSync(PACKED, { recursive: true, force: true }))

it(
  'runs from its tarball in an empty folder, with nothing but what its manifest names',
  () => {
    const home = newHome()
    installIn(home)
    // CI is a reason for colours to some, and a pipe is none.
    const options = { cwd: home.path, encoding: 'utf8', env: { ...home.env, CI: 'true' } } as const
    const printed = execFileSync('npx', ['--no-install', 'chaveiro', 'demo'], options)
    expect(printed).toMatch(/a thousand requests/)
    expect(printed).not.toContain('✗')
    expect(printed).not.toContain('\u001b')
  },
  MINUTES,
)

it.each([
  ['redis', 'redis://user:canary@127.0.0.1:1'],
  ['pg', 'postgres://user:canary@127.0.0.1:1/db'],
])(
  'says how to get the driver %s, which does not come with it',
  async (driver, url) => {
    const home = newHome()
    const main = installIn(home)
    const { status, stdout, stderr } = await home.run(['store', 'url'], { main, env: { CHAVEIRO_STORE_URL: url } })
    expect({ status, stdout }).toEqual({ status: 7, stdout: '' })
    expect(stderr).toContain(`This store needs the package ${driver}, which is not installed.`)
    expect(stderr).toContain(`npm install --global ${driver}\n`)
    expect(stderr).not.toContain('canary')
    expect(JSON.parse((await home.run(['store', '--json'], { main })).stdout)).toMatchObject({ store: 'file' })
  },
  MINUTES,
)

describeWith(['redis'], 'with a profile that is kept in Redis', () => {
  it(
    'every command says how to get the driver that has gone',
    async () => {
      await using server = await redisForTests()
      // Names of its own, because the server may be everybody's.
      const credentials = { consumerKey: crypto.randomUUID(), secretKey: 'key' }
      const scene = await newScene({ credentials })
      await scene.run(['store', 'url'], { env: { CHAVEIRO_STORE_URL: server.url } })
      expect(await scene.login()).toMatchObject({ status: 0 })
      const main = installIn(scene.home)
      for (const words of [['token', 'bitize'], ['status'], ['request', 'bitize', '/vendors']]) {
        const { status, stdout, stderr } = await scene.run(words, { main })
        expect({ words, status, stdout }).toEqual({ words, status: 7, stdout: '' })
        expect(stderr).toContain('npm install --global redis')
      }
      const { status, stdout } = await scene.run(['doctor'], { main })
      expect(status).toBe(1)
      expect(stdout).toMatch(/✗ store .*npm install --global redis/)
      expect((await scene.run(['store'], { main })).stdout).toContain('redis')
    },
    MINUTES,
  )
})

/** Unpacks the command into this home folder, with the packages that its manifest names and no others. */
function installIn({ path: folder }: Home): string {
  const installed = join(folder, 'node_modules/chaveiro')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball(), '-C', installed, '--strip-components=1'])
  const manifest: Manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const names = Object.keys(manifest.dependencies)
  expect(names.filter((name) => name.startsWith('@chaveiro/'))).toEqual([])
  for (const name of names) link(join(PACKAGE, 'node_modules', name), join(folder, 'node_modules', name))
  const main = join(installed, manifest.bin.chaveiro)
  link(main, join(folder, 'node_modules/.bin/chaveiro'))
  return main
}

interface Manifest {
  readonly bin: { readonly chaveiro: string }
  readonly dependencies: Readonly<Record<string, string>>
}

function tarball(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  return join(PACKED, `chaveiro-${version}.tgz`)
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
