import { setImmediate } from 'node:timers/promises'
import { SpanStatusCode } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { describe, expect, it } from 'vitest'
import { observed } from './support/observed.ts'

const idOf = (span: ReadableSpan | undefined): string | undefined => span?.spanContext().spanId
const linksOf = (span: ReadableSpan | undefined): readonly string[] | undefined =>
  span?.links.map(({ context }) => context.spanId)

describe('spans', () => {
  it('shows each API request in the trace of its caller, linked to the one refresh that all waited for', async () => {
    const { tokens, inSpan, spans } = observed()
    const shop = tokens.account('shop')
    await Promise.all([
      inSpan('first', () => shop.fetch('/vendors')),
      inSpan('second', () => shop.fetch('/vendors')),
      inSpan('third', () => shop.getToken()),
    ])
    await inSpan('later', () => shop.fetch('/vendors'))
    await setImmediate()
    const [refresh, ...others] = spans('refresh bitize')
    expect(others).toEqual([])
    const callers = ['first', 'second', 'third', 'later'].map((name) => spans(name)[0])
    const requests = spans('GET bitize')
    expect(requests.map((span) => span.parentSpanContext?.spanId)).toEqual(
      [callers[0], callers[1], callers[3]].map(idOf),
    )
    expect(requests.map(linksOf)).toEqual([[idOf(refresh)], [idOf(refresh)], []])
    const waits = spans('wait bitize')
    expect(new Set(waits.map((span) => span.parentSpanContext?.spanId))).toEqual(new Set(callers.slice(0, 3).map(idOf)))
    expect(waits.map(linksOf)).toEqual(waits.map(() => [idOf(refresh)]))
    // The caller that began it.
    expect(refresh?.parentSpanContext?.spanId).toBe(idOf(callers[0]))
    expect(refresh?.events.map(({ name, attributes }) => [name, attributes])).toEqual([['token call', { attempt: 1 }]])
  })

  it('says what a request was, without its path, its account or a token', async () => {
    const { tokens, spans, bitize } = observed()
    await tokens.account('shop').fetch('/vendors?secret=1')
    await setImmediate()
    const [span] = spans('GET bitize')
    expect(span?.attributes).toEqual({
      'chaveiro.provider': 'bitize',
      'chaveiro.request.attempts': 1,
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'server.address': bitize.url.hostname,
      'server.port': 443,
    })
    const all = ['refresh bitize', 'wait bitize', 'GET bitize'].flatMap(spans)
    const text = JSON.stringify(all.map(({ name, attributes, events, links }) => ({ name, attributes, events, links })))
    for (const secret of [...bitize.revealSecrets(), 'shop', 'secret=1']) expect(text).not.toContain(secret)
  })

  it('says why a refresh failed, and that the request had no token', async () => {
    const { tokens, spans } = observed({ manager: { credentials: () => ({ consumerKey: 'no', secretKey: 'no' }) } })
    await tokens
      .account('shop')
      .fetch('/vendors')
      .catch(() => {})
    await setImmediate()
    for (const name of ['refresh bitize', 'wait bitize', 'GET bitize']) {
      const [span] = spans(name)
      expect(span?.status).toEqual({ code: SpanStatusCode.ERROR })
      expect(span?.attributes['error.type']).toBe('credentials-rejected')
    }
    expect(linksOf(spans('GET bitize')[0])).toEqual([idOf(spans('refresh bitize')[0])])
  })

  it('marks answers that are errors, and calls that got none', async () => {
    const { tokens, spans, bitize } = observed({ manager: { retry: false } })
    await tokens.account('shop').fetch('/vendors/unknown')
    bitize.faults.next({ kind: 'reset', operation: 'listVendors' })
    await tokens
      .account('shop')
      .fetch('/vendors')
      .catch(() => {})
    await setImmediate()
    expect(spans('GET bitize').map(({ attributes }) => attributes['error.type'])).toEqual(['404', 'network'])
  })

  it('names accounts if that is asked for', async () => {
    const { tokens, spans } = observed({ accounts: true })
    await tokens.account({ tenant: 'shop', account: 'two' }).getToken()
    await setImmediate()
    expect(spans('refresh bitize')[0]?.attributes['chaveiro.account']).toBe('shop/two')
  })

  it('lasts as long as what it shows', async () => {
    const { tokens, spans } = observed()
    const before = Date.now()
    await tokens.account('shop').getToken()
    await setImmediate()
    const [span] = spans('refresh bitize')
    const [seconds = 0, nanoseconds = 0] = span?.startTime ?? []
    expect(seconds * 1_000 + nanoseconds / 1e6).toBeGreaterThanOrEqual(before - 1)
    expect(span?.duration[0]).toBeLessThan(60)
  })

  it('ends when it is stopped', async () => {
    const { tokens, spans, stop } = observed()
    stop()
    await tokens.account('shop').getToken()
    await setImmediate()
    expect(spans('refresh bitize')).toEqual([])
  })
})
