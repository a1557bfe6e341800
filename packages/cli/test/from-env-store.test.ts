import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith, postgresForTests, type RunningServer, redisForTests } from '@chaveiro/test-servers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mountSecret } from './support/container.ts'
import { newHome } from './support/home.ts'
import { expectNoSecret, newScene } from './support/scene.ts'

// Each command is a process, and CI runs others at the same time.
const MINUTES = 120_000

const KEY = Buffer.alloc(32, 5).toString('base64')

it(
  'refuses an account whose refresh token may be replaced, unless it has a place for the new one',
  async () => {
    const scene = await newScene()
    const sentence =
      'Bitize may replace the refresh token when it renews a token, and the new one would be lost when this process ends. Pass --store URL (Redis or PostgreSQL) or --state FOLDER.\n'
    const words = ['bitize', '--from-env', '--server', scene.url]
    for (const line of [
      ['token', ...words],
      ['request', ...words, '/vendors'],
      ['exec', ...words, '--', 'true'],
      ['status', ...words],
    ]) {
      const { status, stdout, stderr } = await scene.run(line, { env: scene.keys })
      expect({ line, status, stdout, stderr }).toEqual({ line, status: 2, stdout: '', stderr: sentence })
    }
    expect(scene.simulator.requests).toHaveLength(0)
    expect(readdirSync(scene.home.path)).toEqual([])
  },
  MINUTES,
)

it(
  'keeps tokens encrypted in a folder that only this user can use, for the next command',
  async () => {
    const scene = await newScene()
    const state = join(scene.home.path, 'state')
    const words = ['bitize', '--from-env', '--server', scene.url, '--state', state]
    const empty = await scene.run(['status', ...words, '--json'], { env: scene.keys })
    expect(JSON.parse(empty.stdout)).toMatchObject([{ state: 'absent' }])
    expect(readdirSync(scene.home.path)).toEqual([])
    const runs = await Promise.all([1, 2, 3].map(() => scene.run(['token', ...words], { env: scene.keys })))
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1)
    expect(scene.simulator.count('authenticate')).toBe(1)
    const status = await scene.run(['status', ...words, '--json'], { env: scene.keys })
    expect(JSON.parse(status.stdout)).toMatchObject([{ provider: 'bitize', state: 'fresh' }])
    expect(readdirSync(scene.home.path)).toEqual(['state'])
    expect(readdirSync(state).sort()).toEqual(['sealing-key', 'tokens'])
    for (const path of [state, ...scene.home.files()]) expect(statSync(path).mode & 0o077).toBe(0)
    expectNoSecret(scene, scene.home.contents())
  },
  MINUTES,
)

it(
  'opens what the key of the folder has encrypted when another key is given later',
  async () => {
    const scene = await newScene()
    const words = ['token', 'bitize', '--from-env', '--server', scene.url, '--state', join(scene.home.path, 'state')]
    const first = await scene.run(words, { env: scene.keys })
    const env = { ...scene.keys, CHAVEIRO_SEALING_KEY_FILE: mountSecret(scene.home, 'key', `${KEY}\n`) }
    expect(await scene.run(words, { env })).toEqual(first)
  },
  MINUTES,
)

it.each([
  [{}, 2, /Set CHAVEIRO_SEALING_KEY or CHAVEIRO_SEALING_KEY_FILE/],
  [{ CHAVEIRO_SEALING_KEY: KEY }, 7, /Can.t reach Redis/],
])(
  'with %j and a store that does not answer, says so without its URL',
  async (more, status, sentence) => {
    const scene = await newScene()
    const words = ['token', 'bitize', '--from-env', '--server', scene.url, '--store', 'redis://user:canary@127.0.0.1:1']
    const outcome = await scene.run(words, { env: { ...scene.keys, ...more } })
    expect(outcome).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(sentence) })
    expect(outcome.stderr).not.toContain('canary')
    expect(scene.simulator.requests).toHaveLength(0)
  },
  MINUTES,
)

const places = [
  ['redis', redisForTests],
  ['postgres', postgresForTests],
] as const

for (const [need, start] of places) {
  describeWith([need], `a shared store in ${need}`, () => {
    let server: RunningServer
    beforeAll(async () => {
      server = await start()
    }, MINUTES)
    afterAll(async () => server[Symbol.asyncDispose]())

    it(
      'is shared by containers that have nothing else in common',
      async () => {
        const scene = await newScene({ credentials: { consumerKey: crypto.randomUUID(), secretKey: 'key' } })
        const words = ['token', 'bitize', '--from-env', '--server', scene.url]
        const env = { ...scene.keys, CHAVEIRO_SEALING_KEY: KEY }
        const other = newHome()
        const one = await scene.run([...words, '--store', server.url], { env })
        const mounted = mountSecret(other, 'store-url', `${server.url}\n`)
        const two = await other.run(words, { env: { ...env, CHAVEIRO_STORE_URL_FILE: mounted } })
        expect(one).toMatchObject({ status: 0, stderr: '' })
        expect(two).toEqual(one)
        expect(scene.simulator.count('authenticate')).toBe(1)
        expect(readdirSync(scene.home.path)).toEqual([])
      },
      MINUTES,
    )
  })
}
