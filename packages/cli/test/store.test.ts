import { describeWith, postgresForTests, type RunningServer, redisForTests } from '@chaveiro/test-servers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { newScene, signedIn } from './support/scene.ts'

const SHARED_KEY = { CHAVEIRO_SEALING_KEY: Buffer.alloc(32, 3).toString('base64') }

const places = [
  ['Redis', 'redis', redisForTests],
  ['PostgreSQL', 'postgres', postgresForTests],
] as const

for (const [title, need, start] of places) {
  describeWith([need], title, () => {
    let server: RunningServer
    beforeAll(async () => {
      server = await start()
    }, 60_000)
    afterAll(async () => server[Symbol.asyncDispose]())

    it('keeps the tokens of a profile, which two machines share', async () => {
      const scene = await newScene({
        credentials: { consumerKey: `b171ce00-0000-4000-8000-0000000000${need.length}0`, secretKey: 'key' },
      })
      const env = { ...SHARED_KEY, CHAVEIRO_STORE_URL: server.url }
      const moved = await scene.run(['store', 'url'], { env })
      expect(moved).toMatchObject({ status: 0, stdout: `Profile "default" keeps its tokens in: ${need}\n` })
      expect(await scene.login([], { env: SHARED_KEY })).toMatchObject({ status: 0 })
      const first = await scene.run(['token', 'bitize'], { env: SHARED_KEY })
      expect(first).toMatchObject({ status: 0, stderr: '' })
      expect(scene.home.contents()).not.toContain(server.url)

      const other = newHome()
      const here = { ...env, ...scene.keys }
      expect(
        await other.run(['store', 'url', '--from-file', '-'], { env: SHARED_KEY, stdin: `${server.url}\n` }),
      ).toMatchObject({ status: 0 })
      // Signing in proves the inputs with a token call, and that token is then everybody's.
      expect(await other.run(['login', 'bitize', '--server', scene.url], { env: here })).toMatchObject({ status: 0 })
      const second = await other.run(['token', 'bitize'], { env: SHARED_KEY })
      expect((await scene.run(['token', 'bitize'], { env: SHARED_KEY })).stdout).toBe(second.stdout)
      expect(scene.simulator.count('authenticate')).toBe(2)
      expect((await scene.run(['doctor'], { env: SHARED_KEY })).stdout).toContain(`✓ store        ${need} answers`)
    }, 60_000)
  })
}

it('changes nothing when the new place does not answer, and does not quote its URL', async () => {
  const scene = await signedIn()
  const env = { CHAVEIRO_STORE_URL: 'redis://user:canary@127.0.0.1:1' }
  const outcome = await scene.run(['store', 'url'], { env })
  expect(outcome).toMatchObject({ status: 7, stdout: '' })
  expect(outcome.stderr).toMatch(/Can't reach Redis \(ECONNREFUSED\)/)
  expect(outcome.stderr).not.toContain('canary')
  expect((await scene.run(['store', '--json'])).stdout).toBe('{"profile":"default","store":"file"}\n')
  expect(await scene.run(['token', 'bitize'])).toMatchObject({ status: 0 })
})

it.each([
  [['store', 'url'], {}, /Set CHAVEIRO_STORE_URL/],
  [['store', 'url'], { CHAVEIRO_STORE_URL: 'https://canary' }, /not a store URL/],
  [['store', 'redis'], {}, /chaveiro store url/],
])('chaveiro %j says what is wrong', async (words, env: Record<string, string>, sentence) => {
  const outcome = await newHome().run(words, { env })
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toMatch(sentence)
  expect(outcome.stderr).not.toContain('canary')
})
