import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { expectNoSecret, newScene, signedIn } from './support/scene.ts'

const DAY = 86_400_000

it('prints the token and nothing else', async () => {
  const scene = await signedIn()
  const outcome = await scene.run(['token', 'bitize'])
  expect(outcome).toMatchObject({ status: 0, stderr: '' })
  expect(outcome.stdout).toMatch(/^access-1-\S+\n$/)
  expect(scene.simulator.revealSecrets()).toContain(outcome.stdout.trim())
  expect(scene.simulator.requests).toHaveLength(1)
})

// undici alone takes longer to load than the rest of the command.
it('loads no package that sends requests for a token from the store', async () => {
  const scene = await signedIn()
  const loaded = `process.on('exit', () => process.stderr.write(Object.keys(require.cache).join('\\n')))`
  const file = join(scene.home.path, 'loaded.cjs')
  writeFileSync(file, loaded)
  const { stdout, stderr } = await scene.runProcess(['token', 'bitize'], { env: { NODE_OPTIONS: `--require ${file}` } })
  expect(scene.simulator.revealSecrets()).toContain(stdout.trim())
  expect(stderr).toBe(file)
})

it('gives token, end and account as JSON', async () => {
  const scene = await signedIn()
  const { stdout } = await scene.run(['token', 'bitize', '--json'])
  const { token, expiresAt, ...rest } = JSON.parse(stdout)
  expect(rest).toEqual({ provider: 'bitize', account: 'default' })
  expect(stdout).toContain(token)
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(DAY - 60_000)
})

it('makes one token call for eight processes that start at once', async () => {
  const now = Date.now()
  let shift = 0
  const scene = await signedIn({ clock: { now: () => now + shift } })
  // The token in the store is refused from here on, so each process needs another.
  shift = 2 * DAY
  const env = { NODE_OPTIONS: `--import ${clockThatIs(2 * DAY)}` }
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => scene.runProcess(['token', 'bitize'], { env })))
  expect(new Set(outcomes.map(({ status, stderr }) => `${status} ${stderr}`))).toEqual(new Set(['0 ']))
  expect(new Set(outcomes.map(({ stdout }) => stdout)).size).toBe(1)
  expect(scene.simulator.count('authenticate') + scene.simulator.count('refreshAccessToken')).toBe(2)
}, 120_000)

it('gets a token that lives as long as asked for', async () => {
  const scene = await signedIn({ accessTokenLifetimeMs: 3_600_000 })
  const first = await scene.run(['token', 'bitize', '--min-validity', '10m'])
  expect(first).toMatchObject({ status: 0 })
  expect(scene.simulator.count('refreshAccessToken')).toBe(0)
  const env = { NODE_OPTIONS: `--import ${clockThatIs(3_300_000)}` }
  const second = await scene.runProcess(['token', 'bitize', '--min-validity', '10m'], { env })
  expect(scene.simulator.count('refreshAccessToken')).toBe(1)
  expect(second.stdout).not.toBe(first.stdout)
})

it.each([['10'], ['ten'], ['10 m'], ['-1m'], ['0s']])('refuses --min-validity %s', async (time) => {
  const outcome = await newHome().run(['token', 'bitize', `--min-validity=${time}`])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toContain(`"${time}" is not a valid duration`)
})

it('says who is not signed in, and which accounts there are', async () => {
  expect(await newHome().run(['token', 'bitize'])).toMatchObject({
    status: 3,
    stderr: 'Not signed in to bitize. Sign in first: chaveiro login bitize\n',
  })
  const scene = await newScene()
  await scene.login(['--account', 'one'])
  // The only one needs no name.
  expect(await scene.run(['token', 'bitize'])).toMatchObject({ status: 0 })
  await scene.login(['--account', 'two'])
  const which = await scene.run(['token', 'bitize'])
  expect(which).toMatchObject({ status: 2, stdout: '' })
  expect(which.stderr).toContain('Pass --account with one of: one, two.')
  expect(await scene.run(['token', 'bitize', '--account', 'two'])).toMatchObject({ status: 0 })
})

it('keeps profiles apart', async () => {
  const scene = await signedIn()
  expect(await scene.run(['token', 'bitize', '--profile', 'work'])).toMatchObject({ status: 3 })
  expect(await scene.run(['token', 'bitize'], { env: { CHAVEIRO_PROFILE: 'work' } })).toMatchObject({ status: 3 })
})

it('prints errors as JSON on stderr for programs', async () => {
  const { status, stdout, stderr } = await newHome().run(['token', 'bitize', '--json'])
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(JSON.parse(stderr)).toEqual({
    error: { code: 'not-signed-in', message: expect.stringContaining('chaveiro login bitize'), exit: 3 },
  })
})

it('serves a stored token while the provider is down, and without one exits with the code for an outage', async () => {
  let offMs = 0
  const scene = await signedIn({ clock: { now: () => Date.now() + offMs } })
  scene.simulator.faults.next({ kind: 'status', status: 503, times: Infinity })
  expect(await scene.run(['token', 'bitize'])).toMatchObject({ status: 0 })
  // The provider's clock goes along: by its answers a process notices that its own is wrong.
  offMs = 3 * DAY
  const env = { NODE_OPTIONS: `--import ${clockThatIs(offMs)}` }
  const outcome = await scene.runProcess(['token', 'bitize'], { env })
  expect(outcome).toMatchObject({ status: 6, stdout: '' })
  expect(outcome.stderr).toMatch(/Try again later/)
  expectNoSecret(scene, outcome.stderr)
})

it('copes with a clock that is behind: no token call that is not needed, no token that has ended', async () => {
  const scene = await signedIn()
  const env = { NODE_OPTIONS: `--import ${clockThatIs(-30 * DAY)}` }
  const first = await scene.runProcess(['token', 'bitize'], { env })
  expect(first).toMatchObject({ status: 0, stderr: '' })
  expect(scene.simulator.count('authenticate')).toBe(1)
})

it('signs in with a clock that is ahead, and gets a token each time that the stored one looks long ended', async () => {
  const scene = await newScene()
  const env = { NODE_OPTIONS: `--import ${clockThatIs(90 * DAY)}` }
  const login = ['login', 'bitize', '--server', scene.url]
  expect(await scene.runProcess(login, { env: { ...scene.keys, ...env } })).toMatchObject({ status: 0 })
  const first = await scene.runProcess(['token', 'bitize'], { env })
  const second = await scene.runProcess(['token', 'bitize'], { env })
  expect(first).toMatchObject({ status: 0, stderr: '' })
  expect(second).toMatchObject({ status: 0, stderr: '' })
  expect(scene.simulator.requests).toHaveLength(3)
})

it('refreshes early, after printing what is there, so that an outage is not felt', async () => {
  let shift = 0
  const scene = await signedIn({ accessTokenLifetimeMs: 3_600_000, clock: { now: () => Date.now() + shift } })
  const first = (await scene.run(['token', 'bitize'])).stdout
  // In the last fifth of its life, and not in the last minute.
  shift = 55 * 60_000
  const env = { NODE_OPTIONS: `--import ${clockThatIs(shift)}` }
  scene.simulator.faults.next({ kind: 'status', status: 503 })
  expect(await scene.runProcess(['token', 'bitize'], { env })).toMatchObject({ status: 0, stdout: first, stderr: '' })
  expect(scene.simulator.requests).toHaveLength(2)
  // What failed a moment ago is left alone.
  expect(await scene.runProcess(['token', 'bitize'], { env })).toMatchObject({ status: 0, stdout: first, stderr: '' })
  expect(scene.simulator.requests).toHaveLength(2)

  const later = { NODE_OPTIONS: `--import ${clockThatIs(shift + 120_000)}` }
  expect(await scene.runProcess(['token', 'bitize'], { env: later })).toMatchObject({
    status: 0,
    stdout: first,
    stderr: '',
  })
  expect(scene.simulator.requests).toHaveLength(3)
  const next = await scene.runProcess(['token', 'bitize'], { env: later })
  expect(next).toMatchObject({ status: 0, stderr: '' })
  expect(next.stdout).not.toBe(first)
  expect(scene.simulator.requests).toHaveLength(3)
})

/** Makes the clock of a process wrong by so much. */
function clockThatIs(offByMs: number): string {
  const code = `const now = Date.now; Date.now = () => now() + ${offByMs}`
  return `data:text/javascript,${encodeURIComponent(code)}`
}
