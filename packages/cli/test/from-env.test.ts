import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { assineOnlineContainer, genpagContainer } from './support/container.ts'
import { newHome } from './support/home.ts'

// Each command is a process, and CI runs others at the same time.
const MINUTES = 120_000

it(
  'prints a token of an account that only the environment has, and writes nothing',
  async () => {
    const { home, simulator, variables, server } = await genpagContainer()
    const env = { ...variables, TMPDIR: home.path }
    const outcome = await home.run(['token', 'genpag', ...server], { env })
    expect(outcome).toMatchObject({ status: 0, stderr: '' })
    expect(simulator.revealSecrets()).toContain(outcome.stdout.trim())
    expect(readdirSync(home.path)).toEqual([])
  },
  MINUTES,
)

it(
  'sends requests and shows the status as JSON, and writes nothing',
  async () => {
    const { home, simulator, variables: env, server } = await genpagContainer()
    const path = `/api/sellers/${simulator.credentials.sellerId}/orders`
    const answer = await home.run(['request', 'genpag', path, ...server, '--json'], { env })
    expect(answer).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(answer.stdout)).toMatchObject({ status: 200 })
    const status = await home.run(['status', 'genpag', ...server, '--json'], { env })
    expect(JSON.parse(status.stdout)).toEqual([
      expect.objectContaining({ provider: 'genpag', account: 'default', state: 'absent', server: server.at(-1) }),
    ])
    expect(readdirSync(home.path)).toEqual([])
  },
  MINUTES,
)

it(
  'reads the server from the variable of the provider',
  async () => {
    const { home, variables, server } = await genpagContainer()
    const env = { ...variables, GENPAG_SERVER: server.at(-1) ?? '' }
    expect(await home.run(['token', 'genpag', '--from-env'], { env })).toMatchObject({ status: 0, stderr: '' })
    expect(await home.run(['status', '--from-env', '--json'], { env })).toMatchObject({ status: 0, stderr: '' })
  },
  MINUTES,
)

it(
  'needs no provider if variables of only one are set',
  async () => {
    const { home, simulator, variables: env, server } = await genpagContainer()
    const outcome = await home.run(['token', ...server, '--json'], { env })
    expect(outcome).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(outcome.stdout)).toMatchObject({ provider: 'genpag', account: 'default' })
    expect(simulator.revealSecrets()).toContain(JSON.parse(outcome.stdout).token)
  },
  MINUTES,
)

it(
  'chooses how to sign in by the variables that are set',
  async () => {
    const { home, simulator, variables: env, server } = await assineOnlineContainer()
    expect(await home.run(['token', 'assine-online', ...server], { env })).toMatchObject({ status: 0, stderr: '' })
    const { accessToken: made } = simulator.createByPerson()
    const withToken = { ASSINE_ONLINE_APPLICATION_TOKEN: made }
    const outcome = await home.run(['token', 'assine-online', ...server], { env: withToken })
    expect(outcome).toMatchObject({ status: 0, stdout: `${made}\n`, stderr: '' })
    expect(simulator.count('login')).toBe(1)
  },
  MINUTES,
)

const SERVER = ['--from-env', '--server', 'https://127.0.0.1:1']

it.each([
  [
    ['token', 'bitize', ...SERVER],
    { BITIZE_CONSUMER_KEY: 'canary' },
    'Bitize needs BITIZE_SECRET_KEY. Set each variable to its value, or add _FILE',
  ],
  [['exec', 'genpag', ...SERVER, '--', 'true'], {}, 'Genpag needs GENPAG_SELLER_ID and GENPAG_REFRESH_TOKEN.'],
  [
    ['token', 'assine-online', ...SERVER],
    { ASSINE_ONLINE_PASSWORD: 'canary' },
    'Assine Online needs ASSINE_ONLINE_USERNAME, or ASSINE_ONLINE_SESSION_TOKEN, or ASSINE_ONLINE_APPLICATION_TOKEN.',
  ],
  [
    ['token', 'assine-online', ...SERVER],
    { ASSINE_ONLINE_USERNAME: 'canary', ASSINE_ONLINE_APPLICATION_TOKEN: 'canary' },
    'ASSINE_ONLINE_USERNAME and ASSINE_ONLINE_APPLICATION_TOKEN are different ways to sign in.',
  ],
  [
    ['request', 'genpag', '/', '--from-env'],
    { GENPAG_SELLER_ID: 'canary', GENPAG_REFRESH_TOKEN: 'canary' },
    'GENPAG_SERVER=…',
  ],
  [['token', '--from-env'], {}, 'No provider variables are set'],
  [
    ['token', ...SERVER],
    { BITIZE_CONSUMER_KEY: 'canary', GENPAG_SELLER_ID: 'canary' },
    'The variables of several providers are set. Choose a provider: bitize, genpag.',
  ],
  [['status', '--from-env'], {}, 'No provider variables are set'],
  [['token', 'genpag', '--server', 'sandbox'], {}, '--server works only together with --from-env.'],
  [['status', '--state', 'folder'], {}, '--state works only together with --from-env.'],
  [['token', 'genpag', ...SERVER, '--store', 'redis://canary', '--state', 'x'], {}, 'Pass only one of them.'],
  [['status', 'bitize', 'genpag', ...SERVER], {}, '--server works with only one provider.'],
])(
  'chaveiro %j says what is wrong',
  async (words, env: Record<string, string>, sentence) => {
    const home = newHome()
    const text = await home.run(words, { env })
    expect(text).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(sentence) })
    expect(text.stderr).not.toContain('canary')
    expect(readdirSync(home.path)).toEqual([])
  },
  MINUTES,
)

it(
  'says as JSON which variables are missing',
  async () => {
    const { stdout, stderr } = await newHome().run(['token', 'bitize', ...SERVER, '--json'])
    expect({ stdout, error: JSON.parse(stderr).error }).toEqual({
      stdout: '',
      error: { code: 'usage', exit: 2, message: expect.stringContaining('BITIZE_CONSUMER_KEY and BITIZE_SECRET_KEY') },
    })
  },
  MINUTES,
)

it(
  'says in Portuguese which variables are missing',
  async () => {
    const { stderr } = await newHome().run(['token', 'bitize', ...SERVER, '--lang', 'pt-BR'])
    expect(stderr).toMatch(
      /^Bitize precisa de BITIZE_CONSUMER_KEY e BITIZE_SECRET_KEY\. Defina cada variável com o valor/,
    )
  },
  MINUTES,
)
