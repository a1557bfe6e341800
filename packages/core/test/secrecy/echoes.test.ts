import { ChaveiroError } from '@chaveiro/core'
import type { Fault } from '@chaveiro/simulator'
import { describe, expect, test } from 'vitest'
import { KEYS, outcome } from '../support/collect-failures.ts'
import { leakScan } from '../support/leak-scan.ts'
import { simulated } from '../support/simulated-bitize.ts'

describe('an issuer that echoes what it was sent [SC02] [SC03]', () => {
  const wrap: [string, (text: string) => string][] = [
    ['as it is', (text) => text],
    ['in a sentence', (text) => `No such token: ${text}.`],
    ['percent-encoded', encodeURIComponent],
    ['form-encoded', (text) => new URLSearchParams({ x: text }).toString().slice(2)],
    ['in base64', (text) => Buffer.from(`u:${text}`).toString('base64')],
    ['in capitals', (text) => text.toUpperCase()],
  ]
  const places: [string, (text: string) => Fault][] = [
    ['the title', (text) => ({ kind: 'status', status: 400, body: { title: text, detail: text } })],
    ['the error code', (text) => ({ kind: 'status', status: 401, body: { error: text, error_description: text } })],
    ['a text body', (text) => ({ kind: 'status', status: 403, body: text })],
    ['a nested body', (text) => ({ kind: 'status', status: 500, body: { errors: [{ message: text }] } })],
    [
      'headers',
      (text) => ({
        kind: 'status',
        status: 503,
        headers: {
          'www-authenticate': `Bearer error="${encodeURIComponent(text)}"`,
          'retry-after': encodeURIComponent(text),
          'x-echo': encodeURIComponent(text),
        },
      }),
    ],
    ['a success', (text) => ({ kind: 'status', status: 200, body: { title: text, access_token: `${text}\n` } })],
    [
      'a redirect',
      (text) => ({ kind: 'redirect', location: `https://evil.example.com/?t=${encodeURIComponent(text)}` }),
    ],
  ]
  const table = places.flatMap(([where, fault]) =>
    wrap.map(([how, encode]) => [where, how, (text: string) => fault(encode(text))] as const),
  )

  test.each(table)('in %s, %s: the refresh token shows nowhere', async (_where, _how, fault) => {
    // Short enough for a title, and nothing to sign in again with.
    const refreshToken = 'rt 7+/='.replace(' ', '-')
    const scan = leakScan()
    const { bitize, source, clock, events } = await simulated({
      simulator: { credentials: KEYS },
      provider: { acquire: undefined },
    })
    await source.seed({ accessToken: 'at-1', refreshToken, expiresAt: clock.now() + 1 })
    await clock.advance(1)
    bitize.faults.next({ ...fault(refreshToken), operation: 'refreshAccessToken', times: Infinity })
    const error = await outcome(clock, source.getToken())
    expect(error).toBeInstanceOf(ChaveiroError)
    scan.collect('error', error)
    scan.collect('fetch', await outcome(clock, source.fetch('/vendors')))
    scan.collect('status', await source.status())
    scan.collect('events', events)
    expect(scan.leaks([refreshToken, refreshToken.toUpperCase()])).toEqual([])
  })

  test.each(wrap)('in a title, %s: the secret key shows nowhere', async (_how, encode) => {
    const scan = leakScan()
    const { bitize, source } = await simulated({ simulator: { credentials: { ...KEYS, secretKey: 'kéy 12 "x' } } })
    bitize.faults.next({ kind: 'status', status: 400, body: { title: encode('kéy 12 "x') }, operation: 'authenticate' })
    const error = await source.getToken().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'credentials-rejected', title: undefined })
    scan.collect('error', error)
    expect(scan.leaks(['kéy 12 "x'])).toEqual([])
  })

  test('of words only is quoted: that is what a person needs', async () => {
    const { bitize, source } = await simulated()
    bitize.faults.next({
      kind: 'status',
      status: 400,
      body: { title: 'Chave inválida (E-104)' },
      operation: 'authenticate',
    })
    const error = await source.getToken().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      title: 'Chave inválida (E-104)',
      message: expect.stringContaining('"Chave inválida (E-104)"'),
    })
  })
})
