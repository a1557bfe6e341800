import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { newHome } from './support/home.ts'
import { expectNoSecret, newScene, signedIn } from './support/scene.ts'

vi.setConfig({ testTimeout: 60_000 })

it('finds nothing wrong where nothing is', async () => {
  const scene = await signedIn()
  const { status, stdout } = await scene.run(['doctor'])
  expect(status).toBe(0)
  expect(stdout).not.toContain('✗')
  for (const check of ['permissions', 'key', 'store', 'proxy', 'dns', 'tls', 'clock'])
    expect(stdout).toContain(`✓ ${check}`)
  expectNoSecret(scene, stdout)
})

it('checks what exists before the first sign-in', async () => {
  const { status, stdout } = await newHome().run(['doctor'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/can be created/)
  expect(stdout).toMatch(/chaveiro doctor --server.*\n\n✓ No problems found\.\n$/)
})

it('finds a clock that is wrong, by the date of the server', async () => {
  const scene = await signedIn()
  const env = {
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent('const now = Date.now; Date.now = () => now() - 7_200_000')}`,
  }
  const { status, stdout } = await scene.runProcess(['doctor'], { env })
  expect(status).toBe(1)
  expect(stdout).toMatch(/✗ clock {8}(2 h|1 h 59 min) behind http.*\n\s+→ Set the clock/)
})

it('finds files that others may read', async () => {
  const scene = await signedIn()
  const config = join(scene.home.path, '.config/chaveiro/profiles/default')
  chmodSync(config, 0o755)
  const { status, stdout } = await scene.run(['doctor'])
  expect(status).toBe(1)
  expect(stdout).toMatch(/✗ permissions {2}other users can access .* \(mode 755\)\n\s+→ chmod 700 '/)
})

it.each([
  [
    'an unknown host name',
    { server: 'https://no-such-host.invalid' },
    {},
    /✗ dns .*doesn't resolve \(\w+\)\n\s+→ Check the spelling/,
  ],
  [
    'a port without a listener',
    { server: 'http://127.0.0.1:1' },
    {},
    /✗ tls .*can't reach .* \(\w+\)\n\s+→ Check your network/,
  ],
  [
    'a proxy that is not there',
    {},
    { HTTPS_PROXY: 'http://user:canary@127.0.0.1:1' },
    /✗ proxy {8}127\.0\.0\.1:1 doesn't answer \(ECONNREFUSED\)\n\s+→ Correct HTTPS_PROXY/,
  ],
  ['a proxy that is not a URL', {}, { HTTPS_PROXY: 'canary' }, /✗ proxy .*HTTPS_PROXY doesn't start with http:/],
])('finds %s', async (_, { server }: { server?: string }, env: Record<string, string>, text) => {
  const { status, stdout } = await newHome().run(['doctor', ...(server === undefined ? [] : ['--server', server])], {
    env,
  })
  expect(status).toBe(1)
  expect(stdout).toMatch(text)
  expect(stdout).not.toContain('canary')
})

it('finds a key that is lost', async () => {
  const scene = await newScene()
  await scene.login([], { env: { CHAVEIRO_SEALING_KEY: Buffer.alloc(32, 7).toString('base64') } })
  const { status, stdout } = await scene.run(['doctor'])
  expect(status).toBe(1)
  expect(stdout).toMatch(/✗ key .*CHAVEIRO_SEALING_KEY.*\n\s+→ /)
})

it('groups its findings by account, and ends with one verdict', async () => {
  const scene = await newScene()
  await scene.login(['--account', 'shop'])
  await scene.login(['--account', 'second'])
  const { stdout } = await scene.run(['doctor', '--server', 'http://127.0.0.1:1'])
  const titles = ['This machine', 'bitize, account "second"', 'bitize, account "shop"', 'http://127.0.0.1:1']
  expect(stdout.split('\n').filter((line) => /^[\w]/.test(line))).toEqual(titles)
  expect(stdout).toMatch(/\n\n✗ 1 problem found: tls\.\n$/)
})

const PROFILE = '.config/chaveiro/profiles/default'
const DATA = '.local/share/chaveiro/profiles/default'

it.each<[string, (home: string) => void]>([
  ['a profile that is not JSON', (home) => writeFileSync(join(home, PROFILE, 'profile.json'), '{"keyId"')],
  ['a profile of another shape', (home) => writeFileSync(join(home, PROFILE, 'profile.json'), 'null')],
  ['a folder in place of the profile', (home) => replaced(join(home, PROFILE, 'profile.json'), mkdirSync)],
  ['a file in place of the accounts', (home) => replaced(join(home, DATA, 'accounts'), touched)],
  ['a file in place of the tokens', (home) => replaced(join(home, DATA, 'tokens'), touched)],
  ['a file in place of the profile folder', (home) => replaced(join(home, PROFILE), touched)],
  ['a folder in place of the key', (home) => keyOf(home, (path) => replaced(path, mkdirSync))],
  ['a key that is empty', (home) => keyOf(home, (path) => writeFileSync(path, ''))],
])('survives %s, and says so', async (_, damage) => {
  const scene = await signedIn()
  damage(scene.home.path)
  const { status, stdout, stderr } = await scene.run(['doctor'])
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  expect(stdout).toMatch(/ ✗ \w+ [\s\S]*→ [\s\S]*\n✗ \d problems? found: .*\n$/)
  expect(stdout).not.toMatch(/\n\s+at /)
})

it.each<[string, (path: string) => void, RegExp]>([
  ['is damaged', (path) => writeFileSync(path, '{"keyId"'), /profile\.json is damaged\. Restore it from a backup/],
  ['is a folder', (path) => replaced(path, mkdirSync), /profile\.json is a folder\./],
])('says that the profile %s, and nothing about a key', async (_, damage, sentence) => {
  const scene = await signedIn()
  damage(join(scene.home.path, PROFILE, 'profile.json'))
  const findings: { check: string; ok: boolean }[] = JSON.parse((await scene.run(['doctor', '--json'])).stdout)
  expect(findings.filter(({ ok }) => !ok)).toEqual([
    expect.objectContaining({ check: 'profile', detail: expect.stringMatching(sentence) }),
  ])
})

it('prints commands for the account and the profile that it found', async () => {
  const scene = await newScene()
  const withKey = (byte: number) => ({ env: { CHAVEIRO_SEALING_KEY: Buffer.alloc(32, byte).toString('base64') } })
  await scene.login(['--account', 'shop', '--profile', 'work'], withKey(7))
  const { stdout } = await scene.run(['doctor', '--profile', 'work', '--json'], withKey(8))
  expect(stdout).toContain('run chaveiro logout bitize --account shop --profile work and then chaveiro login bitize ')
})

it('prints all of it as JSON', async () => {
  const scene = await signedIn()
  const findings = JSON.parse((await scene.run(['doctor', '--json'])).stdout)
  const account = { provider: 'bitize', account: 'default' }
  expect(findings).toContainEqual({ account, check: 'clock', ok: true, detail: expect.any(String), remedy: null })
  expect(findings).toContainEqual(expect.objectContaining({ account: null, check: 'store' }))
})

function replaced(path: string, make: (path: string) => unknown): void {
  rmSync(path, { recursive: true })
  make(path)
}

function touched(path: string): void {
  writeFileSync(path, '')
}

function keyOf(home: string, damage: (path: string) => void): void {
  const name = readdirSync(join(home, PROFILE)).find((name) => name.startsWith('sealing-key'))
  damage(join(home, PROFILE, name ?? ''))
}
