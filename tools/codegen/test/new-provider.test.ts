import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filled } from '../src/new-provider/write-provider.ts'
import { emptyRepository, run } from './empty-repository.ts'
import { repository } from './temporary-repository.ts'

test('a new provider is written, generated and registered, and the next three steps are named', async () => {
  const temporary = await emptyRepository()
  const { status, out, err, steps } = await run(temporary, ['new-provider', 'acme-pay', '--flow', 'keys'])

  expect({ status, err }).toEqual({ status: 0, err: [] })
  expect(out).toContain('created  packages/acme-pay/src/generated/provider.ts')
  expect(out.at(-1)).toMatch(
    /1\. Look up each PLACEHOLDER.*\n.*\n.*2\. Teach the simulator.*\n.*3\. Let .*\n.*4\. .* provider acme-pay says/,
  )
  expect(steps).toHaveLength(3)
  expect(await temporary.read('tsconfig.test.json')).toContain('{ "path": "packages/acme-pay" }')
  expect(await temporary.read('packages/simulator/src/index.ts')).toContain('simulateAcmePay')
  // Private until its facts are looked up: no release takes it along, and the project's README does not name it yet.
  expect(await temporary.read('packages/acme-pay/package.json')).toContain('"private": true')
  expect(await temporary.read('README.md')).not.toContain('Acme')
  const spec = await temporary.read('specs/acme-pay/openapi.yaml')
  expect(spec).toContain('repeat: unknown')
  expect(spec).toContain('rotation: unknown')
  expect(spec).toContain('format: undocumented')
})

test('one changeset introduces it, and names the simulator only once that is released', async () => {
  const temporary = await emptyRepository()
  await run(temporary, ['new-provider', 'acme', '--flow', 'keys'])
  const introduced = await temporary.read('.changeset/introduce-acme.md')
  expect(introduced).toBe(
    '---\n"@chaveiro/acme": minor\n---\n\nAcme: a valid access token in one line, and a simulator to test against.\n',
  )
  await temporary.write('packages/simulator/package.json', '{ "name": "@chaveiro/simulator", "version": "1.2.0" }')
  await run(temporary, ['new-provider', 'beta', '--flow', 'keys'])
  const later = await temporary.read('.changeset/introduce-beta.md')
  expect(later).toContain('---\n"@chaveiro/beta": minor\n"@chaveiro/simulator": minor\n---\n\nBeta:')
})

test.each(['keys', 'session', 'oauth', 'oauth-consent'])(
  'with --flow %s and --tenant, each user has a host, which programs pass beside the server',
  async (flow) => {
    const temporary = await emptyRepository()
    const { status, err } = await run(temporary, ['new-provider', 'acme', '--flow', flow, '--tenant', 'shop'])

    expect({ status, err }).toEqual({ status: 0, err: [] })
    const spec = await temporary.read('specs/acme/openapi.yaml')
    expect(spec).toContain('  - url: "https://{shop}.acme.example"\n    x-name: production\n')
    expect(spec).toContain('variables: { "shop": $inputs.shop }')
    const written = await temporary.read('packages/acme/src/acme.ts')
    expect(written).toContain('extends AcmeInputs, AcmeTenant, ServerOptions<AcmeServer>, ClientOptions')
    expect(written).toContain('acmeProvider({ ...options, shop }), options)')
    expect(await temporary.read('packages/acme/test/conformance.test.ts')).toContain("shop: 'example'")
    expect(await temporary.read('packages/acme/README.md')).toContain('shop: process.env.ACME_SHOP')
    expect(await temporary.read('packages/acme/README.pt-BR.md')).toContain('| `shop` ')
  },
)

test.each([
  ['Shop', '"Shop" is not a name for --tenant. Write it like shop or shopName.'],
  ['{shop}', '"{shop}" is not a name for --tenant. Write it like shop or shopName.'],
])('--tenant %s is a mistake', async (tenant, sentence) => {
  const temporary = await emptyRepository()
  const { status, err } = await run(temporary, ['new-provider', 'acme', '--flow', 'keys', '--tenant', tenant])
  expect([status, err]).toEqual([2, [sentence]])
})

test('a document whose hosts have a part of each user begins a provider with it', async () => {
  const temporary = await emptyRepository()
  const from = join(repository, 'tools/codegen/test/from/vtex-id.yaml')
  const { status, err } = await run(temporary, ['new-provider', 'acme', '--flow', 'session', '--from', from])

  expect({ status, err }).toEqual({ status: 0, err: [] })
  expect(await temporary.read('specs/acme/openapi.yaml')).toContain('variables: { "accountName": $inputs.accountName }')
  expect(await temporary.read('packages/acme/src/acme.ts')).toContain('createAcme({ accountName, ...options }')
})

test('another document gives title, servers and the token operation, and what it does not tell is said', async () => {
  const temporary = await emptyRepository()
  const from = join(repository, 'tools/codegen/test/from/acme.json')
  const { status, out } = await run(temporary, ['new-provider', 'acme', '--flow', 'session', '--from', from])

  expect(status).toBe(0)
  const spec = await temporary.read('specs/acme/openapi.yaml')
  expect(spec).toContain('title: "Acme Payments"')
  expect(spec).toContain('  - url: https://api.acme.example\n    x-name: production')
  expect(spec).toContain('  - url: https://sandbox.acme.example\n    x-name: sandbox')
  expect(spec).not.toContain('/relative')
  expect(spec).toContain('  /v2/auth/login:\n    post:\n      operationId: logIn')
  expect(spec).toContain('client_secret: $inputs.clientSecret # FROM acme.json')
  expect(spec).toContain('token: $response.body#/data/token # FROM acme.json')
  expect(spec).toContain('format: rfc3339')
  expect(spec).not.toContain('a-caller')
  expect(out.filter((line) => line.startsWith('not told by acme.json'))).toEqual([
    'not told by acme.json: What a second call does, what becomes of a used refresh token, and which answers mean that a token is dead.',
  ])
})

test('what does not fit the flow is kept, and its place is a placeholder', async () => {
  const temporary = await emptyRepository()
  const from = join(repository, 'tools/codegen/test/from/acme.json')
  const { status, out } = await run(temporary, ['new-provider', 'acme', '--flow', 'exchange', '--from', from])

  expect(status).toBe(0)
  const spec = await temporary.read('specs/acme/openapi.yaml')
  expect(spec).toContain('  /v2/auth/login:')
  expect(spec).toContain('client_id: $inputs.clientId # FROM acme.json')
  expect(spec).toContain('client_secret: $inputs.clientSecret # PLACEHOLDER')
  expect(out).toContain(
    'not told by acme.json: What POST /v2/auth/login wants in client_secret, which it requires: it is the input clientSecret for now.',
  )
})

test.each([
  ['body', 'form'],
  ['basic', 'json'],
  ['basic-encoded', 'form'],
])('an OAuth provider with --client %s and --content %s is the short form', async (client, content) => {
  const temporary = await emptyRepository()
  const flow = ['--flow', 'oauth', '--client', client, '--content', content]
  const { status, err } = await run(temporary, ['new-provider', 'acme-pay', ...flow])

  expect({ status, err }).toEqual({ status: 0, err: [] })
  const spec = await temporary.read('specs/acme-pay/openapi.yaml')
  expect(spec).toContain('        standard: oauth2 # RFC 6749')
  expect(spec).toContain(`        client: ${client} # PLACEHOLDER\n        content: ${content} # PLACEHOLDER\n`)
  expect(spec).not.toContain('paths:')
  const simulator = await temporary.read('packages/simulator/src/acme-pay/simulate-acme-pay.ts')
  expect(simulator).toContain(`  client: '${client}',\n  content: '${content}',\n  grants: ['client_credentials'],\n`)
  expect(await temporary.read('packages/simulator/src/index.ts')).toContain('simulateAcmePay')
  expect(await temporary.read('packages/acme-pay/README.pt-BR.md')).toContain('| `clientSecret`')
})

test('a provider that asks a person says what begins with the person', async () => {
  const temporary = await emptyRepository()
  const { status, err } = await run(temporary, ['new-provider', 'acme', '--flow', 'oauth-consent', '--client', 'none'])

  expect({ status, err }).toEqual({ status: 0, err: [] })
  const spec = await temporary.read('specs/acme/openapi.yaml')
  expect(spec).toContain('        authorizationCode:\n')
  expect(spec).toContain('        pkce: unknown # PLACEHOLDER\n')
  expect(spec).not.toContain('clientSecret')
  for (const readme of ['README.md', 'README.pt-BR.md']) {
    expect(await temporary.read(`packages/acme/${readme}`)).toContain('await acme.consent.begin(')
  }
  const test = await temporary.read('packages/acme/test/conformance.test.ts')
  expect(test).toContain('const seed = await signIn(acme, credentials)')
  expect(test).toContain("wrongCredentials: { ...credentials, clientId: 'another-client' }")
})

test.each<[args: string[], sentence: string]>([
  [['AcmePay', '--flow', 'keys'], '"AcmePay" is not in kebab-case. Write it like acme or acme-pay.'],
  [['core', '--flow', 'keys'], '"core" is a package of this repository. Choose another id.'],
  [['acme'], 'Which flow? Add --flow with one of exchange, keys, oauth, oauth-consent, session.'],
  [
    ['acme', '--flow', 'sesion'],
    'Unknown flow "sesion". Did you mean session? Available: exchange, keys, oauth, oauth-consent, session.',
  ],
  [
    ['acme', '--flow', 'oauth', '--client', 'bsic'],
    'Unknown client "bsic". Did you mean basic? Available: body, basic, basic-encoded, none.',
  ],
  [['acme', '--flow', 'oauth', '--content', 'xml'], 'Unknown content "xml". Available: form, json.'],
  [
    ['acme', '--flow', 'oauth', '--client', 'none'],
    'Client credentials need a secret (RFC 6749 §4.4). --client none is for oauth-consent.',
  ],
  [
    ['acme', '--flow', 'keys', '--content', 'form'],
    '--client and --content are for the flows oauth and oauth-consent.',
  ],
  [
    ['acme', '--flow', 'oauth', '--from', 'https://acme.example/openapi.json'],
    'https://acme.example/openapi.json is an address, and nothing is downloaded. Save the document, and give its file to --from.',
  ],
  [['bitize', '--flow', 'keys'], 'specs/bitize is not empty. Choose another id, or delete it.'],
  [['acme', '--flow', 'keys', '--from', 'gone.yaml'], 'gone.yaml cannot be read (ENOENT).'],
  [
    ['acme', '--flow', 'keys', '--from', 'redocly.yaml'],
    'redocly.yaml is not an OpenAPI document of version 3.0 or 3.1: its field openapi says so or is missing.',
  ],
])('%j is answered with one sentence, and nothing is written', async (args, sentence) => {
  const temporary = await emptyRepository()
  const { status, out, err } = await run(temporary, ['new-provider', ...args])

  expect(status).toBeGreaterThan(0)
  expect({ out, err }).toEqual({ out: [], err: [sentence] })
  await expect(temporary.read('specs/acme/openapi.yaml')).rejects.toThrow('ENOENT')
})

test('without an id, and with an unknown option, the usage is shown', async () => {
  const temporary = await emptyRepository()
  for (const args of [[], ['acme', '--flwo', 'keys']]) {
    const { status, err } = await run(temporary, ['new-provider', ...args])
    expect(status).toBe(2)
    expect(err.join('\n')).toContain('Usage: pnpm new-provider <id> --flow <flow>')
  }
})

test('a template has values and sections, and wants nothing that is not given', () => {
  const template = 'a {{x}}\n{{#x}}\nkept\n{{/x}}\n{{^x}}\nleft out\n{{/x}}\n{{#none}}\nleft out too\n{{/none}}\nend'
  expect(filled(template, { x: '1', none: '' })).toBe('a 1\nkept\nend')
  expect(filled('a{{#x}} b{{/x}}{{#none}} c{{/none}}\nd', { x: '1', none: '' })).toBe('a b\nd')
  expect(() => filled('{{gone}}', {})).toThrow('{{gone}}')
})
