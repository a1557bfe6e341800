import type { Fetch } from '@chaveiro/core'
import { clientCertificates } from '@chaveiro/core/certificate'
import {
  createProviderClient,
  defineProvider,
  parentSchemes,
  refuseDeviceCalls,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { countingProvider } from '../support/counting-provider.ts'
import { changedProvider, type ProviderChanges } from '../support/provider-changes.ts'
import { sharedStore } from '../support/shared-store.ts'
import { bitizeProvider } from '../support/simulated-bitize.ts'

const SERVER = new URL('https://api.example.com/v1')

interface Answer {
  parameters: { path?: { id: string } }
  responses: { 200: { content: { 'application/json': { ok: boolean } } } }
}

interface Paths {
  '/vendors': { get: Answer; post: Answer }
  '/vendors/{id}': { get: Answer }
  '/auth': { post: Answer }
}

const OPERATIONS: TokenProvider<object>['operations'] = {
  listVendors: { method: 'GET', path: '/vendors', security: ['accessToken'], replay: 'always' },
  createVendor: { method: 'POST', path: '/vendors', security: ['otherScheme'], replay: 'never' },
  readVendor: { method: 'GET', path: '/vendors/{id}', security: ['otherScheme', 'accessToken'], replay: 'always' },
  authenticate: { method: 'POST', path: '/auth', security: [], replay: 'never' },
}

function client(changes: ProviderChanges<object> = {}, status = 200) {
  const sent: { request: string; authorization: string | null; redirect: string }[] = []
  let calls = 0
  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, init)
    const { method, url, headers, redirect } = request
    sent.push({ request: `${method} ${url}`, authorization: headers.get('authorization'), redirect })
    return Response.json({ ok: true }, { status })
  }
  const provider = countingProvider(SERVER, () => (calls += 1), {
    scheme: 'accessToken',
    operations: OPERATIONS,
    ...changes,
  })
  return { created: createProviderClient<Paths, object>(provider, { fetch }), sent, calls: () => calls }
}

describe('provider.api', () => {
  test('puts the token on operations whose security names the provider’s scheme, and on no others', async () => {
    const { created, sent, calls } = client()
    await created.api.POST('/auth')
    await created.api.POST('/vendors')
    expect(calls()).toBe(0)
    await created.api.GET('/vendors')
    await created.api.GET('/vendors/{id}', { params: { path: { id: 'a/b' } } })
    expect(sent).toEqual([
      { request: 'POST https://api.example.com/v1/auth', authorization: null, redirect: 'manual' },
      { request: 'POST https://api.example.com/v1/vendors', authorization: null, redirect: 'manual' },
      { request: 'GET https://api.example.com/v1/vendors', authorization: 'Bearer token-1', redirect: 'manual' },
      { request: 'GET https://api.example.com/v1/vendors/a%2Fb', authorization: 'Bearer token-1', redirect: 'manual' },
    ])
  })

  test('puts a parent’s token on operations that name the parent alone', async () => {
    const parent = countingProvider(SERVER, () => 41, { id: 'counting/session', scheme: 'otherScheme' })
    const { created, sent } = client({ parents: parentSchemes({ otherScheme: parent }) })
    await created.api.POST('/vendors')
    await created.api.GET('/vendors/{id}', { params: { path: { id: '1' } } })
    expect(sent.map(({ authorization }) => authorization)).toEqual(['Bearer token-41', 'Bearer token-1'])
  })

  test('puts none on anything where the provider names no scheme, or no operations', async () => {
    for (const overrides of [{ scheme: undefined }, { operations: undefined }]) {
      const { created, sent } = client(overrides)
      await created.api.GET('/vendors')
      expect(sent.map(({ authorization }) => authorization)).toEqual([null])
    }
  })

  test('is sent once: no retry, no replay', async () => {
    for (const status of [401, 503]) {
      const { created, sent } = client({}, status)
      expect((await created.api.GET('/vendors')).response.status).toBe(status)
      expect(sent).toHaveLength(1)
    }
  })

  test('goes nowhere else, even where one call names another base URL', async () => {
    const { created, sent, calls } = client()
    await expect(created.api.GET('/vendors', { baseUrl: 'https://evil.com' })).rejects.toMatchObject({ code: 'origin' })
    expect([sent.length, calls()]).toEqual([0, 0])
  })

  test('puts no token on what goes elsewhere through another fetch', async () => {
    const { created } = client()
    const stolen: (string | null)[] = []
    const fetch: Fetch = async (input) => {
      stolen.push(input instanceof Request ? input.headers.get('authorization') : 'no Request')
      return Response.json({})
    }
    await created.api.GET('/vendors', { baseUrl: 'https://evil.com', fetch })
    expect(stolen).toEqual([null])
  })

  test('rejects with `closed` where it needs a token and there is no more work', async () => {
    const { created, sent } = client()
    await created.close()
    await expect(created.api.GET('/vendors')).rejects.toMatchObject({ code: 'closed' })
    expect(sent).toEqual([])
  })
})

describe('an operation for customers’ own devices', () => {
  const operations = {
    ...OPERATIONS,
    scanDocument: { method: 'POST', path: '/scans/{kind}', security: ['d'], replay: 'never', device: true },
  } as const

  test('is sent neither by fetch nor by the raw client, and not even a token is obtained for it', async () => {
    const { created, sent, calls } = client({ operations, deviceCalls: refuseDeviceCalls() })
    const sentence = 'scanDocument is for the customer’s own device'
    const attempts = [
      () => created.fetch('/scans/id', { method: 'POST', body: 'picture' }),
      () => created.fetch('https://api.example.com/v1/scans/id/?x=1', { method: 'post' }),
      () => created.fetch(new Request('https://api.example.com/v1/scans/id', { method: 'POST' })),
      () => created.fetch.with({ retry: false })(new URL('https://api.example.com/v1/scans/id'), { method: 'POST' }),
      () => Reflect.apply(created.api.POST, undefined, ['/scans/{kind}', { params: { path: { kind: 'id' } } }]),
    ]
    for (const attempt of attempts) {
      const error: unknown = await Promise.resolve(attempt()).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toContain(sentence)
    }
    expect([sent.length, calls()]).toEqual([0, 0])
  })

  test('closes no other path and no other method', async () => {
    const { created, sent } = client({ operations, deviceCalls: refuseDeviceCalls() })
    await created.fetch('/scans/id')
    await created.fetch('/scans/id/pages', { method: 'POST' })
    await created.fetch('/scans', { method: 'POST' })
    expect(sent).toHaveLength(3)
  })
})

describe('createProviderClient()', () => {
  const keys = { consumerKey: 'c-1', secretKey: 's-1' }

  test('is one account of a manager: everything of a source, and more', async () => {
    const { created } = client()
    expect(created.baseUrl).toBe('https://api.example.com/v1')
    const events: string[] = []
    created.on(({ type }) => void events.push(type))
    const token = await created.getToken()
    expect((await created.status()).state).toBe('fresh')
    expect(await created.reject(token)).toBe(true)
    expect((await created.fetch('/x')).status).toBe(200)
    expect((await created.getToken()).generation).toBe(2)
    await created.seed({ accessToken: 'seeded' })
    await created.end()
    expect(await created.status()).toMatchObject({ state: 'absent' })
    await created[Symbol.asyncDispose]()
    expect(events).toContain('ended')
  })

  test('names a missing input, and where it could come from', () => {
    const provider = bitizeProvider(SERVER)
    expect(() => createProviderClient(provider, { ...keys, secretKey: '' })).toThrow(
      new TypeError(
        'bitize-by-hand: The input secretKey is missing (the secret); for example secretKey: process.env.TEST_SECRET_KEY.',
      ),
    )
    expect(() => createProviderClient(provider, JSON.parse('{"consumerKey":null,"secretKey":"x"}'))).toThrow(
      /consumerKey/,
    )
  })

  test('takes the account from the input that is its identity, so two keys are two accounts of one store', async () => {
    const store = sharedStore()
    for (const consumerKey of ['c-1', 'c-2', 'c-1']) {
      await createProviderClient(bitizeProvider(SERVER), { ...keys, consumerKey, store }).seed({ accessToken: 'x' })
    }
    expect(store.records.size).toBe(2)
  })

  test('demands a name for the account where the inputs name none and the store is shared', () => {
    const provider = countingProvider(SERVER, () => 1)
    expect(() => createProviderClient(provider, { store: sharedStore() })).toThrow(/Pass account: 'a name'/)
    expect(() => createProviderClient(provider, { store: sharedStore(), account: 'mine' })).not.toThrow()
    expect(() => createProviderClient(provider, {})).not.toThrow()
  })
})

describe('defineProvider()', () => {
  const base: TokenProvider<object> = {
    id: 'p',
    server: SERVER,
    refreshKind: 'none',
    repeat: 'free',
    acquire: async () => ({ accessToken: 'x' }),
  }

  test.each<[string, ProviderChanges<object>]>([
    ['an id in capitals', { id: 'Bitize' }],
    ['an id with a space', { id: 'a b' }],
    ['an empty id', { id: '' }],
    ['neither acquire nor refresh', { acquire: undefined }],
    ['a refresh that its kind denies', { refresh: async () => ({ accessToken: 'x' }) }],
    [
      'a parent at another origin',
      {
        parents: parentSchemes({
          other: defineProvider({ ...base, id: 'p/other', server: new URL('https://evil.com') }),
        }),
      },
    ],
  ])('refuses %s', (_name, wrong) => {
    expect(() => changedProvider(base, wrong)).toThrow(TypeError)
  })

  // What only some providers need comes with the provider that needs it, so a definition can have forgotten it.
  const certificate: ProviderChanges<object> = {
    inputs: {
      clientId: { description: 'The client.', identity: true },
      eCnpj: { description: 'The certificate of the company.', kind: 'certificate' },
    },
  }
  const device: ProviderChanges<object> = {
    operations: {
      ...OPERATIONS,
      payAtTheDoor: { method: 'POST', path: '/payments', security: [], replay: 'never', device: true },
    },
  }

  test.each<[string, ProviderChanges<object>, string]>([
    [
      'a certificate that nothing presents',
      certificate,
      'p: the input eCnpj is a certificate. Set certificates: clientCertificates().',
    ],
    [
      "an operation for a customer's own device that nothing guards",
      device,
      "p: payAtTheDoor is for the customer's own device. Set deviceCalls: refuseDeviceCalls().",
    ],
  ])('refuses %s, and says what brings it', (_name, wrong, sentence) => {
    const act = (): unknown => changedProvider(base, wrong)
    expect(act).toThrow(TypeError)
    expect(act).toThrow(expect.objectContaining({ message: sentence }))
  })

  test.each<[string, ProviderChanges<object>]>([
    ['a certificate that is presented', { ...certificate, certificates: clientCertificates() }],
    ['an operation for a device that is guarded', { ...device, deviceCalls: refuseDeviceCalls() }],
    ['certificates without an input for one', { certificates: clientCertificates() }],
    ['operations of which none is for a device', { operations: OPERATIONS }],
  ])('takes %s', (_name, right) => {
    expect(() => changedProvider(base, right)).not.toThrow()
  })

  test('refuses methods that the definition only inherits: they would be lost', () => {
    class Inheriting {
      readonly id = 'p'
      readonly server = SERVER
      readonly refreshKind = 'none'
      readonly repeat = 'free'
      async acquire(): Promise<{ accessToken: string }> {
        return { accessToken: 'x' }
      }
    }
    expect(() => defineProvider(new Inheriting())).toThrow(/needs acquire\(\) or refresh\(\)/)
  })

  test('keeps a frozen copy, including its server', () => {
    const server = new URL(SERVER)
    const definition = { ...base, server }
    const provider = defineProvider(definition)
    server.host = 'evil.com'
    expect(provider.server.href).toBe(SERVER.href)
    expect(() => Object.assign(provider, { id: 'other' })).toThrow(TypeError)
  })
})
