import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeFetch } from '@chaveiro/core/node'
import { createAdminClient } from '@chaveiro/simulator/client'
import { expect, it, onTestFinished } from 'vitest'
import { PROVIDERS } from '../src/providers/registry.ts'
import { selfSigned } from '../src/providers/self-signed.ts'
import { newHome } from './support/home.ts'
import { callSimulate } from './support/running-simulators.ts'

const SPECS = fileURLToPath(new URL('../../../specs/', import.meta.url))

// Providers whose spec is that of another one's package.
const SPEC_OF: Readonly<Record<string, string>> = { 'efi-charges': 'efi', 'serpro-integra-contador': 'serpro' }

const pathOf = (id: string): string => join(SPECS, SPEC_OF[id] ?? id, 'openapi.yaml')

/** `chaveiro simulate --from` of a spec, and the account that it prints. */
async function played(path: string) {
  const { called, until } = callSimulate(['--from', path, '--json'])
  const account = JSON.parse((await until(/\n/)).split('\n')[0] ?? '')
  const end = async (): Promise<void> => {
    called.kill('SIGINT')
    expect(await called.outcome).toMatchObject({ stderr: expect.not.stringContaining('mistake') })
  }
  return { account, end, until }
}

function certificate(id: string): string {
  const path = join(newHome().path, 'account.pem')
  writeFileSync(path, selfSigned(id, new Date(), 90))
  return path
}

it('knows a provider for every spec', () => {
  const ids = readdirSync(SPECS).filter((name) => !name.startsWith('_'))
  const known = new Set(Object.keys(PROVIDERS).map((id) => SPEC_OF[id] ?? id))
  expect(ids.filter((id) => !known.has(id))).toEqual([])
})

it.each(Object.entries(PROVIDERS))('plays the spec of %s for its own client', async (id, provider) => {
  const { account, end } = await played(pathOf(id))
  const { inputs: described } = await provider.facts()
  const given = Object.entries(described).flatMap(([name, { env, kind }]) => {
    // Scopes are of the command, and not of a spec.
    const value =
      kind === 'certificate' ? certificate(id) : (account.env[env ?? ''] ?? (name === 'scopes' ? 'read' : undefined))
    return value === undefined ? [] : [[name, value] as const]
  })
  const place = { server: account.url }
  const asked = await provider.asksPerson(place)
  // For certificates. Over http they are read and not presented.
  const sending = nodeFetch()
  onTestFinished(() => sending.close())
  const client = await provider.open(Object.fromEntries(given), { place, fetch: sending })
  if (asked !== undefined) {
    const redirectUri = `http://127.0.0.1/callback/${id}`
    const { url, pending } = await client.consent.begin({ redirectUri, scopes: ['read'] })
    // A page whose route is in the fragment asks its server itself.
    const { pathname, search, hash } = new URL(url)
    const page = new URL(hash.startsWith('#/') ? hash.slice(1) : `${pathname}${search}`, account.url)
    const body = new URLSearchParams({ decision: 'allow' })
    const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' })
    await client.consent.finish({ url: answer.headers.get('location') ?? '', pending })
  }
  const probe = new URL(provider.probePath ?? '/anything', account.url)
  const call = async (): Promise<number> => (await client.fetch(probe)).status
  const admin = createAdminClient({ url: new URL(account.url) })
  expect(await call()).toBe(200)
  expect((await admin.POST('/tokens/expire', { body: { provider: account.provider } })).error).toBeUndefined()
  // The API refuses the token, and the client gets the next one.
  expect(await call()).toBe(200)
  const { data } = await admin.GET('/requests')
  const refused = data?.requests.filter(({ status = 0 }) => status >= 400) ?? []
  expect(refused.map(({ status }) => status)).toContain(401)
  expect(refused.every(({ status }) => status === 401)).toBe(true)
  expect(data?.requests.filter(({ issued }) => issued !== undefined).length).toBeGreaterThanOrEqual(2)
  await client.close()
  await end()
})

it('prints what other programs need, and a line for each request', async () => {
  const { called, until } = callSimulate(['--from', pathOf('bling'), '--accounts', '1'])
  const printed = await until(/__simulator\/\n/)
  const [, origin = ''] = /# .*specs\/bling\/openapi\.yaml, played at (\S+)\n/.exec(printed) ?? []
  expect(printed).toContain(`# A person agrees at ${origin}/Api/v3/oauth/authorize. Any redirect URI is accepted.\n`)
  expect(printed).toContain("export BLING_CLIENT_ID='simulated-clientId'\n")
  expect(printed).toContain("export BLING_CLIENT_ID='simulated-clientId-2'\n")
  expect(printed).not.toContain('chaveiro login')
  await fetch(new URL('/contatos', origin))
  expect(await until(/callApi|no access token/)).toMatch(/bling {2}GET \/contatos +401 {2}no access token/)
  called.kill('SIGINT')
  expect((await called.outcome).status).toBe(130)
})

it('takes faults, and a provider that it knows beside a spec', async () => {
  const { called, until } = callSimulate(['bitize', '--from', pathOf('tiny'), '--fault', 'tiny=503', '--json'])
  const lines = (await until(/\n.*\n/))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ provider }) => provider)).toEqual(['bitize', 'tiny'])
  expect((await fetch(new URL('/info', lines[1].url))).status).toBe(503)
  called.kill('SIGINT')
  await called.outcome
})

const BLING = readFileSync(pathOf('bling'), 'utf8')

it.each([
  ['a misspelt word', ['standard: oauth2', 'standerd: oauth2'], /acme\.yaml:\d+:\d+ \S+x-token-lifecycle/],
  ['an unknown value', ['content: form', 'content: from'], /`from` is not one of: form, json\. Did you mean `form`\?/],
  ['what is not YAML', ['openapi: 3.1.0', 'openapi: ]'], /acme\.yaml:\d+:\d+/],
  ['OpenAPI 3.0', ['openapi: 3.1.0', 'openapi: 3.0.3'], /This is OpenAPI 3\.0\.3, and specs are OpenAPI 3\.1\./],
] as const)('refuses a spec with %s, naming file and line', async (_, [from, to], sentence) => {
  expect(BLING).toContain(from)
  const home = newHome()
  const path = join(home.path, 'acme.yaml')
  writeFileSync(path, BLING.replace(from, to))
  const outcome = await home.run(['simulate', '--from', path])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toMatch(/acme\.yaml has (a mistake|\d+ mistakes)\. Fix (it|them), then start again\./)
  expect(outcome.stderr).toMatch(sentence)
})

it.each([
  ['a file that is not there', 'nothing.yaml', undefined, "Can't read"],
  ['a folder', '.', undefined, 'is a folder'],
  [
    'a document without a token',
    'plain.yaml',
    'openapi: 3.1.0\ninfo: { title: Plain, version: "1", description: Nothing. }\nservers: [{ url: https://plain.example, x-name: production }]\npaths: {}\n',
    'No security scheme has an `x-token-lifecycle` that issues a token.',
  ],
])('refuses %s', async (_, name, text, sentence) => {
  const home = newHome()
  const path = join(home.path, name)
  if (text !== undefined) writeFileSync(path, text)
  const outcome = await home.run(['simulate', '--from', path])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toContain(sentence)
})

it('refuses a spec that is called like something else', async () => {
  const outcome = await newHome().run(['simulate', 'bling', '--from', pathOf('bling')])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toContain('is called "bling" too')
})
