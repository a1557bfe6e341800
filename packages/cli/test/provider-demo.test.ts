import { simulateAssineOnline } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { expect, it, onTestFinished } from 'vitest'
import { addressesOpened, decide } from './support/consent-scene.ts'
import { heard, newHome } from './support/home.ts'
import { expectNoSecret, newScene } from './support/scene.ts'

it('obtains a token, calls the API, and obtains another, without printing a secret or keeping anything', async () => {
  const scene = await newScene()
  const { status, stdout, stderr } = await scene.run(['demo', 'bitize', '--server', scene.url], { env: scene.keys })
  expect(status).toBe(0)
  expect(stdout).toMatch(/a token, valid until \w+ \d/)
  expect(stdout).toContain('GET /vendors returned 200')
  expectNoSecret(scene, stdout + stderr)
  expect([scene.simulator.count('authenticate'), scene.simulator.count('refreshAccessToken')]).toEqual([1, 1])
  expect(scene.home.contents()).toBe('')
})

it('prints the same as one JSON document, with the error that ended it', async () => {
  const scene = await newScene()
  const demo = ['demo', 'bitize', '--server', scene.url, '--json']
  const date = expect.stringMatching(/^\d{4}-.*Z$/)
  const fine = await scene.run(demo, { env: scene.keys })
  expect({ ...fine, stdout: JSON.parse(fine.stdout) }).toMatchObject({
    status: 0,
    stderr: '',
    stdout: {
      ok: true,
      provider: 'bitize',
      server: scene.url,
      scenes: [
        { scene: 'token', ok: true, expiresAt: date },
        { scene: 'request', ok: true, path: '/vendors', status: 200 },
        { scene: 'new-token', ok: true, expiresAt: date },
      ],
    },
  })
  const refused = await scene.run(demo, { env: { ...scene.keys, BITIZE_SECRET_KEY: 'canary-of-a-wrong-key' } })
  expect({ ...refused, stdout: JSON.parse(refused.stdout) }).toMatchObject({
    status: 1,
    stderr: '',
    stdout: {
      ok: false,
      scenes: [
        {
          scene: 'token',
          ok: false,
          error: { code: 'credentials-rejected', message: expect.stringMatching('refused the credentials') },
        },
      ],
    },
  })
  expectNoSecret(scene, fine.stdout + refused.stdout)
  expect(refused.stdout).not.toContain('canary-of-a-wrong-key')
})

it('an API that does not take the token, or does not answer, is told, and the exit code is 1', async () => {
  const scene = await newScene()
  const demo = ['demo', 'bitize', '--server', scene.url]
  scene.simulator.faults.next({ kind: 'status', status: 404, operation: 'listVendors' })
  const refused = await scene.run(demo, { env: scene.keys })
  expect(refused).toMatchObject({ status: 1 })
  expect(refused.stdout).toContain('✗ GET /vendors returned 404')
  for (let attempt = 0; attempt < 3; attempt += 1)
    scene.simulator.faults.next({ kind: 'reset', operation: 'listVendors' })
  const silent = await scene.run(demo, { env: scene.keys })
  expect(silent).toMatchObject({ status: 1 })
  expect(silent.stdout).toMatch(/✗ No answer after 3 attempts \(.+\)/)
  expect(silent.stdout + silent.stderr).not.toMatch(/\n\s+at /)
})

it('leaves no token behind at a provider that lists them', async () => {
  const simulator = simulateAssineOnline()
  const server = await listen(simulator)
  onTestFinished(() => server.close())
  const { username, password } = simulator.credentials
  const env = { ASSINE_ONLINE_USERNAME: username, ASSINE_ONLINE_PASSWORD: password }
  const demo = await newHome().run(['demo', 'assine-online', '--server', server.url.origin], { env })
  expect(demo).toMatchObject({ status: 0 })
  const made = simulator.tokens.filter(({ kind }) => kind === 'application')
  expect(made.map(({ state }) => state)).toEqual(['revoked', 'revoked'])
})

it('speaks Portuguese', async () => {
  const scene = await newScene()
  const { stdout } = await scene.run(['demo', 'bitize', '--server', scene.url, '--lang', 'pt-BR'], { env: scene.keys })
  expect(stdout).toMatch(/um token, que vale até \d+ de /)
  expect(stdout).toContain('GET /vendors respondeu 200')
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
  [['nothing'], 'Unknown provider "nothing". Available: bitize, '],
  [['constructor'], 'Unknown provider "constructor"'],
  [['--server', 'test'], '--server "test" needs a real account: chaveiro demo <provider> --server test'],
  [['bitize'], '--server production   https://api.bitize.com.br'],
  [['bitize', '--server', 'production'], 'BITIZE_CONSUMER_KEY'],
  [
    ['bitize', '--server', 'prodution'],
    'Bitize has no server "prodution". Did you mean production? Use production, test, io or a URL',
  ],
])('chaveiro demo %j explains what is wrong', async (words, sentence) => {
  const outcome = await newHome().run(['demo', ...words])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toContain(sentence)
})

it('where a provider asks a person, one agrees first', async () => {
  const home = newHome()
  const simulating = home.start(['simulate', 'mercado-pago', '--json'])
  const { url, env } = JSON.parse(await heard(simulating, /\n/))
  const { browser, opened } = addressesOpened()
  const words = ['demo', 'mercado-pago', '--server', url]
  const more = { ...env, BROWSER: browser, MERCADO_PAGO_REDIRECT_URI: 'http://127.0.0.1/callback' }
  const demo = home.start(words, { env: more })
  await fetch(await decide(await opened()))
  const { status, stdout, stderr } = await demo.outcome
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('/authorization?') })
  expect(stdout).toContain('GET /v1/payments/search returned 200')
  expect(home.contents()).toBe('')
  simulating.child.kill('SIGINT')
  await simulating.outcome
})
