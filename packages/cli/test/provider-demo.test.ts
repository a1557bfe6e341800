import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { expectNoSecret, newScene } from './support/scene.ts'

it('obtains a token, calls the API, and obtains another, without printing a secret or keeping anything', async () => {
  const scene = await newScene()
  const { status, stdout, stderr } = await scene.run(['demo', 'bitize', '--server', scene.url], { env: scene.keys })
  expect(status).toBe(0)
  expect(stdout).toMatch(/a token, valid until \d{4}-/)
  expect(stdout).toContain('GET /vendors was answered with 200')
  expectNoSecret(scene, stdout + stderr)
  expect([scene.simulator.count('authenticate'), scene.simulator.count('refreshAccessToken')]).toEqual([1, 1])
  expect(scene.home.contents()).toBe('')
})

it('says in one sentence that the keys are wrong, and does not print them', async () => {
  const scene = await newScene()
  const env = { ...scene.keys, BITIZE_SECRET_KEY: 'canary-of-a-wrong-key' }
  const { status, stdout } = await scene.run(['demo', 'bitize', '--server', scene.url], { env })
  expect(status).toBe(1)
  expect(stdout).toContain('refused the credentials')
  expect(stdout).not.toContain('canary-of-a-wrong-key')
})

it.each([
  [['nothing'], 'There is no provider «nothing». There are: bitize, '],
  [['constructor'], 'There is no provider «constructor»'],
  [['bitize'], '--server production   https://api.bitize.com.br'],
  [['bitize', '--server', 'production'], 'BITIZE_CONSUMER_KEY'],
  [['bitize', '--server', 'prodution'], 'Bitize has no server «prodution». Pass one of production, test, io, or a URL'],
])('chaveiro demo %j explains what is wrong', async (words, sentence) => {
  const outcome = await newHome().run(['demo', ...words])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toContain(sentence)
})
