import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { expectNoSecret, newScene, signedIn } from './support/scene.ts'

it('proves the inputs with one token call, and says where the sealing key is', async () => {
  const scene = await newScene()
  const outcome = await scene.login()
  expect(outcome).toMatchObject({ status: 0, stdout: '' })
  expect(outcome.stderr).toMatch(/consumerKey: from BITIZE_CONSUMER_KEY/)
  expect(outcome.stderr).toMatch(/Signed in to Bitize as "default"\. The token is valid until \w+ \d/)
  const [, keyFile = ''] = /the key is in a file that only you can read:\n {2}(.+)/.exec(outcome.stderr) ?? []
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  expect(scene.simulator.requests).toHaveLength(1)
  expectNoSecret(scene, outcome.stderr)
})

it('keeps inputs and token sealed', async () => {
  const scene = await signedIn()
  const contents = scene.home.contents()
  expect(contents).toContain('cs1.')
  expectNoSecret(scene, contents)
})

it('makes one key when several sign in at once for the first time', async () => {
  const scene = await newScene()
  const names = ['one', 'two', 'three', 'four']
  const outcomes = await Promise.all(names.map((name) => scene.login(['--account', name])))
  expect(outcomes.map(({ status }) => status)).toEqual([0, 0, 0, 0])
  expect(scene.home.files().filter((file) => file.includes('sealing-key'))).toHaveLength(1)
  for (const name of names) expect(await scene.run(['token', 'bitize', '--account', name])).toMatchObject({ status: 0 })
})

it('prints JSON for programs', async () => {
  const scene = await newScene()
  const { status, stdout } = await scene.login(['--account', 'shop', '--json'])
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    provider: 'bitize',
    account: 'shop',
    server: scene.url,
    expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
    key: 'file',
  })
})

it.each([
  ['JSON', (inputs: object) => JSON.stringify(inputs)],
  [
    'lines',
    (inputs: object) =>
      Object.entries(inputs)
        .map(([name, value]) => `export ${name}="${value}"`)
        .join('\n'),
  ],
])('reads the inputs from a file of %s, and from stdin', async (_, write) => {
  const scene = await newScene()
  const file = join(scene.home.path, 'inputs')
  writeFileSync(file, write(scene.keys))
  const login = ['login', 'bitize', '--server', scene.url, '--from-file']
  expect(await scene.run([...login, file])).toMatchObject({ status: 0 })
  expect(await scene.run([...login, '-'], { stdin: write(scene.simulator.credentials) })).toMatchObject({ status: 0 })
  expect(scene.simulator.count('authenticate')).toBe(2)
})

it('changes nothing when the inputs are refused', async () => {
  const scene = await signedIn()
  const before = (await scene.run(['token', 'bitize'])).stdout
  const refused = await scene.login([], { env: { BITIZE_SECRET_KEY: 'canary-of-a-wrong-key' } })
  expect(refused).toMatchObject({ status: 3, stdout: '' })
  expect(refused.stderr).toMatch(
    /refused the credentials.*\nCheck the inputs and sign in again: chaveiro login bitize --server http:/,
  )
  expect(refused.stderr + scene.home.contents()).not.toContain('canary-of-a-wrong-key')
  expect(await scene.run(['token', 'bitize'])).toMatchObject({ status: 0, stdout: before })
})

it('replaces the token of an account whose inputs are given again', async () => {
  const scene = await signedIn()
  const before = (await scene.run(['token', 'bitize'])).stdout
  await scene.login()
  const after = (await scene.run(['token', 'bitize'])).stdout
  expect(after).not.toBe(before)
  expect(scene.simulator.count('authenticate')).toBe(2)
})

it('uses the key in CHAVEIRO_SEALING_KEY, and says so where it is missing later', async () => {
  const scene = await newScene()
  const env = { CHAVEIRO_SEALING_KEY: Buffer.alloc(32, 7).toString('base64') }
  expect((await scene.login([], { env })).stderr).toMatch(/encrypted with the key in CHAVEIRO_SEALING_KEY/)
  expect(await scene.run(['token', 'bitize'], { env })).toMatchObject({ status: 0 })
  const without = await scene.run(['token', 'bitize'])
  expect(without).toMatchObject({ status: 7, stdout: '' })
  expect(without.stderr).toMatch(/CHAVEIRO_SEALING_KEY, which is not set/)
  const another = { CHAVEIRO_SEALING_KEY: Buffer.alloc(32, 8).toString('base64') }
  expect(await scene.run(['token', 'bitize'], { env: another })).toMatchObject({ status: 7 })
})

it.each([
  [['login', 'bitize'], /Choose the Bitize server.*\n {2}--server production {3}https/],
  [
    ['login', 'bitize', '--server', 'prodution'],
    /no server "prodution". Did you mean production\? Use production, test, io/,
  ],
  [['login', 'genpag', '--server', 'production'], /no server "production"(.|\n)*Ask Genpag for it/],
  [['login', 'bitize', '--server', 'test'], /BITIZE_CONSUMER_KEY .*\n {2}BITIZE_SECRET_KEY/],
  [['login', 'bitize', '--server', 'test', '--account', '../x'], /--account "\.\.\/x" is not a valid name/],
  [['login', 'bitize', '--server', 'test', '--profile', 'a b'], /--profile "a b" is not a valid name/],
  [['login', 'bitize', '--server', 'test', '--from-file', '/nowhere'], /Can't read \/nowhere \(ENOENT\)/],
  [['login', 'bitize', '--server', 'http://example.test'], /https, or http on this machine/],
])('chaveiro %j says what is missing or wrong', async (words, sentence) => {
  const keys = words.includes('http://example.test') ? { BITIZE_CONSUMER_KEY: 'a', BITIZE_SECRET_KEY: 'b' } : {}
  const outcome = await newHome().run(words, { env: keys })
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toMatch(sentence)
  expect(outcome.stderr).not.toMatch(/\n\s+at /)
})

it.each([
  ['{"secretKey": "canary', /stdin looks like JSON but can't be parsed/],
  [
    '{"secret": "canary"}',
    /Unknown input "secret" in the file. Did you mean secretKey\? Available: consumerKey, secretKey/,
  ],
])('says what is wrong with a file without quoting it', async (stdin, sentence) => {
  const outcome = await newHome().run(['login', 'bitize', '--server', 'test', '--from-file', '-'], { stdin })
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toMatch(sentence)
  expect(outcome.stderr).not.toContain('canary')
})
