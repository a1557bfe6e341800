import { describe, expect, it } from 'vitest'
import type { PathRule } from '../../src/serve/proxy/exchange.ts'
import { proxiedApi, rawGet } from './support/proxied-api.ts'

const rule = (text: string): PathRule => {
  const [methods = '', path = ''] = text.split(' ')
  return {
    methods: methods === '' ? [] : methods.split(','),
    path: path.split('/').filter((part) => part !== ''),
    text,
  }
}

describe('a path that servers could read in different ways is refused', () => {
  const TRICKS = {
    'a backslash': '/vendors\\..\\auth',
    'two slashes': '//other.example/vendors',
    'an empty segment': '/vendors//1',
    'a dot': '/vendors/./1',
    'two dots': '/vendors/../auth',
    'encoded dots': '/vendors/%2e%2E/auth',
    'half encoded dots': '/vendors/.%2e/auth',
    'dots with a parameter': '/vendors/..;/auth',
    'an encoded slash': '/vendors%2F..%2fauth',
    'an encoded backslash': '/vendors%5c..%5Cauth',
    'a NUL': '/vendors%00',
    'an encoded percent sign': '/vendors/%252e%252e/auth',
    'an escape that is not one': '/vendors/%zz',
    'an overlong escape': '/vendors/%c0%ae%c0%ae/auth',
    'a control character': '/vendors/%0d%0aX-Injected:%201',
    'bytes beyond ASCII': '/vendors/é',
    'a quotation mark': '/vendors/"',
    'a curly bracket': '/vendors/{id}',
    'a fragment': '/vendors#/auth',
    'a quotation mark in the query': '/vendors?q="',
    'no slash at all': '',
    'another host': '@other.example/',
  }
  it.each(Object.entries(TRICKS))('%s', async (_, target) => {
    const { port, received, tokens } = await proxiedApi((_received, response) => response.end('reached'))
    const answer = await rawGet(port, target)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(received).toEqual([])
    expect(tokens).toEqual([])
  })
})

describe('an ordinary path is sent byte for byte', () => {
  it.each([
    '/vendors',
    '/vendors/',
    '/',
    '/?',
    "/a-b_c.d~e/!$&'()*+,:=@/%20%C3%A9%7B",
    '/vendors?page=2&filter[0][field]=id&q=%2F..%2F&next=/auth/../x',
    '/vendors/1;v=2',
  ])('%s', async (target) => {
    const { port, received } = await proxiedApi((_received, response) => response.end('reached'), { folder: '/api' })
    expect(await rawGet(port, target)).toMatch(/^HTTP\/1\.1 200 /)
    expect(received.map(({ url }) => url)).toEqual([`/api${target === '/?' ? '/' : target}`])
  })
})

describe('rules', () => {
  const rules = [rule('GET vendors/*'), rule('POST orders/**/items')]
  const outcome = async (method: string, target: string): Promise<string> => {
    const { port } = await proxiedApi((_received, response) => response.end('reached'), { rules })
    return (await rawGet(port, target, method)).slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)
  }
  it.each([
    ['GET', '/vendors/1', '200'],
    ['HEAD', '/vendors/1', '200'],
    ['GET', '/vendors/%31', '200'],
    ['POST', '/orders/items', '200'],
    ['POST', '/orders/1/2/items', '200'],
    ['GET', '/vendors', '403'],
    ['GET', '/vendors/', '403'],
    ['GET', '/vendors/1/2', '403'],
    ['GET', '/VENDORS/1', '403'],
    ['DELETE', '/vendors/1', '403'],
    ['GET', '/orders/items', '403'],
    ['POST', '/orders/1', '403'],
    // Servers differ in whether `1;x` is the vendor `1`.
    ['GET', '/vendors/1;x', '400'],
    ['GET', '/vendors/1%3Bx', '400'],
  ])('%s %s: %s', async (method, target, status) => {
    expect(await outcome(method, target)).toBe(status)
  })

  it('the log hears which rule matched, and never the path', async () => {
    const { port, outcomes } = await proxiedApi((_received, response) => response.end('reached'), { rules })
    await rawGet(port, '/vendors/1')
    await rawGet(port, '/other')
    expect(outcomes).toEqual([
      { status: 200, attempts: 1, rule: 'GET vendors/*' },
      { status: 403, code: 'forbidden' },
    ])
  })
})

describe('token endpoints are out of reach', () => {
  it.each([
    '/auth',
    '/auth/',
    '/AUTH',
    '/%61uth',
    '/auth;x=1',
    '/auth%3Bx',
    '/auth.json',
    '/auth.',
    '/auth%20',
    '/auth?refresh_token=x',
    '/ａuth'.replace('ａ', '%EF%BD%81'),
  ])('%s', async (target) => {
    for (const folder of ['', '/api']) {
      const { port, tokens, outcomes } = await proxiedApi((_received, response) => response.end('reached'), { folder })
      for (const method of ['GET', 'POST', 'OPTIONS', 'PATCH']) {
        expect(await rawGet(port, target, method)).toMatch(/^HTTP\/1\.1 403 [\s\S]*"code":"token-endpoint"/)
      }
      expect(tokens).toEqual([])
      expect(outcomes).toHaveLength(4)
    }
  })

  it('what only begins or ends like one is reached', async () => {
    const { port } = await proxiedApi((_received, response) => response.end('reached'))
    for (const target of ['/auth/1', '/x/auth', '/auths', '/author']) {
      expect(await rawGet(port, target)).toMatch(/^HTTP\/1\.1 200 /)
    }
  })
})
