import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { describeWith, redisForTests } from '@chaveiro/test-servers'
import { expect, it, onTestFinished, vi } from 'vitest'
import { genpagContainer, mountSecret } from '../support/container.ts'
import { newHome } from '../support/home.ts'
import { expectNoSecret, newScene, signedIn } from '../support/scene.ts'
import { startServe } from './support/serve-process.ts'

const MINUTES = 60_000
const OPEN = ['--allow', 'bitize/*', '--door', 'token', '--door', 'status']

it(
  'serves the accounts of a profile with the keys that are made for it, and ends in order',
  async () => {
    const scene = await signedIn()
    const { home, simulator } = scene
    const added = await scene.run(['serve', 'keys', 'add', 'ci', ...OPEN])
    expect(added).toMatchObject({ status: 0, stdout: expect.stringMatching(/^chv_[0-9a-f]{16}_[\w-]{43}\n$/) })
    expect(added.stderr).toContain('It is shown only this once')
    const key = added.stdout.trim()
    expect(home.contents()).not.toContain(key.slice(-43))
    const server = await startServe(home)
    const token = await (await server.get('/v1/tokens/bitize/default', key)).json()
    expect(simulator.revealSecrets()).toContain(token.access_token)
    expect((await server.get('/v1/accounts', 'chv_no')).status).toBe(401)
    const { status, stdout, stderr } = await server.stop()
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(
        /^Serving 1 account at http:\/\/127\.0\.0\.1:\d+\. Press Ctrl-C to stop\.\nStopping: /,
      ),
    })
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { event: 'listening', url: server.url },
      { door: 'token', status: 200, key: 'ci', account: 'default' },
      { status: 401, code: 'key-refused' },
      { event: 'stopping' },
      { event: 'stopped' },
    ])
    expectNoSecret(scene, stdout + stderr)
    expect(stdout).not.toContain(key)
    const listed = await scene.run(['serve', 'keys', 'list', '--json'])
    expect(JSON.parse(listed.stdout)).toEqual([
      {
        name: 'ci',
        id: key.slice(4, 20),
        doors: ['token', 'status'],
        allow: ['bitize/*'],
        rate: null,
        createdAt: expect.any(String),
        endsAt: null,
        lastUsedAt: expect.any(String),
      },
    ])
  },
  MINUTES,
)

it(
  'an account that signs in while it runs is served, with its new keys after the next login, and not after a logout',
  async () => {
    const scene = await signedIn()
    const { home, url } = scene
    const key = (await scene.run(['serve', 'keys', 'add', 'ci', ...OPEN])).stdout.trim()
    const server = await startServe(home)
    const statusOf = async (): Promise<number> => (await server.get('/v1/tokens/bitize/later', key)).status
    const until = (status: number): Promise<void> =>
      vi.waitFor(async () => expect(await statusOf()).toBe(status), { timeout: 20_000, interval: 200 })
    expect(await statusOf()).toBe(403)
    await scene.login(['--account', 'later'])
    await until(200)
    const other = simulateBitize({ credentials: { consumerKey: crypto.randomUUID(), secretKey: 'another' } })
    const another = await listen(other)
    onTestFinished(() => another.close())
    const { consumerKey, secretKey } = other.credentials
    const env = { BITIZE_CONSUMER_KEY: consumerKey, BITIZE_SECRET_KEY: secretKey }
    expect(another.url.origin).not.toBe(url)
    await home.run(['login', 'bitize', '--account', 'later', '--server', another.url.origin], { env })
    await vi.waitFor(
      async () => {
        const { access_token } = await (await server.get('/v1/tokens/bitize/later', key)).json()
        expect(other.revealSecrets()).toContain(access_token)
      },
      { timeout: 20_000, interval: 200 },
    )
    await scene.run(['logout', 'bitize', '--account', 'later'])
    await until(403)
    expect((await server.get('/v1/tokens/bitize/default', key)).status).toBe(200)
    expect(await server.stop()).toMatchObject({ status: 0 })
  },
  MINUTES,
)

it(
  'keys are added as JSON, listed as a table, and revoked by name or id',
  async () => {
    const scene = await signedIn()
    const { home } = scene
    const limits = ['--rate', '10/s', '--valid-for', '90d', '--json']
    const added = JSON.parse(
      (await scene.run(['serve', 'keys', 'add', 'ci', '--allow', 'bitize/* GET /vendors/**', ...limits])).stdout,
    )
    expect(added).toMatchObject({
      name: 'ci',
      doors: ['proxy'],
      rate: '10/s',
      lastUsedAt: null,
      key: expect.any(String),
    })
    await scene.run(['serve', 'keys', 'add', 'other', ...OPEN])
    const { stdout } = await scene.run(['serve', 'keys', 'list'], { env: { COLUMNS: '120' } })
    expect(stdout).toMatch(/name +id +doors +allows +rate +expires +last use\n/)
    expect(stdout).toMatch(/ci +\S{16} +proxy +bitize\/\* GET \/vendors\/\*\* +10\/s +in 89 d 23 h +–\n/)
    expect((await scene.run(['serve', 'keys', 'revoke', 'other', '--now'])).stderr).toContain(
      'end its requests within 5 seconds',
    )
    expect((await scene.run(['serve', 'keys', 'revoke', added.id])).stderr).toContain('Key "ci" was revoked.')
    expect((await scene.run(['serve', 'keys', 'list'])).stderr).toMatch(/^There are no keys in .*serve-keys\.json\.\n$/)
    const file = home.files().find((path) => path.endsWith('serve-keys.json')) ?? ''
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain(added.key.slice(-43))
  },
  MINUTES,
)

it.each([
  [['serve', 'keys', 'add'], 2, 'Use chaveiro serve keys add <name>'],
  [['serve', 'keys', 'list', 'x'], 2, 'Use chaveiro serve keys add <name>'],
  [['serve', 'keys', 'show', 'x'], 2, 'Use chaveiro serve keys add <name>'],
  [['serve', 'keys', 'add', '../x', '--allow', 'bitize/*'], 2, '"../x" is not a valid name.'],
  [['serve', 'keys', 'add', 'ci'], 2, 'Without --allow, a key allows nothing.'],
  [['serve', 'keys', 'add', 'ci', '--allow', 'bitze/*'], 2, 'Did you mean bitize?'],
  [['serve', 'keys', 'add', 'ci', '--allow', 'bitize/* GET', '--door', 'token'], 2, 'which works for any path'],
  [
    ['serve', 'keys', 'add', 'ci', '--allow', 'bitize/*', '--valid-for', 'long'],
    2,
    '--valid-for "long" is not a valid',
  ],
  [['serve', 'keys', 'revoke', 'ci'], 2, 'There is no key "ci".'],
  [['serve', 'nothing'], 2, 'Unknown provider "nothing"'],
  [['serve', '--address', '0.0.0.0'], 2, 'would cross the network in the clear'],
  [['serve', '--keys-file', 'none.json'], 7, 'There is no file none.json.'],
  [['serve', '--from-env', '--store', 'redis://x', '--state', 'y'], 2, 'Pass only one of them.'],
])(
  'chaveiro %j says what is wrong',
  async (words, status, sentence) => {
    const scene = await signedIn()
    const outcome = await scene.run(words)
    expect(outcome).toMatchObject({ status, stdout: '' })
    expect(outcome.stderr).toContain(sentence)
  },
  MINUTES,
)

it.each([
  ['serve', 3],
  ['serve keys list', 3],
])(
  'chaveiro %s without any account says so',
  async (words, status) => {
    const home = newHome()
    const outcome = await home.run(words.split(' '))
    expect(outcome).toMatchObject({
      status,
      stdout: '',
      stderr: expect.stringContaining('not signed in to any account'),
    })
    expect(readdirSync(home.path)).toEqual([])
  },
  MINUTES,
)

it(
  'in a container it serves accounts from mounted secrets, with keys from a file, and writes nothing',
  async () => {
    const { home, variables, simulator, server: given } = await genpagContainer()
    const keysFile = join(home.path, 'keys.json')
    const add = ['serve', 'keys', 'add', 'ci', '--keys-file', keysFile, '--allow', 'genpag/*', '--door', 'token']
    const key = (await home.run(add)).stdout.trim()
    chmodSync(keysFile, 0o444)
    const { GENPAG_REFRESH_TOKEN: secret = '', ...rest } = variables
    const env = {
      ...rest,
      GENPAG_REFRESH_TOKEN_FILE: mountSecret(home, 'refresh-token', `${secret}\n`),
      GENPAG_SERVER: given.at(-1) ?? '',
    }
    const before = [...home.files()].sort()
    const server = await startServe(home, ['--from-env', 'genpag', '--keys-file', keysFile, '--json'], { env })
    const { access_token } = await (await server.get('/v1/tokens/genpag/default', key)).json()
    expect(simulator.revealSecrets()).toContain(access_token)
    const { status, stderr } = await server.stop('SIGINT')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect([...home.files()].sort()).toEqual(before)
  },
  MINUTES,
)

it(
  'an account that a restart would lose is refused without a store, before it listens',
  async () => {
    const { home, url, keys } = await newScene()
    const env = { ...keys, BITIZE_SERVER: url }
    const outcome = await home.run(['serve', '--from-env', 'bitize', '--port', '0'], { env })
    expect(outcome).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--state FOLDER') })
    const state = join(home.path, 'state')
    const place = ['--from-env', '--state', state]
    const key = (await home.run(['serve', 'keys', 'add', 'ci', ...place, ...OPEN])).stdout.trim()
    const server = await startServe(home, [...place, 'bitize'], { env })
    expect((await server.get('/v1/tokens/bitize/default', key)).status).toBe(200)
    expect(await server.stop()).toMatchObject({ status: 0 })
    expect(statSync(join(state, 'serve-keys.json')).mode & 0o777).toBe(0o600)
  },
  MINUTES,
)

it(
  'says that keys need a place, and how to make the first one',
  async () => {
    const { home, variables, server: fromEnv } = await genpagContainer()
    const outcome = await home.run(['serve', ...fromEnv, 'genpag', '--port', '0'], { env: variables })
    expect(outcome).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('Pass --keys-file') })
    const place = ['--from-env', '--state', join(home.path, 'the state')]
    const env = { ...variables, GENPAG_SERVER: fromEnv.at(-1) ?? '' }
    const inState = await startServe(home, [...place, 'genpag'], { env })
    const [, printed = ''] = /Create one: (.*)\n/.exec((await inState.stop()).stderr) ?? []
    expect(printed).toMatch(/^chaveiro serve keys add ci --allow 'genpag\/\*' --from-env --state '.*the state'$/)
    const words = printed.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? []
    expect(await home.run(words.slice(1))).toMatchObject({ status: 0, stdout: expect.stringMatching(/^chv_/) })
    const scene = await signedIn()
    const server = await startServe(scene.home, ['--log-paths'])
    const { stderr } = await server.stop()
    expect(stderr).toContain("Create one: chaveiro serve keys add ci --allow 'bitize/*'")
    expect(stderr).toContain('which can contain personal data')
  },
  MINUTES,
)

it(
  'a file of keys that others may read is an error',
  async () => {
    const scene = await signedIn()
    const { home } = scene
    await scene.run(['serve', 'keys', 'add', 'ci', ...OPEN])
    const file = home.files().find((path) => path.endsWith('serve-keys.json')) ?? ''
    chmodSync(file, 0o644)
    for (const words of [
      ['serve', '--port', '0'],
      ['serve', 'keys', 'list'],
      ['serve', 'keys', 'revoke', 'ci'],
    ]) {
      const outcome = await scene.run(words)
      expect(outcome).toMatchObject({ status: 7, stdout: '', stderr: expect.stringContaining('chmod 600') })
    }
  },
  MINUTES,
)

describeWith(['redis'], 'replicas that share Redis', () => {
  it(
    'share keys and tokens: one token call for both',
    async () => {
      await using redis = await redisForTests()
      const credentials = { consumerKey: crypto.randomUUID(), secretKey: 'key' }
      const { home, url, keys, simulator } = await newScene({ credentials })
      const store = { CHAVEIRO_STORE_URL: redis.url, CHAVEIRO_SEALING_KEY: Buffer.alloc(32, 7).toString('base64') }
      const env = { ...keys, ...store, BITIZE_SERVER: url }
      const name = `ci-${credentials.consumerKey}`
      const added = await home.run(['serve', 'keys', 'add', name, '--from-env', ...OPEN], { env: store })
      expect(added).toMatchObject({ status: 0 })
      const replicas = await Promise.all([1, 2].map(() => startServe(home, ['--from-env', 'bitize'], { env })))
      const answers = await Promise.all(
        replicas.map(async (one) => (await one.get('/v1/tokens/bitize/default', added.stdout.trim())).json()),
      )
      expect(new Set(answers.map(({ access_token }) => access_token)).size).toBe(1)
      expect(simulator.count('authenticate')).toBe(1)
      for (const one of replicas) expect(await one.stop()).toMatchObject({ status: 0 })
      expect(await home.run(['serve', 'keys', 'revoke', name, '--from-env'], { env: store })).toMatchObject({
        status: 0,
      })
    },
    MINUTES,
  )
})
