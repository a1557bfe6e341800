import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { expectNoSecret, newScene, signedIn } from './support/scene.ts'

it('finds nothing wrong where nothing is', async () => {
  const scene = await signedIn()
  const { status, stdout } = await scene.run(['doctor'])
  expect(status).toBe(0)
  expect(stdout).not.toContain('✗')
  for (const check of ['permissions', 'key', 'store', 'proxy', 'dns', 'tls', 'clock'])
    expect(stdout).toContain(`✓ ${check}`)
  expectNoSecret(scene, stdout)
})

it('looks at what there is before anybody has signed in', async () => {
  const { status, stdout, stderr } = await newHome().run(['doctor'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/can be created/)
  expect(stderr).toMatch(/chaveiro doctor --server/)
})

it('finds a clock that is wrong, by the date of the server', async () => {
  const scene = await signedIn()
  const env = {
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent('const now = Date.now; Date.now = () => now() - 7_200_000')}`,
  }
  const { status, stdout } = await scene.run(['doctor'], { env })
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
    'a name that nobody knows',
    { server: 'https://no-such-host.invalid' },
    {},
    /✗ dns .*cannot be looked up \(\w+\)\n\s+→ Check the spelling/,
  ],
  [
    'a port that nobody listens on',
    { server: 'http://127.0.0.1:1' },
    {},
    /✗ tls .*cannot be reached \(\w+\)\n\s+→ Is the network up/,
  ],
  [
    'a proxy that is not there',
    {},
    { HTTPS_PROXY: 'http://user:canary@127.0.0.1:1' },
    /✗ proxy {8}127\.0\.0\.1:1 does not answer \(ECONNREFUSED\)\n\s+→ Mend HTTPS_PROXY/,
  ],
  ['a proxy that is none', {}, { HTTPS_PROXY: 'canary' }, /✗ proxy .*must be a URL/],
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

it('prints all of it as JSON', async () => {
  const scene = await signedIn()
  const findings = JSON.parse((await scene.run(['doctor', '--json'])).stdout)
  expect(findings).toContainEqual({ check: 'clock', ok: true, detail: expect.any(String), remedy: null })
})
