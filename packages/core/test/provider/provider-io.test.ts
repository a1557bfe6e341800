import { createTokenManager, type Fetch } from '@chaveiro/core'
import { defineProvider, type ProviderIo, parentSchemes } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { httpServer } from '../retry/loopback.ts'
import { changedProvider, type ProviderChanges } from '../support/provider-changes.ts'

const SERVER = new URL('https://api.example.com/v1')
const PASSWORD = 'p@ss word/ç+&='
const REFRESH = 'refresh-secret/+=='

/** An account whose token call does what `call` says; what it sent is kept. */
function account(
  call: (io: ProviderIo) => Promise<unknown>,
  options: { fetch?: Fetch; server?: URL; provider?: ProviderChanges<object> } = {},
) {
  const sent: Request[] = []
  const server = options.server ?? SERVER
  const answer: Fetch = options.fetch ?? (async () => Response.json({ token: 'fresh-access-token' }))
  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, init)
    sent.push(request)
    return answer(request)
  }
  const run = async (io: ProviderIo) => {
    await call(io)
    return { accessToken: 'fresh-access-token', expiresAt: io.now + 3_600_000 }
  }
  const clock = new FakeClock()
  const provider = changedProvider<object>(
    { id: 'guarded', server, refreshKind: 'single-use', repeat: 'free', acquire: run, refresh: run },
    options.provider,
  )
  const manager = createTokenManager({
    provider,
    credentials: () => ({ password: PASSWORD, region: 'br' }),
    fetch,
    clock,
  })
  const source = manager.account('one')
  return {
    source,
    sent,
    clock,
    failed: () =>
      source.getToken().then(
        () => 'no failure',
        (error: unknown) => error,
      ),
  }
}

describe('io.fetch goes to the provider’s own server only', () => {
  test.each([
    ['another host', 'https://evil.com/token'],
    ['another port', 'https://api.example.com:8443/token'],
    ['plain http [SC05]', 'http://api.example.com/token'],
    ['a host behind our name', 'https://api.example.com.evil.com/token'],
    ['a blob', 'data:application/json,{}'],
  ])('not to %s', async (_name, url) => {
    const { failed, sent } = account((io) => io.fetch(url))
    expect(await failed()).toMatchObject({ code: 'origin', action: 'fix-configuration' })
    expect(sent).toEqual([])
  })

  test.each([
    ['a path alone', '/token'],
    ['a user name', 'https://p%40ss@api.example.com/token'],
  ])('and takes whole URLs without a sign-in: %s is a fault of the provider', async (_name, url) => {
    const { failed, sent } = account((io) => io.fetch(url))
    expect(await failed()).toMatchObject({ code: 'misconfigured' })
    expect(String(await failed())).not.toContain('p%40ss')
    expect(sent).toEqual([])
  })

  test('so a server over plain http is refused before there is any call [SC05]', () => {
    expect(() => account(async () => {}, { server: new URL('http://api.example.com') })).toThrow(TypeError)
    expect(() => account(async () => {}, { server: new URL('http://127.0.0.1:8080') })).not.toThrow()
  })

  test('follows no redirect, wherever it leads: the call is misconfigured', async () => {
    const other = await httpServer((response) => void response.end('{}'))
    for (const status of [301, 302, 303, 307, 308]) {
      const { url, received } = await httpServer(
        (response) => void response.writeHead(status, { location: `${other.url}/x` }).end(),
      )
      const { failed } = account((io) => refuseFailure(io.fetch(new URL('/token', url))), {
        server: new URL(url),
        fetch,
      })
      expect(await failed()).toMatchObject({ code: 'misconfigured', status })
      expect(received).toHaveLength(1)
    }
    expect(other.received).toEqual([])
  })

  test('asks for redirect: manual, whatever the provider asks for', async () => {
    const { source, sent } = account((io) => io.fetch(new URL('/token', SERVER), { redirect: 'follow' }))
    await source.getToken()
    expect(sent.map(({ redirect }) => redirect)).toEqual(['manual'])
  })
})

describe('io.fetch refuses a secret in a URL [SC04]', () => {
  const encodings: [string, (text: string) => string][] = [
    ['as it is', (text) => text.replaceAll(' ', '%20')],
    ['percent-encoded', encodeURIComponent],
    ['percent-encoded in lower case', (text) => encodeURIComponent(text).toLowerCase()],
    ['form-encoded', (text) => new URLSearchParams({ x: text }).toString().slice(2)],
    [
      'percent-encoded throughout',
      (text) => [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    ],
    ['in base64', (text) => encodeURIComponent(Buffer.from(text).toString('base64'))],
    ['in base64url behind a user name', (text) => Buffer.from(`user:${text}`).toString('base64url')],
  ]
  const places: [string, (text: string) => string][] = [
    ['the query', (text) => `/token?x=1&key=${text}&y`],
    ['the path', (text) => `/token/${text}/x`],
    ['a name in the query', (text) => `/token?${text}=1`],
    ['the path behind a broken escape', (text) => `/%zz/${text}`],
  ]
  const table = encodings.flatMap(([how, encode]) =>
    places.map(([where, place]) => [how, where, place(encode(PASSWORD))] as const),
  )

  test.each(table)('%s in %s', async (_how, _where, path) => {
    const { failed, sent } = account((io) => io.fetch(new URL(path, 'https://api.example.com')))
    const error = await failed()
    expect(error).toMatchObject({ code: 'misconfigured', message: expect.stringContaining('secretQuery') })
    expect(sent).toEqual([])
  })

  test.each([
    ['raw', `/refresh?t=${REFRESH}`],
    ['encoded', `/refresh?t=${encodeURIComponent(REFRESH)}`],
  ])('a refresh token too, %s, unless its parameter is declared', async (_name, path) => {
    const call = (io: ProviderIo): Promise<Response> => io.fetch(new URL(path, SERVER))
    const refused = account(call, { provider: { acquire: undefined } })
    await refused.source.seed({
      accessToken: 'old-access-token',
      refreshToken: REFRESH,
      expiresAt: refused.clock.now() + 1,
    })
    await refused.clock.advance(1)
    expect(await refused.failed()).toMatchObject({ code: 'misconfigured' })
    expect(refused.sent).toEqual([])
    const declared = account(call, { provider: { acquire: undefined, secretQuery: ['t'] } })
    await declared.source.seed({
      accessToken: 'old-access-token',
      refreshToken: REFRESH,
      expiresAt: declared.clock.now() + 1,
    })
    await declared.clock.advance(1)
    expect((await declared.source.getToken()).generation).toBe(2)
    expect(declared.sent).toHaveLength(1)
  })

  test('also beside a declared parameter', async () => {
    const { failed, sent } = account(
      (io) => io.fetch(new URL(`/t?key=${encodeURIComponent(PASSWORD)}&x=${encodeURIComponent(PASSWORD)}`, SERVER)),
      {
        provider: { secretQuery: ['key'] },
      },
    )
    expect(await failed()).toMatchObject({ code: 'misconfigured' })
    expect(sent).toEqual([])
  })

  test('a parent’s token too', async () => {
    const parent = defineProvider<object>({
      id: 'guarded/parent',
      server: SERVER,
      refreshKind: 'none',
      repeat: 'free',
      acquire: async () => ({ accessToken: 'session-of-parent' }),
    })
    const { failed, sent } = account(
      async (io) => io.fetch(new URL(`/x?session=${(await io.token('parent')).reveal()}`, SERVER)),
      {
        provider: { id: 'guarded/child', parents: parentSchemes({ parent }) },
      },
    )
    expect(await failed()).toMatchObject({ code: 'misconfigured' })
    expect(sent).toEqual([])
  })

  test('but not a short word in a longer one', async () => {
    const { source, sent } = account((io) => io.fetch(new URL('/brasil/token?lang=pt-br', SERVER)))
    await source.getToken()
    expect(sent).toHaveLength(1)
  })

  test('in a revocation too', async () => {
    const { source, sent } = account(async () => {}, {
      provider: {
        revoke: async (io, { accessToken }) => void (await io.fetch(new URL(`/revoke?token=${accessToken}`, SERVER))),
      },
    })
    await source.getToken()
    await expect(source.end({ revoke: 'require' })).rejects.toMatchObject({ code: 'misconfigured' })
    const password = account(async () => {}, {
      provider: {
        revoke: async (io) => void (await io.fetch(new URL(`/revoke?p=${encodeURIComponent(PASSWORD)}`, SERVER))),
      },
    })
    await password.source.getToken()
    await expect(password.source.end({ revoke: 'require' })).rejects.toMatchObject({ code: 'misconfigured' })
    expect([...sent, ...password.sent]).toEqual([])
  })
})

describe('the answer to a token call', () => {
  // A lost answer to an acquire is asked for once more.
  const once = { provider: { replay: { acquire: 'never' as const } } }
  const padded =
    (status: number, bytes: number): Fetch =>
    async () =>
      new Response('x'.repeat(bytes), { status })

  test('is read up to 1 MiB; a longer success is malformed', async () => {
    const { failed } = account((io) => io.fetch(SERVER), { fetch: padded(200, 5 * 2 ** 20), ...once })
    expect(await failed()).toMatchObject({
      code: 'malformed-response',
      status: 200,
      message: expect.stringContaining('1 MiB'),
    })
    const { source } = account((io) => io.fetch(SERVER), { fetch: padded(200, 2 ** 20) })
    expect((await source.getToken()).generation).toBe(1)
  })

  test('is not read further than that, and its connection is given up', async () => {
    let read = 0
    let cancelled = false
    const endless = new ReadableStream({
      pull: (controller) => {
        read += 1
        controller.enqueue(new Uint8Array(2 ** 16))
      },
      cancel: () => {
        cancelled = true
      },
    })
    const { failed } = account((io) => io.fetch(SERVER), { fetch: async () => new Response(endless), ...once })
    expect(await failed()).toMatchObject({ code: 'malformed-response' })
    expect([read < 20, cancelled]).toEqual([true, true])
  })

  test('that failed without a JSON object does not deny, however long it is [E15]', async () => {
    const { failed } = account((io) => refuseFailure(io.fetch(SERVER)), { fetch: padded(403, 5 * 2 ** 20) })
    expect(await failed()).toMatchObject({ code: 'unavailable', status: 403 })
  })

  test('that never came to a second step is still one of a call that may have acted: it runs on without callers', async () => {
    let answer = (): void => {}
    const { source, clock, sent } = account(
      async (io) => {
        await io.fetch(new URL('/first', SERVER))
        await io.fetch(new URL('/second', SERVER))
      },
      {
        fetch: async (input) => {
          if (input instanceof Request && input.url.endsWith('/second')) {
            throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })
          }
          await new Promise<void>((resolve) => {
            answer = resolve
          })
          return Response.json({})
        },
      },
    )
    const abort = new AbortController()
    const only = source.getToken({ signal: abort.signal }).catch((error: unknown) => error)
    while (sent.length === 0) await clock.advance(0)
    abort.abort('gone')
    expect(await only).toBe('gone')
    answer()
    while (sent.length === 1) await clock.advance(0)
    await clock.advance(0)
    expect(await source.status()).toMatchObject({ lastFailure: { code: 'unavailable' } })
  })
})

async function refuseFailure(answer: Promise<Response>): Promise<void> {
  const { ok, status } = await answer
  if (!ok) throw new Error(`status ${status}`)
}
