import { allowInsecureHttp, createTokenManager, isChaveiroError, type TokenManagerOptions } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { countingProvider } from '../support/counting-provider.ts'

interface Sent {
  readonly url: string
  readonly authorization: string | null
}

/** A source for this server, and what left through it. */
function sourceAt(server: string, options: Partial<TokenManagerOptions<object>> = {}) {
  const sent: Sent[] = []
  let calls = 0
  const manager = createTokenManager({
    provider: countingProvider(new URL(server), () => (calls += 1)),
    credentials: () => ({}),
    fetch: async (input, init) => {
      const { url, headers } = new Request(input, init)
      sent.push({ url, authorization: headers.get('authorization') })
      return new Response('ok')
    },
    ...options,
  })
  return { source: manager.account('one'), sent, calls: () => calls }
}

const SERVER = 'https://api.example.com/v1'

describe('a URL outside the allowed origins is an error `origin`, before any token call and any send [RJ14]', () => {
  test.each<[string, () => string | URL | Request]>([
    ['another host', () => 'https://evil.com/v1/x'],
    ['another host, as a URL', () => new URL('https://evil.com/')],
    ['another host, as a Request', () => new Request('https://evil.com/')],
    ['two slashes', () => '//evil.com/x'],
    ['two backslashes', () => '\\\\evil.com/x'],
    ['a slash and a backslash', () => '/\\evil.com/x'],
    ['a backslash and a slash', () => '\\/evil.com/x'],
    ['slashes with a tab between, which URLs drop', () => '\t//evil.com/x'],
    ['slashes after a space, which URLs drop', () => ' //evil.com/x'],
    ['slashes with a line break inside', () => '\n/\n/evil.com/x'],
    ['a scheme and no slashes', () => 'http:evil.com'],
    ['our host as a user name', () => 'https://api.example.com@evil.com/'],
    ['our host in front', () => 'https://api.example.com.evil.com/'],
    ['our host behind', () => 'https://evilapi.example.com/'],
    ['another port', () => 'https://api.example.com:8443/v1/x'],
    ['plain http [SC05]', () => 'http://api.example.com/v1/x'],
    ['another scheme', () => 'ftp://api.example.com/v1/x'],
    ['a scheme without hosts', () => 'data:text/plain,x'],
    ['a host that looks like a path', () => 'localhost:3000/x'],
    ['a host with a trailing dot', () => 'https://api.example.com./v1/x'],
  ])('%s', async (_name, url) => {
    const { source, sent, calls } = sourceAt(SERVER)
    const error = await source.fetch(url()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'origin', action: 'fix-configuration', provider: 'counting' })
    expect(isChaveiroError(error)).toBe(true)
    expect(sent).toEqual([])
    expect(calls()).toBe(0)
  })

  test('names the origins, and not the rest of the URL', async () => {
    const { source } = sourceAt(SERVER)
    const error: unknown = await source.fetch('https://evil.com/path?key=secret').catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('https://evil.com')
    expect(String(error)).not.toMatch(/path|secret/)
  })
})

describe('a URL within them is sent with the token [RJ14]', () => {
  test.each<[string, string | URL, string]>([
    ['an absolute one', 'https://api.example.com/v1/x', 'https://api.example.com/v1/x'],
    ['a URL object', new URL('https://api.example.com/other'), 'https://api.example.com/other'],
    ['one in upper case with the default port', 'HTTPS://API.EXAMPLE.COM:443/v1/x', 'https://api.example.com/v1/x'],
    ['a path, behind the server’s own', '/vendors?x=1#f', 'https://api.example.com/v1/vendors?x=1#f'],
    ['a path without a slash in front', 'vendors/1', 'https://api.example.com/v1/vendors/1'],
    ['a query', '?page=2', 'https://api.example.com/v1?page=2'],
    ['nothing', '', 'https://api.example.com/v1'],
    ['a path with dots', '/../admin', 'https://api.example.com/admin'],
    ['a path that holds a URL', '/proxy/https://evil.com/', 'https://api.example.com/v1/proxy/https://evil.com/'],
    ['a path of a slash and a tab and a slash', '/\t/evil.com/x', 'https://api.example.com/v1//evil.com/x'],
  ])('%s', async (_name, input, url) => {
    const { source, sent } = sourceAt(SERVER)
    expect((await source.fetch(input)).status).toBe(200)
    expect(sent).toEqual([{ url, authorization: 'Bearer token-1' }])
  })

  test.each([
    ['https://api.example.com', 'https://api.example.com/x'],
    ['https://api.example.com/', 'https://api.example.com/x'],
    ['https://api.example.com/v1/', 'https://api.example.com/v1/x'],
    ['https://api.example.com/a/b', 'https://api.example.com/a/b/x'],
  ])('below the server %s', async (server, expected) => {
    const { source, sent } = sourceAt(server)
    await source.fetch('/x')
    await source.fetch('x')
    expect(sent.map(({ url }) => url)).toEqual([expected, expected])
  })

  test('one of alsoSendTo too, whatever its path', async () => {
    const { source, sent } = sourceAt(SERVER, { alsoSendTo: [new URL('https://files.example.com/a')] })
    await source.fetch('https://files.example.com/b')
    expect(sent).toEqual([{ url: 'https://files.example.com/b', authorization: 'Bearer token-1' }])
    await expect(source.fetch('https://files.example.com:444/b')).rejects.toMatchObject({ code: 'origin' })
  })

  test('as it was when the call was made, even if the caller changes its URL afterwards', async () => {
    const { source, sent } = sourceAt(SERVER)
    const url = new URL('https://api.example.com/x')
    const call = source.fetch(url)
    url.host = 'evil.com'
    await call
    expect(sent).toEqual([{ url: 'https://api.example.com/x', authorization: 'Bearer token-1' }])
  })
})

describe('a user name or a password in a URL is a TypeError that does not quote it', () => {
  test.each(['https://user:hunter2@api.example.com/x', 'https://hunter2@api.example.com/'])('%s', async (url) => {
    const { source, sent, calls } = sourceAt(SERVER)
    const error: unknown = await source.fetch(url).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).not.toContain('hunter2')
    expect([sent.length, calls()]).toEqual([0, 0])
  })

  test('of a server or of alsoSendTo, at construction', () => {
    expect(() => sourceAt('https://user:hunter2@api.example.com/')).toThrow(/server must not carry/)
    const alsoSendTo = [new URL('https://hunter2@files.example.com')]
    expect(() => sourceAt(SERVER, { alsoSendTo })).toThrow(/alsoSendTo must not carry/)
  })
})

describe('plain http is refused at construction [SC05]', () => {
  test.each([
    'http://api.example.com',
    'http://127.0.0.1.evil.com',
    'http://localhost.evil.com',
    'http://10.0.0.1',
    'ftp://api.example.com',
  ])('%s', (url) => {
    expect(() => sourceAt(url)).toThrow(TypeError)
    expect(() => sourceAt(SERVER, { alsoSendTo: [new URL(url)] })).toThrow(/alsoSendTo must be https/)
  })

  test.each(['http://localhost:3000', 'http://127.0.0.1:1', 'http://127.8.9.1', 'http://[::1]:8080'])(
    'but not on this machine: %s',
    (url) => {
      expect(() => sourceAt(url)).not.toThrow()
    },
  )

  test('unless a symbol allows it, which no JSON can hold', () => {
    expect(() => sourceAt('http://gateway.internal', { [allowInsecureHttp]: true })).not.toThrow()
    expect(() => sourceAt('http://gateway.internal', JSON.parse('{"allowInsecureHttp":true}'))).toThrow(TypeError)
    expect(() => sourceAt('ftp://gateway.internal', { [allowInsecureHttp]: true })).toThrow(TypeError)
  })

  test('and a value that is not a URL is refused by name', () => {
    expect(() => sourceAt(SERVER, JSON.parse('{"alsoSendTo":["https://x.com"]}'))).toThrow(/alsoSendTo must be a URL/)
  })
})
