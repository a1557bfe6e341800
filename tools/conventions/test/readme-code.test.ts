import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type Fetch,
  simulateAssineOnline,
  simulateBitize,
  simulateGenpag,
  simulateOAuth,
} from '../../../packages/simulator/src/index.ts'
import { checkCode, codeFolder } from './check-code.ts'
import { type CodeBlock, codeBlocks, readmes } from './readmes.ts'

const FOLDER = codeFolder('readme-code')

const blocks = readmes().flatMap(codeBlocks)

const fileOf = ({ readme, number }: CodeBlock): string => `${readme.replaceAll(/[\\/]/g, '+')}+${number}.ts`

/** As many empty lines first as the README has above, so that a message names the README's own line. */
const files = new Map(blocks.map((block) => [fileOf(block), '\n'.repeat(block.line - 1) + block.code]))

describe('the code of the READMEs', () => {
  let problems: string[] = []

  beforeAll(() => {
    problems = checkCode(FOLDER, files)
  }, 120_000)

  it.each(blocks.map((block) => [`${block.readme}:${block.line}`, block] as const))('%s type-checks', (_, block) => {
    expect(problems.filter((problem) => problem.startsWith(fileOf(block)))).toEqual([])
  })

  it('is all that was looked at', () => {
    // The sources of our packages, which are read along, have a check of their own, with their own settings.
    const others = problems.filter((problem) => !/^(\s|(\.\.\/)+packages\/|[\w.+-]+\+\d+\.ts\()/.test(problem))
    expect(others).toEqual([])
    expect(blocks.length).toBeGreaterThan(0)
  })
})

/** Simulators that stand where the first examples go, with what these read from the environment. */
const PROVIDERS = {
  bitize: () => {
    const simulator = simulateBitize({ url: new URL('https://api.bitize.com.br') })
    const { consumerKey, secretKey } = simulator.credentials
    const environment = { BITIZE_CONSUMER_KEY: consumerKey, BITIZE_SECRET_KEY: secretKey }
    return { simulator, environment, obtains: 'authenticate', uses: 'listVendors' }
  },
  genpag: () => {
    const simulator = simulateGenpag({ url: new URL('https://api-sandbox.genpag.com.br') })
    const { sellerId, refreshToken } = simulator.credentials
    const environment = { GENPAG_SELLER_ID: sellerId, GENPAG_REFRESH_TOKEN: refreshToken }
    return { simulator, environment, obtains: 'createAccessToken', uses: 'createOrder' }
  },
  'assine-online': () => {
    const simulator = simulateAssineOnline({ url: new URL('https://api-v1.assine.online') })
    const { username, password } = simulator.credentials
    const environment = { ASSINE_ONLINE_USERNAME: username, ASSINE_ONLINE_PASSWORD: password }
    return { simulator, environment, obtains: 'createApplicationToken', uses: 'readUser' }
  },
  oauth: () => {
    const simulator = simulateOAuth({ url: new URL('https://id.example.com') })
    const { clientId, clientSecret = '' } = simulator.credentials
    const environment = { OAUTH_CLIENT_ID: clientId, OAUTH_CLIENT_SECRET: clientSecret }
    return { simulator, fetch: withDocument(simulator), environment, obtains: 'issueToken', uses: 'readResource' }
  },
}

describe('the first example', () => {
  /** Runs it as it stands: the platform's fetch is the simulator, which answers for the server that it names. */
  async function run(readme: string, fetch: Fetch, environment: Readonly<Record<string, string>> = {}) {
    vi.stubGlobal('fetch', fetch)
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    try {
      const first = blocks.find((block) => block.readme === readme)
      if (first === undefined) throw new Error(`${readme} has no example`)
      await import(/* @vite-ignore */ pathToFileURL(join(FOLDER, fileOf(first))).href)
      return log.mock.calls
    } finally {
      log.mockRestore()
      vi.unstubAllEnvs()
    }
  }

  it.each([
    ['README.md', 'bitize'],
    ['README.pt-BR.md', 'bitize'],
    ['packages/core/README.md', 'bitize'],
    ['packages/core/README.pt-BR.md', 'bitize'],
    ['packages/bitize/README.md', 'bitize'],
    ['packages/bitize/README.pt-BR.md', 'bitize'],
    ['packages/genpag/README.md', 'genpag'],
    ['packages/genpag/README.pt-BR.md', 'genpag'],
    ['packages/assine-online/README.md', 'assine-online'],
    ['packages/assine-online/README.pt-BR.md', 'assine-online'],
    ['packages/oauth/README.md', 'oauth'],
    ['packages/oauth/README.pt-BR.md', 'oauth'],
  ] as const)('of %s obtains one token, uses it and prints no secret', async (readme, provider) => {
    const { simulator, environment, obtains, uses, ...other } = PROVIDERS[provider]()
    const printed = await run(readme, 'fetch' in other ? other.fetch : simulator.fetch, environment)
    const operations = simulator.requests.map(({ operation }) => operation)
    expect(operations.filter((operation) => operation === obtains)).toHaveLength(1)
    expect(operations).toContain(uses)
    expect(simulator.requests.map(({ status }) => status)).not.toContain(401)
    expect(printed[0]?.[0]).toBe(200)
    const text = inspect(printed, { depth: null }) + JSON.stringify(printed)
    for (const secret of simulator.revealSecrets()) expect(text).not.toContain(secret)
  })

  it.each(['packages/simulator/README.md', 'packages/simulator/README.pt-BR.md'])(
    'of %s obtains a token from the simulator',
    async (readme) => {
      const printed = await run(readme, fetch)
      expect(printed[0]?.slice(0, 2)).toEqual([200, 1])
    },
  )
})

/** The simulator at two hosts: that of the server, with the document that the simulator lacks, and that of the API. */
function withDocument({ url: { origin }, fetch }: ReturnType<typeof simulateOAuth>): Fetch {
  const document = { issuer: origin, token_endpoint: `${origin}/token` }
  return async (input, init) => {
    const request = new Request(input, init)
    const { host, pathname } = new URL(request.url)
    if (pathname === '/.well-known/openid-configuration') return Response.json(document)
    if (host === 'api.example.com') return fetch(new URL(pathname, origin), { headers: request.headers })
    return fetch(request)
  }
}
