import { once } from 'node:events'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { expectNoSecret, newScene, signedIn } from './support/scene.ts'

it('says how to begin before the first sign-in', async () => {
  expect(await newHome().run(['status'])).toMatchObject({
    status: 0,
    stdout: '',
    stderr: 'You are not signed in to any account. Start with: chaveiro providers\n',
  })
  expect(await newHome().run(['status', '--json'])).toMatchObject({ status: 0, stdout: '[]\n', stderr: '' })
})

it('shows every account in a table, without a secret and without a call', async () => {
  const scene = await newScene()
  await scene.login(['--account', 'one'])
  await scene.login(['--account', 'two'])
  const { status, stdout, stderr } = await scene.run(['status'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(
      /^ {2}provider {2}account {2}state {2}time left {7,}last refresh {2}next attempt {2}last failure$/,
    ),
    expect.stringMatching(/^ {2}bitize {4}one {6}valid {2}█{10} 23 h 59 min {2}\d+ s ago {4,}– {13}–$/),
    expect.stringMatching(/^ {2}bitize {4}two {6}valid {2}█{10} 23 h 59 min {2}\d+ s ago {4,}– {13}–$/),
    '',
  ])
  expectNoSecret(scene, stdout)
  expect(scene.simulator.count('authenticate')).toBe(2)
})

it('remembers what failed last, and when the provider wants to be asked again', async () => {
  let offMs = 0
  const scene = await signedIn({ clock: { now: () => Date.now() + offMs } })
  // The provider's clock goes along: by its answers a process notices that its own is wrong.
  offMs = 3 * 86_400_000
  const later = `const now = Date.now; Date.now = () => now() + ${offMs}`
  const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(later)}` }
  scene.simulator.faults.next({ kind: 'status', status: 429, retryAfter: 300, times: 2 })
  expect(await scene.runProcess(['token', 'bitize'], { env })).toMatchObject({ status: 6 })
  const [report] = JSON.parse((await scene.runProcess(['status', '--json'], { env })).stdout)
  expect(report).toMatchObject({
    provider: 'bitize',
    account: 'default',
    server: scene.url,
    state: 'expired',
    lastFailure: { code: 'throttled', at: expect.stringMatching(/Z$/) },
    refreshExpiresAt: null,
    nextAttemptAt: expect.stringMatching(/Z$/),
  })
  expect((await scene.runProcess(['status'], { env })).stdout).toMatch(
    /expired {2}░{10} 0 s .*in 4 min.*throttled, \d+ s ago/,
  )
})

it('shows an account whose key is gone as unreadable', async () => {
  const scene = await newScene()
  const env = { CHAVEIRO_SEALING_KEY: Buffer.alloc(32, 7).toString('base64') }
  await scene.login([], { env })
  const other = { CHAVEIRO_SEALING_KEY: Buffer.alloc(32, 8).toString('base64') }
  expect((await scene.run(['status'], { env: other })).stdout).toMatch(/bitize {4}default {2}unreadable/)
})

it('with --watch --json prints a line whenever something changes, until it is interrupted', async () => {
  const scene = await signedIn()
  const { child, outcome } = scene.home.start(['status', '--watch', '--json'])
  await once(child.stdout ?? child, 'data')
  await scene.login(['--account', 'two'])
  let heard = ''
  while (!heard.includes('two')) {
    const [chunk] = await once(child.stdout ?? child, 'data')
    heard += String(chunk)
  }
  child.kill('SIGINT')
  const { status, stderr } = await outcome
  expect({ status, stderr }).toEqual({ status: 130, stderr: '' })
  expect(JSON.parse(heard.trim().split('\n').at(-1) ?? '')).toHaveLength(2)
})
