import { ChaveiroError, createTokenManager } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { countingProvider } from '../support/counting-provider.ts'
import type { ProviderChanges } from '../support/provider-changes.ts'
import { watchedUpload } from '../support/watched-upload.ts'

const SERVER = new URL('https://api.example')

function accountOf(provider: ProviderChanges<object> = {}) {
  const manager = createTokenManager({
    provider: countingProvider(SERVER, () => 1, provider),
    credentials: () => ({}),
    fetch: () => expect.fail('it was sent'),
  })
  return { manager, source: manager.account('one') }
}

const noToken: ProviderChanges<object> = {
  acquire: () => Promise.reject(new ChaveiroError('credentials-rejected', 'No.', { provider: 'counting' })),
}

describe('an upload whose request is not sent is cancelled with the reason', () => {
  const reasons: [string, string, RequestInit, ProviderChanges<object>][] = [
    ['there is no token', '/upload', {}, noToken],
    ['the origin may not have the token', 'https://other.example/', {}, {}],
    ['the address is not one', 'https://[', {}, {}],
    ['the address carries a password', 'https://user:pass@api.example/', {}, {}],
    ['the caller brings an Authorization header', '/upload', { headers: { authorization: 'Basic x' } }, {}],
    ['a header holds a printed token', '/upload', { headers: { 'x-token': '[access token]' } }, {}],
    ['the caller had aborted before', '/upload', { signal: AbortSignal.abort(new Error('enough')) }, {}],
  ]

  test.each(reasons)('because %s', async (_name, url, more, provider) => {
    const { source } = accountOf(provider)
    const { stream, cancelled } = watchedUpload()
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: stream, duplex: 'half', ...more }
    const error = await source.fetch(url, init).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(cancelled).toEqual([error])
  })

  test.each(['https://api.example/upload', 'https://other.example/'])('in a Request to %s', async (url) => {
    const { source } = accountOf(noToken)
    const { stream, cancelled } = watchedUpload()
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: stream, duplex: 'half' }
    const error = await source.fetch(new Request(url, init)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ChaveiroError)
    expect(cancelled).toEqual([error])
  })

  test('because the manager is closed', async () => {
    const { manager, source } = accountOf()
    await manager.close()
    const { stream, cancelled } = watchedUpload()
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: stream, duplex: 'half' }
    const error = await source.fetch('/upload', init).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'closed' })
    expect(cancelled).toEqual([error])
  })

  test('because the credentials function fails', async () => {
    const manager = createTokenManager({
      provider: countingProvider(SERVER, () => 1),
      credentials: () => Promise.reject(new Error('vault down')),
      fetch: () => expect.fail('it was sent'),
    })
    const { stream, cancelled } = watchedUpload()
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: stream, duplex: 'half' }
    const error = await manager
      .account('one')
      .fetch('/upload', init)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ChaveiroError)
    expect(cancelled).toEqual([error])
  })
})
