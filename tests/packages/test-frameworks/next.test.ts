import { startServer } from '@chaveiro/test-servers'
import { expect, it, onTestFinished } from 'vitest'
import { MEASURED } from '../../../tools/conventions/test/condition-sets.ts'
import { run } from '../src/index.ts'
import { tokenEndpoint } from '../test/token-endpoint.ts'
import { NEXT, nextApp } from './next-app.ts'
import { MADE } from './provider-programs.ts'

const env = { NEXT_TELEMETRY_DISABLED: '1', CI: '1', NODE_ENV: undefined, NODE_OPTIONS: undefined }

const build = (cwd: string): Promise<string> => run(process.execPath, [NEXT, 'build'], { cwd, env })

const conditionsOf = (tool: string): ReadonlySet<string> =>
  new Set(MEASURED.find((set) => set.tool === tool)?.conditions)

it('builds without the variables, and serves with them in the Node and in the edge runtime', async () => {
  const app = await nextApp('next-lazy', {})
  await build(app)
  const endpoint = await tokenEndpoint()
  onTestFinished(() => endpoint[Symbol.asyncDispose]())
  const settings = ['NEXT_TELEMETRY_DISABLED=1', `TOKEN_SERVER=${endpoint.url}`]
  const server = await startServer(
    app,
    (port) => `http://127.0.0.1:${port}`,
    (port) => ({
      command: [
        'env',
        ...settings,
        process.execPath,
        NEXT,
        'start',
        app,
        '--hostname',
        '127.0.0.1',
        '--port',
        `${port}`,
      ],
      ready: 'Ready',
    }),
  )
  onTestFinished(() => server[Symbol.asyncDispose]())

  for (const [path, tool] of [
    ['/node', 'Next.js, Node runtime'],
    ['/edge', 'Next.js, edge runtime'],
  ] as const) {
    const answer = fetch(`${server.url}${path}`).then(async (response) => Object(await response.json()))
    const call = await endpoint.arrival()
    call.answer()
    const { set, token, ...made } = await answer
    expect(made).toEqual(MADE)
    expect(token).toMatch(/^access-\d-12345678$/)
    expect(new Set(set)).toEqual(conditionsOf(tool))
  }
  const page = await (await fetch(`${server.url}/page`)).text()
  const [, listed = ''] = /<p>([^<]*)<\/p>/.exec(page) ?? []
  expect(new Set(listed.split(' '))).toEqual(conditionsOf('Next.js, a client component on the server'))
})

it('fails to build a client that is made with the module, and names the variable that is missing', async () => {
  const app = await nextApp('next-eager', {
    'app/node/route.js': `
      import { createBitize } from '@chaveiro/bitize'
      const client = createBitize({ server: 'production', consumerKey: process.env.NO_KEY ?? '', secretKey: '' })
      export const GET = () => client.fetch('/vendors')`,
  })
  await expect(build(app)).rejects.toThrow(/TypeError: .*consumerKey is missing.*BITIZE_CONSUMER_KEY/)
})

it('fails to build a page that bundles a package which holds keys, and says why', async () => {
  const app = await nextApp('next-page', {
    'app/page/page.js': `'use client'
      import { createBitize } from '@chaveiro/bitize'
      export default () => <p>{typeof createBitize({})}</p>`,
  })
  await expect(build(app)).rejects.toThrow('this_package_holds_secret_keys_and_runs_on_a_server_only')
})
