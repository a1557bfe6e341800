import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type Fetch,
  simulateAssineOnline,
  simulateBitize,
  simulateGenpag,
} from '../../../packages/simulator/src/index.ts'
import { type CodeBlock, codeBlocks, readmes } from './readmes.ts'
import { publishedPackages, ROOT } from './repository.ts'

// Inside `examples`, because from there our packages resolve as they do for a user.
const FOLDER = join(ROOT, 'examples/node_modules/.cache/readme-code')

const SETTINGS = {
  extends: join(ROOT, 'tsconfig.base.json'),
  compilerOptions: {
    lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable'],
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    paths: {
      // Every package, also those that the examples do not use.
      ...sourcesOfEntries(),
      // What whoever wants to use it installs for himself: a dependency of core's, and the drivers of the stores.
      'openapi-fetch': [join(ROOT, 'packages/core/node_modules/openapi-fetch/dist/index.d.mts')],
      redis: [join(ROOT, 'packages/stores/node_modules/redis/dist/index.d.ts')],
      ioredis: [join(ROOT, 'packages/stores/node_modules/ioredis/built/index.d.ts')],
      pg: [join(ROOT, 'packages/stores/node_modules/@types/pg/index.d.ts')],
      undici: [join(ROOT, 'examples/node_modules/undici/index.d.ts')],
      postgres: [join(ROOT, 'packages/stores/node_modules/postgres/types/index.d.ts')],
    },
    noEmit: true,
    composite: false,
    isolatedDeclarations: false,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    // An example may show a value without using it, and reads process.env as everybody does.
    noUnusedLocals: false,
    noPropertyAccessFromIndexSignature: false,
  },
  include: ['*.ts'],
  exclude: [],
}

const blocks = readmes().flatMap(codeBlocks)

/** As many empty lines first as the README has above, so that a message names the README's own line. */
const fileOf = ({ readme, number }: CodeBlock): string => `${readme.replaceAll(/[\\/]/g, '+')}+${number}.ts`

function sourcesOfEntries(): Record<string, string[]> {
  const entries = publishedPackages().flatMap(({ folder, manifest: { name, exports = {} } }) =>
    Object.entries(exports).flatMap(([entry, target]) => {
      const source = sourceOnNode(target)
      return source === undefined ? [] : [[name + entry.slice(1), [join(ROOT, 'packages', folder, source)]]]
    }),
  )
  return Object.fromEntries(entries)
}

/** The source that the compiler takes on Node. Providers have another one for browsers. */
function sourceOnNode(target: string | Readonly<Record<string, unknown>>): string | undefined {
  const source: unknown = typeof target === 'string' ? undefined : target['@chaveiro/source']
  const onNode: unknown =
    typeof source === 'object' && source !== null
      ? Object.entries(source).find(([condition]) => ['types', 'node', 'default'].includes(condition))?.[1]
      : source
  return typeof onNode === 'string' ? onNode : undefined
}

function writeBlocks(): void {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(SETTINGS))
  for (const block of blocks) writeFileSync(join(FOLDER, fileOf(block)), '\n'.repeat(block.line - 1) + block.code)
}

function typeCheck(): string[] {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  const args = [compiler, '--project', FOLDER, '--pretty', 'false']
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: FOLDER, encoding: 'utf8' })
  const problems = `${stdout}${stderr}`.split('\n').filter((line) => line !== '')
  // A compiler that could not even start must not pass for one that found nothing.
  return status !== 0 && problems.length === 0 ? [`tsc ended with ${status}`] : problems
}

describe('the code of the READMEs', () => {
  let problems: string[] = []

  beforeAll(() => {
    writeBlocks()
    problems = typeCheck()
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
  ] as const)('of %s obtains one token, uses it and prints no secret', async (readme, provider) => {
    const { simulator, environment, obtains, uses } = PROVIDERS[provider]()
    const printed = await run(readme, simulator.fetch, environment)
    const operations = simulator.requests.map(({ operation }) => operation)
    expect(operations.filter((operation) => operation === obtains)).toHaveLength(1)
    expect(operations).toContain(uses)
    expect(simulator.requests.map(({ status }) => status)).not.toContain(401)
    expect(printed[0]?.[0]).toBe(200)
    const text = inspect(printed, { depth: null }) + JSON.stringify(printed)
    for (const secret of simulator.revealSecrets()) expect(text).not.toContain(secret)
  })

  it('of packages/simulator/README.md obtains a token from the simulator', async () => {
    const printed = await run('packages/simulator/README.md', fetch)
    expect(printed[0]?.slice(0, 2)).toEqual([200, 1])
  })
})
