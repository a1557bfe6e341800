import type { ServerResponse } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparable, secretForms } from '../../src/request/secret-forms.ts'
import { EchoGuard, SecretEchoed } from '../../src/serve/proxy/echo-guard.ts'
import { EchoSearch } from '../../src/serve/proxy/echo-search.ts'
import { MOUNT, proxiedApi, type Received, raw, SECRET_KEY } from './support/proxied-api.ts'

function tokenOf({ headers }: Received): string {
  return headers.authorization?.slice('Bearer '.length) ?? ''
}

const FORMS: Readonly<Record<string, (token: string) => string>> = {
  'as it is': (token) => token,
  'in another case': (token) => token.toUpperCase(),
  'percent-encoded': encodeURIComponent,
  'form-encoded': (token) => new URLSearchParams({ token }).toString(),
  'escaped in JSON, as PHP does': (token) => JSON.stringify({ token }).replaceAll('/', '\\/'),
  'escaped in JSON, as .NET does': (token) => JSON.stringify({ token }).replaceAll('+', '\\u002B'),
  'in base64': (token) => Buffer.from(token).toString('base64'),
  'in base64url behind something else': (token) => Buffer.from(`id:${token}`).toString('base64url'),
  'in hexadecimal': (token) => Buffer.from(token).toString('hex'),
}

describe('a key that may hold no token sees none', () => {
  it.each(Object.entries(FORMS))('%s', async (_, form) => {
    const { url, tokens } = await proxiedApi((received, response) => response.end(`<p>${form(tokenOf(received))}</p>`))
    const answer = await fetch(`${url}/debug`)
    const text = await answer.text()
    expect(answer.status).toBe(502)
    expect(text).toContain('"code":"secret-echoed"')
    expect(text).not.toContain(tokens[0])
  })

  it('in a header', async () => {
    const { url } = await proxiedApi((received, response) => {
      response.setHeader('x-debug', `token=${tokenOf(received)}`)
      response.end('{}')
    })
    expect((await fetch(`${url}/debug`)).status).toBe(502)
  })

  it('in the address of a redirect', async () => {
    const { url } = await proxiedApi((received, response) => {
      response.writeHead(302, { location: `https://other.example/?t=${encodeURIComponent(tokenOf(received))}` }).end()
    })
    expect((await fetch(`${url}/debug`, { redirect: 'manual' })).status).toBe(502)
  })

  it('a secret input either', async () => {
    const { url } = await proxiedApi((_received, response) => response.end(JSON.stringify({ key: SECRET_KEY })))
    expect((await fetch(`${url}/debug`)).status).toBe(502)
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip, br', (bytes: string) => brotliCompressSync(gzipSync(bytes))],
  ])('compressed with %s', async (encoding, compress) => {
    const { url } = await proxiedApi((received, response) => {
      response.setHeader('content-encoding', encoding)
      response.end(compress(tokenOf(received)))
    })
    expect((await fetch(`${url}/debug`)).status).toBe(502)
  })

  it.each(['zstd', 'compress', 'aes128gcm'])('an encoding that can’t be searched is refused: %s', async (encoding) => {
    const { url } = await proxiedApi((received, response) => {
      response.setHeader('content-encoding', encoding)
      response.end(tokenOf(received))
    })
    const answer = await fetch(`${url}/debug`)
    expect(await answer.json()).toMatchObject({ status: 502, code: 'content-encoding' })
  })

  it('split over chunks, after a long beginning: the connection is destroyed before the first of its bytes', async () => {
    const { port, tokens } = await proxiedApi(async (received, response) => {
      response.write('a long beginning ')
      for (const character of tokenOf(received)) await written(response, character)
      response.end(' and an end')
    })
    const answer = await raw(port, `GET ${MOUNT}/debug HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    expect(answer).not.toContain('access')
    expect(answer).not.toContain(tokens[0]?.slice(0, 4))
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/)
  })
})

it('a key that may hold tokens gets the answer as it is', async () => {
  const echo = (received: Received, response: ServerResponse): void => void response.end(tokenOf(received))
  const { url, tokens } = await proxiedApi(echo, { holdsTokens: true })
  expect(await (await fetch(`${url}/debug`)).text()).toBe(tokens[0])
})

it('a compressed answer without a secret arrives decoded, and says nothing of its encoding', async () => {
  const { url } = await proxiedApi((_received, response) => {
    response.setHeader('content-encoding', 'gzip')
    response.end(gzipSync('{"vendors":[]}'))
  })
  const answer = await fetch(`${url}/vendors`)
  expect(answer.headers.has('content-encoding')).toBe(false)
  expect(await answer.text()).toBe('{"vendors":[]}')
})

describe('only what may be the beginning of a secret is held back', () => {
  const secret = 'secret-of-the-account'
  const pass = (...chunks: string[]): readonly string[] => {
    const guard = new EchoGuard(new EchoSearch([secret, 'abc']))
    const passed = chunks.map((chunk) => guard.pass(Buffer.from(chunk), false))
    return [...passed, guard.pass(Buffer.alloc(0), true)]
      .map(String)
      .map((part) => part.replace(/^(\d+,?)+$/, (bytes) => Buffer.from(bytes.split(',').map(Number)).toString()))
  }
  it.each([
    [
      ['an event\n\n', 'another\n\n'],
      ['an event\n\n', 'another\n\n', ''],
    ],
    [['the secret-of'], ['the ', 'secret-of']],
    [
      ['the sec', 'ond'],
      ['the ', 'second', ''],
    ],
    [
      ['s', 'e', 'c', 'r', '?'],
      ['', '', '', '', 'secr?', ''],
    ],
    [['a short abc.'], ['a short abc.', '']],
  ])('%j', (chunks, passed) => {
    expect(pass(...chunks)).toEqual(passed)
  })

  it('wherever it is split', () => {
    const text = `before ${secret} after`
    for (let first = 1; first < text.length; first += 1) {
      for (let second = first; second < text.length; second += 1) {
        const parts = [text.slice(0, first), text.slice(first, second), text.slice(second)]
        expect(() => pass(...parts)).toThrow(SecretEchoed)
      }
    }
  })
})

describe('a search for many secrets at once', () => {
  const alphabet = fc.constantFrom('a', 'B', '+', '/', '%', 'é', '-')
  const text = fc.string({ unit: alphabet, maxLength: 60 })

  it('finds what a search for each of them finds, and holds back as much', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), text, text, (secrets, before, after) => {
        const search = new EchoSearch(secrets)
        const forms = secrets.filter(({ length }) => length >= 6).flatMap(secretForms)
        const wanted = forms.filter(({ length }) => length >= 6).map((form) => Buffer.from(comparable(form), 'latin1'))
        for (const whole of [before + after, ...secrets.map((secret) => before + secret + after)]) {
          const bytes = Buffer.from(whole)
          // Byte by byte: a character beyond ASCII stays as it is.
          const plain = Buffer.from(comparable(bytes.toString('latin1')), 'latin1')
          expect(search.isIn(bytes)).toBe(wanted.some((form) => plain.includes(form)))
          const open = wanted.map((form) => openEnd(plain, form))
          expect(search.openAtEnd(bytes)).toBe(Math.max(0, ...open))
        }
      }),
    )
  })
})

/** How many of the last bytes a form begins with, at most all but one of its own. */
function openEnd(bytes: Buffer, form: Buffer): number {
  for (let length = Math.min(bytes.length, form.length - 1); length > 0; length -= 1) {
    if (form.subarray(0, length).equals(bytes.subarray(bytes.length - length))) return length
  }
  return 0
}

async function written(response: ServerResponse, text: string): Promise<void> {
  await new Promise<void>((resolve) => response.write(text, () => setImmediate(resolve)))
}
