import { perServer, resolveServer } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'

const facts = {
  id: 'p',
  title: 'P',
  servers: { production: 'https://api.example.com', test: 'https://test.example.com' },
  inputs: {},
  operations: {},
}

describe('resolveServer()', () => {
  test('gives the server of a name, or a copy of a URL', () => {
    expect(resolveServer(facts, { server: 'test' }).href).toBe('https://test.example.com/')
    const own = new URL('https://gateway.example.com/p')
    expect(resolveServer(facts, { server: own })).toEqual(own)
    expect(resolveServer(facts, { server: own })).not.toBe(own)
  })

  test.each([{}, { server: 'sandbox' }])('says where the host of an undocumented server is found (%o)', (options) => {
    const undocumentedServers = { sandbox: 'Its host is on the last page of the contract.' }
    const act = (): unknown => Reflect.apply(resolveServer, undefined, [{ ...facts, undocumentedServers }, options])
    expect(act).toThrow("a URL: new URL('https://…'). Its host is on the last page of the contract.")
  })

  test.each<[string, object]>([
    ['nothing', {}],
    ['an unknown name', { server: 'sandbox' }],
    ['a name that every object has', { server: 'constructor' }],
    ['a URL as text', { server: 'https://api.example.com' }],
    ['plain http', { server: new URL('http://api.example.com') }],
    ['a URL with a password', { server: new URL('https://u:hunter2@api.example.com') }],
  ])('refuses %s, and says what to pass', (_name, options) => {
    const act = (): unknown => Reflect.apply(resolveServer, undefined, [facts, options])
    expect(act).toThrow(TypeError)
    expect(act).not.toThrow(/hunter2/)
  })
})

describe('perServer()', () => {
  const open = perServer<'production' | 'test', { server: URL }>(facts, (server) => ({ server }))

  test('makes one provider for each named server, however many clients ask', () => {
    expect(open({ server: 'test' })).toBe(open({ server: 'test' }))
    expect(open({ server: 'test' }).server.href).toBe('https://test.example.com/')
    expect(open({ server: 'production' }).server.href).toBe('https://api.example.com/')
  })

  test('makes a provider each time for a server that is given as a URL, also one with a known address', () => {
    open({ server: 'production' })
    const own = new URL('https://gateway.example.com/p')
    expect(open({ server: own }).server.href).toBe(own.href)
    expect(open({ server: own })).not.toBe(open({ server: own }))
  })

  test.each([[undefined], [{}], [{ server: 'sandbox' }], [{ server: 'constructor' }]])(
    'refuses what names no server, each time (%o)',
    (options) => {
      const act = (): unknown => Reflect.apply(open, undefined, [options])
      expect(act).toThrow(TypeError)
      expect(act).toThrow(TypeError)
    },
  )
})
